//! The bell: what the service told this person and they have not read, each leading to what it is about.

use super::text;
use crate::domain::error::ApiError;
use crate::domain::id::IncidentId;
use crate::domain::load::Load;
use crate::domain::notification::Notification;
use crate::domain::text::visible;
use crate::platform::task::spawn_local;
use crate::reactive::{Memo, Signal};
use crate::routes::{Route, navigator};
use crate::state::notifications::Notifications;
use crate::ui::dynamic::dynamic;
use crate::ui::env::env;
use crate::ui::icon::Glyph;
use crate::ui::menu::{Menu, MenuItem};
use leptos::prelude::*;

/// How many are listed: the newest.
const LISTED: usize = 8;

/// The bell; nothing where no service tells anything.
pub(super) fn bell() -> AnyView {
    let env = env();
    let notifications = Notifications::follow(text::interruption, env.zone);
    let navigator = navigator();
    let load = notifications.load();
    let there = Memo::new(move |_| {
        !matches!(
            &*load.read(),
            Load::Loading | Load::Failed(ApiError::NotConfigured { .. })
        )
    });
    let unread = Memo::new(move |_| load.read().value().map_or(0, |(_, unread)| *unread));
    let mark = move |ids: Vec<String>| {
        spawn_local(async move {
            if notifications.mark_read(ids).await.is_err() {
                env.announce(text::NOT_MARKED);
            }
        });
    };
    let note = |label: String, reason: String| MenuItem::Disabled {
        label,
        icon: None,
        reason,
    };
    let items = move || {
        let load = load.get();
        let all = match &load {
            Load::Failed(error) => {
                let words = error.wording(text::BELL_WHAT);
                return vec![note(words.title, words.advice)];
            }
            load => load.value().map(|(all, _)| all.clone()).unwrap_or_default(),
        };
        let new: Vec<Notification> = all.into_iter().filter(|one| !one.read).collect();
        let ids: Vec<String> = new.iter().map(|one| one.id.clone()).collect();
        let item = |one: Notification| {
            let target = target(&one.about);
            MenuItem::Action {
                label: visible(&one.title).into_owned(),
                icon: Some(glyph(&one.kind)),
                run: Callback::new(move |()| {
                    mark(vec![one.id.clone()]);
                    if let Some(target) = &target {
                        navigator.go(target);
                    }
                }),
            }
        };
        let mut items: Vec<MenuItem> = new.into_iter().take(LISTED).map(item).collect();
        // The service tells of more than it lists.
        let hidden = unread.get().saturating_sub(items.len());
        if hidden > 0 {
            items.push(note(text::more(hidden), text::MORE_ADVICE.into()));
        } else if items.is_empty() {
            items.push(note(text::NOTHING_NEW.into(), text::ALL_READ.into()));
        }
        if !ids.is_empty() {
            items.push(MenuItem::Separator);
            items.push(MenuItem::Action {
                label: text::MARK_ALL.into(),
                icon: Some(Glyph::Check),
                run: Callback::new(move |()| mark(ids.clone())),
            });
        }
        items
    };
    let name = Signal::derive(move || text::notifications(unread.get()));
    dynamic(move || {
        there.get().then(|| {
            view! {
                <Menu label=name items=Signal::derive(items) icon=Glyph::Bell>
                    <span class="count" class:visually-hidden=move || unread.get() == 0>
                        {move || unread.get()}
                    </span>
                </Menu>
            }
        })
    })
}

/// Where a notification leads; nowhere, where no page shows what it is about.
fn target((kind, id): &(String, Option<String>)) -> Option<Route> {
    match (kind.as_str(), id) {
        ("incident", Some(id)) => Some(Route::response(&IncidentId(id.clone()))),
        ("thread" | "inquiry", Some(id)) => Some(Route::Messages(id.clone(), String::new())),
        ("readiness", _) => Some(Route::Settings("service-status", String::new())),
        _ => None,
    }
}

fn glyph(kind: &str) -> Glyph {
    match kind {
        "managedResponse" => Glyph::Incidents,
        "chatReply" | "inquiryAnswer" => Glyph::Chat,
        "readinessChange" => Glyph::Shield,
        "huntingNotification" => Glyph::Target,
        _ => Glyph::Bell,
    }
}
