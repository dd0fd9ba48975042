//! What the service tells the person: the newest, how many are unread, and interrupting them by the
//! browser where they have chosen it, once for an event however many tabs are open.

use super::session::{Session, session};
use super::settings::settle;
use crate::domain::error::ApiError;
use crate::domain::load::Load;
use crate::domain::notification::{Notification, Quiet, Scopes, to_show};
use crate::domain::settings::body::{clock as written, minutes};
use crate::domain::time::{Timestamp, Zone};
use crate::platform::storage::{self, Place};
use crate::platform::task::spawn_local;
use crate::platform::{clock, document, locks, notify, visibility};
use crate::reactive::{RwSignal, Signal};

const PAUSE_MS: i32 = 60_000;
const CHOSEN: &str = "mdr-browser-notifications";
const SCOPES: &str = "mdr-notifications";
const QUIET: &str = "mdr-quiet-hours";
/// Until when this browser has shown what there was, whichever tab did.
const SHOWN: &str = "mdr-notified";

/// The newest, and how many are unread in all.
pub type Told = (Vec<Notification>, usize);

/// The notifications of this page.
#[derive(Clone, Copy)]
pub struct Notifications {
    session: Session,
    load: RwSignal<Load<Told>>,
}

/// What a browser says of a kind of event, and nothing of the event: it may stand on a locked screen.
pub type Words = fn(&str) -> (String, String);

impl Notifications {
    /// The notifications, asked for now and again every minute while the page is in sight.
    pub fn follow(words: Words, zone: Signal<std::sync::Arc<Zone>>) -> Notifications {
        let notifications = Notifications {
            session: session(),
            load: RwSignal::new(Load::Loading),
        };
        spawn_local(async move {
            loop {
                let known = notifications.read().await;
                if matches!(known, Err(ApiError::NotConfigured { .. })) {
                    return;
                }
                if let (Ok(told), Some(zone)) = (known, zone.try_get_untracked()) {
                    interrupt(&told.0, words, &zone).await;
                }
                clock::sleep(PAUSE_MS).await;
                // A tab out of sight goes on where it has to interrupt.
                while !visibility::visible() && !Choices::load().browser {
                    clock::sleep(PAUSE_MS).await;
                }
                if notifications.session.closed() {
                    return;
                }
            }
        });
        notifications
    }

    /// The newest, and how many are unread.
    pub fn load(self) -> Signal<Load<Told>> {
        self.load.into()
    }

    async fn read(self) -> Result<Told, ApiError> {
        let answer = self.session.client().notifications().await;
        match &answer {
            Ok((_, unread)) => document::set_unread(*unread),
            Err(error) => self.session.heard(error),
        }
        settle(self.load, answer.clone());
        answer
    }

    /// Marks some read, as far as that goes.
    pub async fn mark_read(self, ids: Vec<String>) -> Result<(), ApiError> {
        let mut answer = Ok(());
        for id in ids {
            answer = self.session.client().read_notification(&id).await;
            if let Err(error) = &answer {
                self.session.heard(error);
                break;
            }
        }
        drop(self.read().await);
        answer
    }
}

/// Shows what is new, where the person has chosen it and it is not a time to be left alone.
async fn interrupt(all: &[Notification], words: Words, zone: &Zone) {
    let choices = Choices::load();
    if !choices.browser || notify::permission() != "granted" {
        return;
    }
    // One tab at a time: the next finds that it has been shown.
    let _turn = locks::take(SHOWN, true).await;
    let now = Timestamp(clock::now());
    let shown = storage::read(Place::Device, SHOWN).and_then(|at| at.parse().ok());
    // What was there before anybody chose to be interrupted is no news.
    let since = Timestamp(shown.unwrap_or(now.0));
    let new = to_show(all, since, &choices.scopes);
    let latest = all.iter().filter_map(|one| one.at).max().unwrap_or(since);
    storage::write(Place::Device, SHOWN, &latest.max(since).0.to_string());
    let local = zone.local(now);
    let minute = u16::try_from(local.hour * 60 + local.minute).unwrap_or_default();
    if choices.quiet.holds(minute) {
        return;
    }
    for one in new {
        let (title, body) = words(&one.kind);
        notify::show(&title, &body, &one.id);
    }
}

/// What a person has chosen for this browser.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Choices {
    /// Whether the browser may interrupt at all.
    pub browser: bool,
    /// What of each kind.
    pub scopes: Scopes,
    pub quiet: Quiet,
}

impl Choices {
    /// As kept on this device.
    pub fn load() -> Choices {
        let kept = |name| storage::read(Place::Device, name);
        let quiet = kept(QUIET).and_then(|text| {
            let (from, to) = text.split_once('-')?;
            Some(Quiet {
                from: minutes(from)?,
                to: minutes(to)?,
            })
        });
        Choices {
            browser: kept(CHOSEN).is_some(),
            scopes: Scopes::parse(&kept(SCOPES).unwrap_or_default()),
            quiet: quiet.unwrap_or_default(),
        }
    }

    /// Keeps them.
    pub fn keep(&self) {
        if self.browser {
            storage::write(Place::Device, CHOSEN, "1");
        } else {
            storage::remove(Place::Device, CHOSEN);
        }
        storage::write(Place::Device, SCOPES, &self.scopes.print());
        let quiet = format!("{}-{}", written(self.quiet.from), written(self.quiet.to));
        storage::write(Place::Device, QUIET, &quiet);
    }
}

/// Asks the browser's leave to interrupt; whether it gives it. From now on counts what is new.
pub async fn allow() -> bool {
    let allowed = notify::permission() == "granted" || notify::ask().await;
    if allowed {
        storage::write(Place::Device, SHOWN, &clock::now().to_string());
    }
    allowed
}
