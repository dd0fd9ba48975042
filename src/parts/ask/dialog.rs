//! The dialog around the form, and what it says after the question was sent.

use super::form::Form;
use super::{TITLE, edit, text};
use crate::domain::conversation::Subject;
use crate::domain::inquiry;
use crate::domain::letter::{Letter, Phase};
use crate::platform::task::spawn_local;
use crate::reactive::{Memo, RwSignal, Signal};
use crate::routes::{Route, navigator};
use crate::state::talks::talks;
use crate::ui::badge::Tone;
use crate::ui::button::{Button, ButtonKind};
use crate::ui::dialog::Dialog;
use crate::ui::dynamic::dynamic;
use crate::ui::message_bar::MessageBar;
use leptos::prelude::*;

/// The dialog, open while something is asked about.
#[component]
pub(super) fn Ask(asking: RwSignal<Option<Subject>>) -> impl IntoView {
    let talks = talks();
    // The key of the letter once the question was sent.
    let sent = RwSignal::new(None::<String>);
    let open = Memo::new(move |_| asking.read().is_some());
    // Closed and opened again, it would have the same question ready to be sent a second time.
    let busy = Signal::derive(move || {
        let about = asking.get();
        let letters = talks.letters();
        about.is_some_and(|about| letters.hands_over(&inquiry::fields(&about)[0]))
    });
    let close = Callback::new(move |()| {
        asking.set(None);
        sent.set(None);
    });
    let content = move || {
        let about = asking.get().unwrap_or_default();
        if !talks.configured() {
            return view! { <MessageBar tone=Tone::Info text=text::NOT_CONFIGURED /> }.into_any();
        }
        match sent.get() {
            None => view! { <Form about busy sent on_close=close /> }.into_any(),
            Some(key) => view! { <Sent key sent on_close=close /> }.into_any(),
        }
    };
    view! {
        <Dialog open busy title=TITLE wide=true focus_title=true on_close=close>
            {dynamic(content)}
        </Dialog>
    }
}

/// What has become of the question, and where to follow it.
#[component]
fn Sent(key: String, sent: RwSignal<Option<String>>, on_close: Callback<()>) -> impl IntoView {
    let (letters, navigator) = (talks().letters(), navigator());
    let all = letters.all();
    let letter = Memo::new(move |before: Option<&Option<Letter>>| {
        let all = all.read();
        let found = all.iter().find(|letter| letter.key == key).cloned();
        found.or_else(|| before.cloned().flatten())
    });
    let phase = Memo::new(move |_| letter.read().as_ref().map(|letter| letter.phase.clone()));
    let words = move || match phase.get() {
        Some(Phase::Arrived(_)) | None => (Tone::Success, text::SENT.to_owned()),
        Some(Phase::Refused(why)) => (Tone::Danger, format!("{} {why}", text::REFUSED)),
        Some(_) => (Tone::Info, text::UNDER_WAY.to_owned()),
    };
    let refused = Memo::new(move |_| matches!(*phase.read(), Some(Phase::Refused(_))));
    let back = move |()| {
        let Some(letter) = letter.get_untracked() else {
            return sent.set(None);
        };
        spawn_local(async move {
            edit(letters, &letter).await;
            // One that is not there any more has been seen to in another tab.
            let there = |all: &Vec<Letter>| all.iter().any(|one| one.key == letter.key);
            if letters.all().try_with_untracked(there) == Some(false) {
                let _ = sent.try_set(None);
            }
        });
    };
    let way = move || {
        let (route, words) = match phase.get() {
            Some(Phase::Arrived(id)) if !id.is_empty() => {
                (Route::Messages(id, String::new()), text::OPEN_INQUIRY)
            }
            _ => {
                let list = Route::Messages(String::new(), String::new());
                (list, text::MESSAGES)
            }
        };
        let href = navigator.href(&route);
        view! {
            <p>
                {text::FOLLOW} " "
                <a href=href on:click=move |_| on_close.run(())>
                    {words}
                </a>
            </p>
        }
    };
    view! {
        {dynamic(move || {
            let (tone, words) = words();
            view! { <MessageBar tone text=words /> }
        })}
        {dynamic(move || (!refused.get()).then(way))}
        <div class="dialog-actions">
            <Button kind=ButtonKind::Primary on_click=on_close>
                {text::DONE}
            </Button>
            {dynamic(move || {
                if refused.get() {
                    view! { <Button on_click=back>{text::BACK}</Button> }.into_any()
                } else {
                    view! { <Button on_click=move |()| sent.set(None)>{text::ANOTHER}</Button> }
                        .into_any()
                }
            })}
        </div>
    }
}

/// Nothing is wrong that is not said.
pub(super) fn some(words: &str) -> Signal<Option<String>> {
    Signal::from(Some(words.to_owned()))
}
