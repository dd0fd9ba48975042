//! What is not settled, from every page: the decisions in the top bar, and the question before
//! somebody signs out and leaves something behind.

use super::text;
use crate::domain::id::TaskId;
use crate::domain::outbox::{Intent, Phase};
use crate::domain::text::visible;
use crate::platform::task::spawn_local;
use crate::reactive::{Effect, Memo, RwSignal, Signal};
use crate::routes::{IncidentView, Route, navigator};
use crate::state::drafts::{Drafts, drafts};
use crate::state::responses::responses;
use crate::state::session::{Session, session};
use crate::ui::dialog::Confirm;
use crate::ui::dynamic::{CollectAny, dynamic};
use crate::ui::env::env;
use crate::ui::icon::Glyph;
use crate::ui::menu::{Menu, MenuItem};
use leptos::prelude::*;
use std::collections::HashMap;

type Intents = Signal<HashMap<TaskId, Intent>>;

/// How many decisions are open, and where they are. Absent when there is none.
#[component]
pub(super) fn Unsettled() -> impl IntoView {
    let intents = responses().outbox();
    let count = move |of: fn(&Phase) -> bool| {
        Memo::new(move |_| intents.read().values().filter(|one| of(&one.phase)).count())
    };
    let resting = count(|phase| !phase.in_flight());
    let under_way = count(Phase::in_flight);
    let unknown = count(|phase| matches!(phase, Phase::Checking { .. }));
    let name = move || {
        let (count, words) = text::decisions(resting.get(), under_way.get());
        format!("{count} {words}")
    };
    let name = Signal::derive(name);
    let env = env();
    Effect::new(move |before: Option<(usize, usize)>| {
        let now = (resting.get(), unknown.get());
        let before = before.unwrap_or_default();
        if now.0 > before.0 || now.1 > before.1 {
            env.announce(name.get_untracked());
        }
        now
    });
    let navigator = navigator();
    let items = move || {
        let link = |intent: Intent| {
            let mut view = IncidentView::new(intent.incident.clone());
            view.managed_response = true;
            let waits = !intent.phase.in_flight();
            MenuItem::Link {
                label: line(&intent),
                icon: Some(if waits { Glyph::Warning } else { Glyph::Clock }),
                href: navigator.href(&Route::Incident(view)),
            }
        };
        sorted(intents).into_iter().map(link).collect::<Vec<_>>()
    };
    let some = Memo::new(move |_| !intents.read().is_empty());
    let words = move || text::decisions(resting.get(), under_way.get());
    let menu = move || {
        some.get().then(|| {
            view! {
                <Menu label=name items=Signal::derive(items) icon=Glyph::Warning class="outbox">
                    <strong>{move || words().0}</strong>
                    <span class="outbox-words">{move || words().1}</span>
                </Menu>
            }
        })
    };
    dynamic(menu)
}

/// The oldest first.
fn sorted(intents: Intents) -> Vec<Intent> {
    let all = intents.try_with_untracked(|all| all.values().cloned().collect::<Vec<_>>());
    let mut all = all.unwrap_or_default();
    all.sort_by_key(|intent| intent.at);
    all
}

fn line(intent: &Intent) -> String {
    text::decision(&visible(&intent.title), intent.phase.label())
}

/// Signing out, with a question where something would be left behind.
#[derive(Clone, Copy)]
pub(super) struct SignOut {
    session: Session,
    drafts: Drafts,
    intents: Intents,
    open: RwSignal<bool>,
    decisions: RwSignal<Vec<String>>,
    texts: RwSignal<Vec<String>>,
}

impl SignOut {
    pub(super) fn new() -> SignOut {
        SignOut {
            session: session(),
            drafts: drafts(),
            intents: responses().outbox(),
            open: RwSignal::new(false),
            decisions: RwSignal::default(),
            texts: RwSignal::default(),
        }
    }

    /// Signs out, or asks first.
    pub(super) fn ask(self) {
        spawn_local(async move {
            let texts = self.drafts.unsent().await;
            let texts = texts
                .iter()
                .map(|(field, typed)| text::unsent(field, &visible(typed)));
            let texts: Vec<String> = texts.collect();
            let decisions: Vec<String> = sorted(self.intents).iter().map(line).collect();
            if texts.is_empty() && decisions.is_empty() {
                return self.leave();
            }
            let _ = self.texts.try_set(texts);
            let _ = self.decisions.try_set(decisions);
            let _ = self.open.try_set(true);
        });
    }

    /// The next person at this device must not find what this one typed.
    fn leave(self) {
        spawn_local(async move {
            self.drafts.wipe().await;
            self.session.sign_out();
        });
    }

    /// The dialog, where it is open.
    pub(super) fn question(self) -> AnyView {
        let refused = responses().unkept();
        let list = move |kept: &'static str, unkept: &'static str, lines: RwSignal<Vec<String>>| {
            dynamic(move || {
                let words = if refused.get() { unkept } else { kept };
                let lines = lines.get();
                (!lines.is_empty()).then(|| {
                    let item = |line| view! { <li class="written">{line}</li> };
                    view! {
                        <p>{words}</p>
                        <ul>{lines.into_iter().map(item).collect_any()}</ul>
                    }
                })
            })
        };
        view! {
            <Confirm
                open=self.open
                title=text::SIGN_OUT_QUESTION
                primary=text::SIGN_OUT
                on_confirm=move |()| {
                    self.open.set(false);
                    self.leave();
                }
                on_cancel=move |()| self.open.set(false)
            >
                {list(text::SIGN_OUT_TEXTS, text::SIGN_OUT_TEXTS, self.texts)}
                {list(text::SIGN_OUT_DECISIONS, text::SIGN_OUT_UNKEPT, self.decisions)}
            </Confirm>
        }
        .into_any()
    }
}
