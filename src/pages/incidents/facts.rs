//! The filters that figures of the report bring along, as chips, and the reading of what they need.

use super::text;
use crate::domain::alert::spaced;
use crate::domain::incident::{Classification, Determination};
use crate::domain::load::Load;
use crate::domain::queue_query::QueueQuery;
use crate::domain::report::required::State;
use crate::domain::report::{Assets, Why, source_label};
use crate::domain::text::visible;
use crate::reactive::{Effect, Memo, Signal};
use crate::routes::{Route, navigator};
use crate::state::incidents::incidents;
use crate::ui::badge::Tone;
use crate::ui::chips::Chips;
use crate::ui::dynamic::dynamic;
use crate::ui::env::env;
use crate::ui::message_bar::MessageBar;
use crate::ui::stale_bar::StaleBar;
use leptos::prelude::*;

/// Chips and notices; nothing where the list has no such filter.
pub(super) fn facts(query: Memo<QueueQuery>) -> AnyView {
    let (incidents, navigator, env) = (incidents(), navigator(), env());
    let from = Memo::new(move |_| {
        let query = query.read();
        let needs = |(name, _): &(&str, Vec<String>)| !OWN.contains(name);
        let needed = query.facts.iter().any(needs);
        needed.then(|| query.range.bounds(env.now.get(), &env.zone.get()).0)
    });
    // A relative range moves on with the clock, which is no reason to ask again.
    let wanted = Memo::new(move |_| from.get().is_some().then(|| query.read().range));
    Effect::new(move |_| {
        if wanted.get().is_some()
            && let Some(from) = from.get_untracked()
        {
            incidents.cover_facts(from);
        }
    });
    let assets = Memo::new(move |_| incidents.facts().read().assets.clone());
    let all = Memo::new(move |_| {
        let query = query.read();
        let mut chips: Vec<(String, &'static str, String)> = Vec::new();
        for (name, values) in &query.facts {
            for value in values {
                let words = visible(&value_words(name, value, &assets.read())).into_owned();
                chips.push((text::fact(name, &words), name, value.clone()));
            }
        }
        if query.by_created {
            chips.push((text::BY_CREATION.to_owned(), "by", String::new()));
        }
        chips
    });
    let remove = move |words: String| {
        let chips = all.get_untracked();
        let Some((_, name, value)) = chips.iter().find(|(held, ..)| *held == words) else {
            return;
        };
        let mut next = query.get_untracked();
        next.ignored.clear();
        if *name == "by" {
            next.by_created = false;
        }
        for (held, values) in &mut next.facts {
            values.retain(|one| held != name || one != value);
        }
        next.facts.retain(|(_, values)| !values.is_empty());
        navigator.go(&Route::Incidents(next));
    };
    let shown = Memo::new(move |_| !all.read().is_empty());
    dynamic(move || {
        shown.get().then(|| {
            let items = Signal::derive(move || {
                all.read()
                    .iter()
                    .map(|(words, ..)| words.clone())
                    .collect::<Vec<_>>()
            });
            view! {
                <Chips label=text::FACTS items on_remove=Callback::new(remove) />
                {dynamic(move || from.get().and_then(|from| notice(from, query)))}
            }
            .into_any()
        })
    })
}

/// What the rows themselves say; all else takes their alerts or tasks.
const OWN: [&str; 3] = ["classification", "determination", "scope"];

fn notice(from: crate::domain::time::Timestamp, query: Memo<QueueQuery>) -> Option<AnyView> {
    let incidents = incidents();
    let facts = incidents.facts().get();
    let on_retry = Some(Callback::new(move |()| incidents.renew_facts()));
    let failed = |error: &crate::domain::error::ApiError, at| {
        let words = error.wording(text::FACTS_WHAT);
        let text = format!("{}. {}", words.title, words.advice);
        view! { <StaleBar text at request_id=words.request_id on_retry /> }.into_any()
    };
    match facts.reach(from) {
        Load::Loading => {
            let words = text::reading_facts(facts.read, facts.of);
            Some(view! { <MessageBar tone=Tone::Info text=words /> }.into_any())
        }
        Load::Failed(error) => Some(failed(&error, None)),
        Load::Stale((), at, error) => Some(failed(&error, Some(at))),
        Load::Ready(..) => {
            let about_tasks =
                |(name, _): &(&str, Vec<String>)| matches!(*name, "tasks" | "resolved");
            let of_tasks = query.read().facts.iter().any(about_tasks);
            let words = match facts.actions {
                Some(Err(Why::Failed)) => text::TASKS_FAILED,
                Some(Err(_)) if !facts.named => text::NO_TASKS,
                _ => return None,
            };
            of_tasks.then(|| view! { <MessageBar tone=Tone::Warning text=words /> }.into_any())
        }
    }
}

fn value_words(name: &str, value: &str, assets: &Assets) -> String {
    match name {
        "classification" => Classification::parse(value).label().into_owned(),
        "determination" => Determination::parse(value).label().into_owned(),
        "source" => source_label(value),
        "asset" => assets.get(value).1.to_owned(),
        "resolved" if value == "helped" => text::HELPED.to_owned(),
        "resolved" => text::DIRECT.to_owned(),
        "scope" => text::EXPERTS.to_owned(),
        "tasks" => {
            let known = State::ALL.into_iter().find(|state| state.word() == value);
            known.map_or(text::REQUIRED, State::label).to_owned()
        }
        _ => spaced(value),
    }
}
