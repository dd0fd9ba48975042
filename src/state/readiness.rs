//! The readiness assessment as a page follows it: the last evaluation and those before it, evaluating
//! again, and what is done about an item. Its state is only ever what the service says; what it does not
//! say is not known.

use super::incidents::incidents;
use super::session::{Session, session};
use super::settings::settle;
use crate::domain::error::ApiError;
use crate::domain::load::Load;
use crate::domain::readiness::{Readiness, Run, State};
use crate::domain::time::Timestamp;
use crate::platform::task::spawn_local;
use crate::platform::{clock, crypto, visibility};
use crate::reactive::{Effect, Memo, RwSignal, Signal, StoredValue};
use std::sync::Arc;

const PAUSE_MS: i32 = 2_000;

/// The assessment, for as long as its page lives.
#[derive(Clone, Copy)]
pub struct Assessment {
    session: Session,
    load: RwSignal<Load<Arc<Readiness>>>,
    runs: RwSignal<Load<Arc<Vec<Run>>>>,
    review: RwSignal<Load<Option<Timestamp>>>,
    /// What is on its way: an item's id, or nothing of one for an evaluation.
    busy: RwSignal<Option<String>>,
    failed: RwSignal<Option<ApiError>>,
    /// The key of a decision whose outcome is not known, with the decision.
    intent: StoredValue<(String, String)>,
}

impl Assessment {
    /// The assessment for a page, asked for now.
    pub fn open() -> Assessment {
        let assessment = Assessment {
            session: session(),
            load: RwSignal::new(Load::Loading),
            runs: RwSignal::new(Load::Loading),
            review: RwSignal::new(Load::Loading),
            busy: RwSignal::new(None),
            failed: RwSignal::new(None),
            intent: StoredValue::default(),
        };
        assessment.refresh();
        assessment
    }

    /// The last evaluation.
    pub fn load(self) -> Signal<Load<Arc<Readiness>>> {
        self.load.into()
    }

    /// The evaluations, the newest first.
    pub fn runs(self) -> Signal<Load<Arc<Vec<Run>>>> {
        self.runs.into()
    }

    /// When the next service review is held, where one is planned.
    pub fn review(self) -> Signal<Load<Option<Timestamp>>> {
        self.review.into()
    }

    /// What is on its way: an item's id, or an empty text for an evaluation.
    pub fn busy(self) -> Signal<Option<String>> {
        self.busy.into()
    }

    /// Why the last attempt came to nothing, or is not known.
    pub fn failed(self) -> Signal<Option<ApiError>> {
        self.failed.into()
    }

    /// Asks again, and goes on asking while an evaluation runs.
    pub fn refresh(self) {
        spawn_local(async move {
            settle(self.review, self.session.client().next_review().await);
        });
        spawn_local(async move {
            while self.read().await {
                clock::sleep(PAUSE_MS).await;
                while !visibility::visible() {
                    clock::sleep(PAUSE_MS).await;
                }
            }
        });
    }

    /// Reads it once: whether an evaluation runs.
    async fn read(self) -> bool {
        let client = self.session.client();
        let answer = client.readiness().await;
        match &answer {
            // The assessment is worth showing without its history; both change together.
            Ok(_) => settle(self.runs, client.readiness_runs().await.map(Arc::new)),
            Err(error) => self.session.heard(error),
        }
        let running = answer.as_ref().is_ok_and(|now| now.running);
        settle(self.load, answer.map(Arc::new));
        running && self.load.try_get_untracked().is_some()
    }

    /// The key of a decision: the same while its outcome is not known.
    fn key(self, decision: &str) -> String {
        let known = self.intent.try_get_value().unwrap_or_default();
        if known.0 == decision && !known.1.is_empty() {
            return known.1;
        }
        let key = crypto::uuid().unwrap_or_default();
        self.intent.set_value((decision.to_owned(), key.clone()));
        key
    }

    /// Evaluates again.
    pub fn run(self) {
        self.send(String::new(), "run", async move |key: String| {
            match self.session.client().run_readiness(key).await {
                // One is running: that is what was asked for.
                Err(ApiError::Conflict { code, .. }) if code == "alreadyRunning" => Ok(()),
                answer => answer,
            }
        });
    }

    /// Acknowledges, dismisses or reopens an item.
    pub fn act(self, id: String, action: &'static str) {
        let item = id.clone();
        self.send(id, action, async move |key: String| {
            let client = self.session.client();
            client.act_on_readiness(&item, action, key).await.map(drop)
        });
    }

    fn send(
        self,
        what: String,
        action: &'static str,
        send: impl AsyncFnOnce(String) -> Result<(), ApiError> + 'static,
    ) {
        if self.busy.try_get_untracked().flatten().is_some() {
            return;
        }
        let _ = self.busy.try_set(Some(what.clone()));
        let _ = self.failed.try_set(None);
        spawn_local(async move {
            let answer = send(self.key(&format!("{what} {action}"))).await;
            // Whatever came of it, the service is asked how things stand.
            self.read().await;
            let _ = self.busy.try_set(None);
            match answer {
                Err(error) if error.outcome_unknown() => {
                    let _ = self.failed.try_set(Some(error));
                }
                answer => {
                    self.intent.set_value(Default::default());
                    if let Err(error) = answer {
                        self.session.heard(&error);
                        let _ = self.failed.try_set(Some(error));
                    }
                }
            }
            self.refresh();
        });
    }
}

/// How many actions are to be completed now: asked for now and again whenever the queue has been asked for
/// what is new.
pub fn to_complete_now() -> Signal<Load<usize>> {
    let (session, load) = (session(), RwSignal::new(Load::Loading));
    let sync = incidents().sync();
    let asked = Memo::new(move |_| sync.with(|sync| sync.refreshed));
    Effect::new(move |_| {
        asked.track();
        spawn_local(async move {
            let answer = session.client().readiness().await;
            settle(load, answer.map(|now| now.count(&State::CompleteNow)));
        });
    });
    load.into()
}
