//! Sample notifications that were sent, and sending one.

use super::session::{Session, session};
use super::settings::settle;
use crate::domain::error::ApiError;
use crate::domain::load::Load;
use crate::domain::service::Delivery;
use crate::platform::task::spawn_local;
use crate::platform::{clock, crypto};
use crate::reactive::{RwSignal, Signal, StoredValue};

const PAUSE_MS: i32 = 2_000;
/// A mail that is on its way for longer is somebody else's concern.
const LOOKS: usize = 10;

/// The samples, for as long as their page lives.
#[derive(Clone, Copy)]
pub struct Samples {
    session: Session,
    sent: RwSignal<Load<Vec<Delivery>>>,
    busy: RwSignal<bool>,
    failed: RwSignal<Option<ApiError>>,
    /// The key of a sample whose outcome is not known, with what it is.
    intent: StoredValue<(String, String)>,
}

impl Samples {
    /// The samples for a page, asked for now.
    pub fn open() -> Samples {
        let samples = Samples {
            session: session(),
            sent: RwSignal::new(Load::Loading),
            busy: RwSignal::new(false),
            failed: RwSignal::new(None),
            intent: StoredValue::default(),
        };
        samples.refresh();
        samples
    }

    /// Those sent, the newest first.
    pub fn sent(self) -> Signal<Load<Vec<Delivery>>> {
        self.sent.into()
    }

    /// Whether one is being sent.
    pub fn busy(self) -> Signal<bool> {
        self.busy.into()
    }

    /// Why the last one was not sent, or is not known to be.
    pub fn failed(self) -> Signal<Option<ApiError>> {
        self.failed.into()
    }

    /// Asks again, and some more times while one is on its way.
    pub fn refresh(self) {
        spawn_local(async move {
            for _ in 0..LOOKS {
                let answer = self.session.client().samples().await;
                if let Err(error) = &answer {
                    self.session.heard(error);
                }
                let queued = |all: &Vec<Delivery>| all.iter().any(|one| one.state == "queued");
                let moving = answer.as_ref().is_ok_and(queued);
                settle(self.sent, answer);
                if !moving || self.sent.try_get_untracked().is_none() {
                    return;
                }
                clock::sleep(PAUSE_MS).await;
            }
        });
    }

    /// Sends one; the same one again has the same key until it is known to have been sent.
    pub fn send(self, channel: String, purpose: String, contact: String) {
        let what = format!("{channel} {purpose} {contact}");
        let known = self.intent.try_get_value().unwrap_or_default();
        let key = match known {
            (same, key) if same == what => key,
            _ => crypto::uuid().unwrap_or_default(),
        };
        self.intent.set_value((what, key.clone()));
        self.busy.set(true);
        self.failed.set(None);
        spawn_local(async move {
            let client = self.session.client();
            let answer = client.send_sample(&channel, &purpose, &contact, key).await;
            let unknown = answer.as_ref().is_err_and(|error| {
                error.outcome_unknown() && !matches!(error, ApiError::Conflict { .. })
            });
            if !unknown {
                self.intent.set_value(Default::default());
            }
            let _ = self.failed.try_set(answer.err());
            let _ = self.busy.try_set(false);
            self.refresh();
        });
    }
}
