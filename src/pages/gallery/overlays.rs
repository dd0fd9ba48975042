//! What opens over the page, or beside it.

use crate::reactive::{RwSignal, Signal};
use crate::ui::badge::Tone;
use crate::ui::button::{Button, ButtonKind};
use crate::ui::dialog::{Confirm, Dialog};
use crate::ui::field::TextArea;
use crate::ui::flyout::{Flyout, Stepping};
use crate::ui::toast::{Toast, Toasts};
use leptos::prelude::*;

const NAMES: [&str; 3] = [
    "Isolate SRV-FIN-042",
    "Quarantine invoice.exe",
    "Reset j.doe",
];

pub(super) fn overlays() -> AnyView {
    let open = RwSignal::new(String::new());
    let note = RwSignal::new(String::new());
    let at = RwSignal::new(0_usize);
    let width = RwSignal::new(0_usize);
    let toasts = RwSignal::new(Vec::<Toast>::new());
    let is = move |name: &'static str| Signal::derive(move || *open.read() == name);
    let opens = move |name: &'static str| move |()| open.set(name.to_owned());
    let close = move |()| open.set(String::new());
    let toast = move |tone: Tone, text: &'static str| {
        move |()| {
            toasts.update(|toasts| {
                let id = toasts.last().map_or(1, |last| last.id + 1);
                let undo = ("Undo".to_owned(), Callback::new(|()| ()));
                toasts.push(Toast {
                    id,
                    tone,
                    text: text.to_owned(),
                    action: (tone == Tone::Success).then_some(undo),
                });
            });
        }
    };
    let stepping = Stepping {
        at: Signal::derive(move || (at.get(), NAMES.len())),
        go: Callback::new(move |to| at.set(to)),
    };
    let missing = Signal::derive(move || {
        note.read()
            .is_empty()
            .then(|| "Write why first.".to_owned())
    });
    let title = Signal::derive(move || NAMES[at.get().min(2)].to_owned());
    let footer = || view! { <Button kind=ButtonKind::Primary>"Ask the experts"</Button> };
    let lines = || {
        (1..40)
            .map(|line| view! { <p>"Line " {line}</p> })
            .collect_view()
    };
    view! {
        <div class="cluster">
            <Button on_click=opens("dialog")>"Open dialog"</Button>
            <Button on_click=opens("confirm")>"Open question"</Button>
            <Button on_click=opens("busy")>"Open busy question"</Button>
            <Button on_click=opens("flyout")>"Open panel"</Button>
            <Button on_click=opens("beside")>"Open panel beside"</Button>
            <Button on_click=toast(Tone::Success, "Incident 4711 is resolved.")>"Show toast"</Button>
            <Button on_click=toast(Tone::Danger, "The comment could not be sent.")>"Show error toast"</Button>
        </div>
        <Dialog open=is("dialog") title="Shortcuts" on_close=close>
            <p>"Press " <kbd>"?"</kbd> " for this list."</p>
            <div class="dialog-actions"><Button on_click=close>"Close"</Button></div>
        </Dialog>
        <Confirm
            open=is("confirm")
            title="Isolate SRV-FIN-042?"
            primary="Isolate device"
            danger=true
            disabled_reason=missing
            on_confirm=close
            on_cancel=close
        >
            <p>"The device loses its network connection at once, except to the service."</p>
            <TextArea label="Why" value=note on_input=move |text| note.set(text) />
        </Confirm>
        <Confirm
            open=is("busy")
            title="Isolate SRV-FIN-043?"
            primary="Isolating…"
            danger=true
            busy=Signal::derive(move || note.read().as_str() != "done")
            error=Some("The last attempt was refused.".to_owned())
            on_confirm=close
            on_cancel=close
        >
            <p>"The device loses its network connection at once."</p>
            <TextArea label="Write done to free it" value=note on_input=move |text| note.set(text) />
        </Confirm>
        <Flyout
            open=is("flyout")
            title
            subtitle=Some("Incident 4711".to_owned())
            footer=ViewFn::from(footer)
            width
            stepping
            on_close=close
        >
            <div class="stack">{lines()}</div>
        </Flyout>
        <Flyout open=is("beside") title="Beside the page" beside=true on_close=close>
            <Button>"Inside"</Button>
        </Flyout>
        <Toasts toasts on_dismiss=move |id| toasts.update(|all| all.retain(|toast| toast.id != id)) />
    }
    .into_any()
}
