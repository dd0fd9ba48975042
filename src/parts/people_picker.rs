//! Chooses people to be told of something: names of the directory, or mail addresses.

use crate::domain::error::ApiError;
use crate::domain::inquiry::address_problem;
use crate::domain::load::Load;
use crate::domain::text::visible;
use crate::domain::time::Timestamp;
use crate::platform::task::spawn_local;
use crate::reactive::{RwSignal, Signal, StoredValue};
use crate::state::talks::talks;
use crate::ui::chips::Chips;
use crate::ui::combobox::{Combobox, Suggestion};
use leptos::html;
use leptos::prelude::*;
use lexicon::t;

const WHAT: &str = t!("The directory");
const AS_TYPED: &str = t!("A mail address as typed; the directory has nobody with it");
const NO_MAIL: &str = t!("This person has no mail address in the directory.");

/// The box and what was chosen.
#[component]
pub fn PeoplePicker(
    /// The label.
    label: &'static str,
    /// Small text under it.
    hint: &'static str,
    /// The mail addresses chosen.
    chosen: Signal<Vec<String>>,
    /// Takes what is chosen instead.
    on_change: Callback<Vec<String>>,
) -> impl IntoView {
    let talks = talks();
    let found = RwSignal::new(Load::Ready(Vec::<Suggestion>::new(), Timestamp(0)));
    let turn = StoredValue::new(0_u32);
    let problem = RwSignal::new(None::<String>);
    let search = move |typed: String| {
        problem.set(None);
        turn.update_value(|turn| *turn += 1);
        let mine = turn.get_value();
        found.set(Load::Loading);
        spawn_local(async move {
            let answer = talks.people(&typed).await;
            if turn.try_get_value() == Some(mine) {
                let all = suggestions(&typed, answer);
                let _ = found.try_set(match all {
                    Ok(all) => Load::Ready(all, Timestamp(0)),
                    Err(error) => Load::Failed(error),
                });
            }
        });
    };
    let pick = move |one: Suggestion| {
        if one.value.is_empty() {
            return problem.set(Some(NO_MAIL.to_owned()));
        }
        let mut chosen = chosen.get_untracked();
        if !chosen.contains(&one.value) {
            chosen.push(one.value);
            on_change.run(chosen);
        }
    };
    // Whoever writes an address and goes on means it; of anything else nobody must think that it was taken.
    let leave = move |typed: String| {
        let address = typed.trim();
        let unclear = address_problem(address).is_some();
        problem.set(unclear.then(|| not_chosen(address)));
        if !unclear {
            pick(Suggestion {
                value: address.to_owned(),
                label: String::new(),
                detail: None,
            });
        }
    };
    let rest = NodeRef::<html::Input>::new();
    view! {
        <div>
            <Combobox
                label=label
                hint=Some(hint.to_owned())
                error=Signal::from(problem)
                chosen=Signal::from("")
                found=Signal::from(found)
                on_search=search
                on_pick=pick
                on_leave=leave
                what=WHAT
                node_ref=rest
            />
            <Chips
                label=label
                items=chosen
                on_remove=move |gone: String| {
                    let mut chosen = chosen.get_untracked();
                    chosen.retain(|one| *one != gone);
                    on_change.run(chosen);
                }
                rest=rest
            />
        </div>
    }
}

/// What was typed is nobody.
fn not_chosen(typed: &str) -> String {
    let typed = visible(typed);
    t!(
        "“{typed}” is not among those to be told: choose somebody from the list, or write a whole address."
    )
}

/// Who matches, and what was typed where it is an address that nobody has.
fn suggestions(
    typed: &str,
    answer: Result<Vec<(String, String)>, ApiError>,
) -> Result<Vec<Suggestion>, ApiError> {
    let address = typed.trim();
    let typed = address_problem(address).is_none();
    let mut all = match answer {
        Ok(people) => people,
        // An address can be told without the directory.
        Err(_) if typed => Vec::new(),
        Err(error) => return Err(error),
    };
    all.truncate(10);
    let known = all
        .iter()
        .any(|(_, mail)| mail.eq_ignore_ascii_case(address));
    let mut all: Vec<Suggestion> = all
        .into_iter()
        .map(|(name, mail)| Suggestion {
            value: mail.clone(),
            label: name,
            detail: Some(mail).filter(|mail| !mail.is_empty()),
        })
        .collect();
    if typed && !known {
        all.push(Suggestion {
            value: address.to_owned(),
            label: address.to_owned(),
            detail: Some(AS_TYPED.to_owned()),
        });
    }
    Ok(all)
}
