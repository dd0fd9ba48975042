//! What this person has written and the service does not have yet, in its place after the messages.

use super::text;
use crate::domain::conversation::Message;
use crate::domain::letter::{DECIDED, Letter, Phase, TOO_LATE, What};
use crate::domain::text::visible;
use crate::platform::task::spawn_local;
use crate::reactive::{Memo, RwSignal, Signal};
use crate::state::letters::{Decision, letters};
use crate::ui::badge::Tone;
use crate::ui::button::{Button, ButtonKind};
use crate::ui::dynamic::dynamic;
use crate::ui::icon::{Glyph, Icon};
use crate::ui::keyed::keyed;
use crate::ui::message_bar::MessageBar;
use leptos::prelude::*;
use std::sync::Arc;

/// The letters of a lane, without those that stand among the messages.
#[component]
pub fn Pending(
    /// Which lane.
    #[prop(into)]
    lane: Signal<String>,
    /// The messages of its conversation.
    #[prop(into)]
    messages: Signal<Arc<Vec<Message>>>,
) -> impl IntoView {
    let all = letters().all();
    let here = Memo::new(move |_| {
        let (lane, messages) = (lane.get(), messages.get());
        let there = |key: &str| messages.iter().any(|one| one.key.as_deref() == Some(key));
        let here = |letter: &&Letter| letter.lane == lane && !there(&letter.key);
        all.read().iter().filter(here).cloned().collect::<Vec<_>>()
    });
    let some = Memo::new(move |_| !here.read().is_empty());
    let late = RwSignal::new(false);
    let row = move |key: String| {
        let letter = Memo::new(move |before: Option<&Option<Letter>>| {
            let here = here.read();
            let found = here.iter().find(|letter| letter.key == key).cloned();
            found.or_else(|| before.cloned().flatten())
        });
        view! { <One letter late /> }.into_any()
    };
    let keys = move || {
        let here = here.read();
        here.iter()
            .map(|letter| letter.key.clone())
            .collect::<Vec<_>>()
    };
    // The list stays for as long as there is something in it: what is read in it keeps its place.
    let list = move || {
        some.get().then(|| {
            view! {
                <ol class="comment-list" aria-label=text::PENDING>
                    {keyed(keys, String::clone, row)}
                </ol>
            }
        })
    };
    view! {
        {dynamic(list)}
        {dynamic(move || {
            late.get().then(|| view! { <MessageBar tone=Tone::Warning text=TOO_LATE /> })
        })}
    }
}

#[component]
fn One(letter: Memo<Option<Letter>>, late: RwSignal<bool>) -> impl IntoView {
    let Some(first) = letter.get_untracked() else {
        return ().into_any();
    };
    let letters = letters();
    let files: Vec<String> = first
        .before
        .iter()
        .filter_map(|before| match &before.what {
            What::File { name, .. } => Some(visible(name).into_owned()),
            What::Thread { .. } => None,
        })
        .collect();
    let files = files.join(", ");
    let label = move || letter.read().as_ref().map(Letter::label);
    let why = move || match letter.read().as_ref().map(|letter| letter.phase.clone()) {
        Some(Phase::Refused(why)) => {
            Some(view! { <MessageBar tone=Tone::Warning text=why /> }.into_any())
        }
        _ => None,
    };
    let key = first.key.clone();
    let buttons = move || {
        let letter = letter.get()?;
        if letters.decided().read().contains(&letter.key) {
            let words = view! { <p class="muted small" role="status">{DECIDED}</p> };
            return Some(words.into_any());
        }
        if !letter.withdrawable() {
            return None;
        }
        let button = |words: &'static str, decision: Decision| {
            let key = key.clone();
            let run = move |()| {
                let key = key.clone();
                spawn_local(async move {
                    let done = letters.decide(&key, decision).await;
                    let _ = late.try_set(!done);
                });
            };
            view! {
                <Button kind=ButtonKind::Subtle small=true on_click=run>
                    {words}
                </Button>
            }
        };
        let rests = letter.at_rest();
        let buttons = view! {
            <div class="cluster">
                {rests.then(|| button(text::AGAIN, Decision::Again))}
                {button(text::EDIT, Decision::TakeBack)}
                {button(if rests { text::DISCARD } else { text::WITHDRAW }, Decision::Withdraw)}
            </div>
        };
        Some(buttons.into_any())
    };
    view! {
        <li class="comment">
            <p class="comment-head">
                <Icon glyph=Glyph::User />
                <strong>{text::YOU}</strong>
                <span class="muted small" role="status">{label}</span>
            </p>
            <p class="written">{visible(&first.words).into_owned()}</p>
            {(!files.is_empty()).then(|| view! { <p class="muted small">{files}</p> })}
            {dynamic(why)}
            {dynamic(buttons)}
        </li>
    }
    .into_any()
}
