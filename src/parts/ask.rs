//! **Ask Defender Experts**, from wherever somebody is: `ask` opens the dialog about something, and a page
//! says with `concerns` what it shows, so that the palette and the key ask about that. The dialog comes in
//! a file of its own.

mod dialog;
mod form;
mod text;

use crate::domain::conversation::Subject;
use crate::domain::inquiry::asked;
use crate::domain::letter::Letter;
use crate::domain::text::visible;
use crate::platform::split::split;
use crate::reactive::{Effect, Memo, RwSignal, Signal};
use crate::state::letters::{Decision, Letters};
use crate::ui::commands::{Command, commands};
use crate::ui::dynamic::dynamic;
use crate::ui::icon::Glyph;
use crate::ui::late::Late;
use crate::ui::menu::{Menu, MenuItem};
use leptos::prelude::*;
use lexicon::t;
use std::cell::{Cell, RefCell};

/// The name of it, wherever it is offered.
pub const TITLE: &str = t!("Ask Defender Experts");

/// The name of the menu that it stands in.
pub const MORE: &str = t!("More actions");

thread_local! {
    /// What is being asked about, while the portal is there.
    static ASKING: Cell<Option<RwSignal<Option<Subject>>>> = const { Cell::new(None) };
    /// What the pages in view are about, the last one in front.
    static IN_VIEW: RefCell<Vec<(u32, Signal<Subject>)>> = const { RefCell::new(Vec::new()) };
}

/// Makes the place for what is being asked about; tells whether something is. It is there with the frame, so
/// that nobody asks in vain who presses before the dialog's own place has come.
pub fn begin() -> Memo<bool> {
    let asking = RwSignal::new(None::<Subject>);
    ASKING.set(Some(asking));
    Memo::new(move |_| asking.read().is_some())
}

/// Opens the dialog about something.
pub fn ask(about: Subject) {
    if let Some(asking) = ASKING.get() {
        let _ = asking.try_set(Some(about));
    }
}

/// Takes a question that has not gone back into the dialog, with all that went into it. False where that
/// comes too late.
pub async fn edit(letters: Letters, letter: &Letter) -> bool {
    let taken = letters.decide(&letter.key, Decision::TakeBack).await;
    if taken && let Some(asked) = asked(&letter.body) {
        ask(asked.about);
    }
    taken
}

/// What is in view: nothing in particular where no page says so.
pub fn in_view() -> Subject {
    let last = IN_VIEW.with_borrow(|all| all.last().map(|(_, about)| *about));
    last.and_then(Signal::try_get_untracked)
        .unwrap_or_else(general)
}

/// Says what is in view for as long as the current component is.
pub fn concerns(about: Signal<Subject>) {
    let id = IN_VIEW.with_borrow_mut(|all| {
        let id = all.last().map_or(0, |(id, _)| id + 1);
        all.push((id, about));
        id
    });
    on_cleanup(move || IN_VIEW.with_borrow_mut(|all| all.retain(|(other, _)| *other != id)));
}

/// Nothing in particular.
pub fn general() -> Subject {
    Subject {
        kind: "general".to_owned(),
        ..Subject::default()
    }
}

/// An incident, an alert or a device as something to ask about.
pub fn about(kind: &str, id: &str, name: &str) -> Subject {
    Subject {
        kind: kind.to_owned(),
        id: id.to_owned(),
        name: visible(name).chars().take(200).collect(),
    }
}

/// The entry of a page's menu that asks about what the page shows; the palette asks about that, too.
pub fn entry(about: Signal<Subject>) -> MenuItem {
    concerns(about);
    MenuItem::Action {
        label: TITLE.to_owned(),
        icon: Some(Glyph::PersonQuestion),
        run: Callback::new(move |()| ask(about.get_untracked())),
    }
}

/// The menu of what else can be done with what a page shows.
#[component]
pub fn AskMenu(
    /// What the page shows.
    #[prop(into)]
    about: Signal<Subject>,
) -> impl IntoView {
    let items = vec![entry(about)];
    view! { <Menu label=MORE items=Signal::from(items) icon=Glyph::More icon_only=true /> }
}

/// Draws the dialog over whatever is being asked about.
type Dialog = fn(RwSignal<Option<Subject>>) -> AnyView;

/// The place of the dialog, and the command that opens it. Once in a portal, after `begin`.
#[component]
pub fn AskHost() -> impl IntoView {
    let asking = ASKING.get()?;
    commands().offer(Command::new(TITLE, "e", || ask(in_view())));
    let late = Late::new(split!(ask, Dialog, |asking| {
        view! { <dialog::Ask asking /> }.into_any()
    }));
    let wanted =
        Memo::new(move |before: Option<&bool>| asking.read().is_some() || before == Some(&true));
    Effect::new(move |_| {
        if wanted.get() {
            late.want();
        }
    });
    Some(dynamic(move || {
        wanted
            .get()
            .then(|| late.show(TITLE, || ().into_any(), move |dialog| dialog(asking)))
    }))
}
