//! One response action as a card that expands: what it is, how it stands, and its buttons. All of
//! that is `domain::task`'s decision; only which question is being asked is held here.

mod facts;
mod outcome;
mod question;
mod setting;
mod skipped;
mod text;
mod typed;

pub use outcome::Outcome;
pub use setting::{Setting, by_experts};

use crate::domain::id::TaskId;
use crate::domain::machine;
use crate::domain::task::{Act, ActionStatus, Button as Offer, Card, State, Task};
use crate::domain::text::visible;
use crate::parts::badges::ActionBadge;
use crate::reactive::{Memo, RwSignal, Signal};
use crate::ui::badge::Tone;
use crate::ui::button::{Button, ButtonKind};
use crate::ui::commands::{Command, commands};
use crate::ui::disclosure::Disclosure;
use crate::ui::dynamic::dynamic;
use crate::ui::keyed::keyed;
use crate::ui::message_bar::MessageBar;
use facts::facts;
use leptos::prelude::*;
use question::{Asked, Question, gone};
use skipped::ReasonNotSent;
use std::sync::Arc;
use typed::Typed;

/// The card of a task.
#[component]
pub fn ActionCard(task: Memo<Option<Arc<Task>>>, setting: Setting) -> impl IntoView {
    let look = Memo::new(move |before: Option<&Option<Card>>| {
        let task = task.get();
        let look = task.map(|task| setting.card(&task));
        look.or_else(|| before.cloned().flatten())
    });
    let state = Memo::new(move |_| {
        look.read()
            .as_ref()
            .map_or(State::Unknown, |card| card.state)
    });
    let status = Memo::new(move |_| {
        look.read()
            .as_ref()
            .map(|c| c.status.clone())
            .unwrap_or_default()
    });
    // What has to be done stands open; what is done, or nobody has asked for, is folded away.
    let of_device = task.with_untracked(|task| {
        task.as_ref()
            .is_some_and(|task| machine::is_of_device(&task.id))
    });
    let open = RwSignal::new(match state.get_untracked() {
        State::Done | State::Skipped => false,
        State::Waiting => !of_device,
        _ => true,
    });
    let asked = RwSignal::new(None::<Asked>);
    let id = task.with_untracked(|task| task.as_ref().map(|task| task.id.clone()));
    let typed = Typed::of(&id.unwrap_or_else(|| TaskId(String::new())));
    let title = Signal::derive(move || {
        task.read()
            .as_ref()
            .map(|task| visible(&task.title).into_owned())
            .unwrap_or_default()
    });
    let meta = ViewFn::from(move || {
        dynamic(move || {
            // Nobody has asked the device for it: there is no state to speak of.
            let unasked = of_device
                && state.get() == State::Waiting
                && *status.read() == ActionStatus::NotStarted.label();
            (!unasked).then(|| view! { <ActionBadge state=state.get() text=status /> })
        })
    });
    let idle = move || {
        let words = look.read().as_ref().and_then(|card| card.idle.clone());
        words.map(|words| view! { <p class="muted">{words}</p> })
    };
    let unsent = move || {
        let words = look.read().as_ref().and_then(|card| card.unsent.clone());
        words.map(|words| view! { <MessageBar tone=Tone::Info text=words /> })
    };
    view! {
        <Disclosure title meta level=4 open on_toggle=move |now| open.set(now)>
            {dynamic(move || task.get().map(|task| facts(&task, status, setting)))}
            <Outcome task />
            <ReasonNotSent task typed />
            {dynamic(idle)}
            {dynamic(unsent)}
            <Buttons task look asked />
        </Disclosure>
        <Question task look asked setting typed />
    }
}

#[component]
fn Buttons(
    task: Memo<Option<Arc<Task>>>,
    look: Memo<Option<Card>>,
    asked: RwSignal<Option<Asked>>,
) -> impl IntoView {
    // Keyed by act, so that a button keeps the focus while its state changes.
    let acts = Memo::new(move |_| {
        let look = look.read();
        let buttons = look.iter().flat_map(|card| &card.buttons);
        buttons.map(|button| button.act).collect::<Vec<_>>()
    });
    let offer = move |act: Act| {
        Memo::new(move |before: Option<&Offer>| {
            let look = look.read();
            let found = look
                .iter()
                .flat_map(|card| &card.buttons)
                .find(|button| button.act == act);
            found.or(before).cloned().unwrap_or(Offer {
                act,
                label: String::new(),
                disabled: None,
                busy: false,
            })
        })
    };
    let button = move |act: Act| {
        let offer = offer(act);
        let kind = match act {
            Act::Run => ButtonKind::Primary,
            Act::Confirm if gone(look.read_untracked().as_ref(), Act::Run).is_some() => {
                ButtonKind::Primary
            }
            Act::Confirm | Act::Skip | Act::Reopen => ButtonKind::Secondary,
        };
        let disabled = Signal::derive(move || offer.get().disabled);
        let busy = Signal::derive(move || offer.get().busy);
        let ask = move |()| {
            let task = task.get_untracked();
            asked.set(task.map(|task| Asked {
                act,
                task,
                moved: false,
            }));
        };
        // From the palette the same question is asked, for the same reasons or not.
        let name = task.with_untracked(|task| task.as_ref().map(|task| task.title.clone()));
        let name = text::command(
            &offer.get_untracked().label,
            &visible(&name.unwrap_or_default()),
        );
        let why_not = Signal::derive(move || {
            let under_way = busy.get().then(|| text::UNDER_WAY.to_owned());
            disabled.get().or(under_way)
        });
        let command = Command::new(name, "", move || ask(()));
        commands().offer(command.in_dialogs().disabled(why_not));
        view! {
            <Button
                kind
                disabled_reason=disabled
                busy
                on_click=ask
            >
                {dynamic(move || offer.get().label)}
            </Button>
        }
        .into_any()
    };
    view! {
        <div class="cluster">
            {keyed(move || acts.get(), |act| act.wire().to_owned(), button)}
        </div>
    }
}
