//! The wizard's draft on the server, and putting it into force: known to be so, or said not to be known.

use super::{Form, Kept, Phase, mark};
use crate::domain::error::ApiError;
use crate::domain::settings::work::Work;
use crate::domain::settings::{InForce, Section, Sections, body};
use crate::platform::task::spawn_local;
use crate::platform::{clock, crypto};
use std::sync::Arc;

/// What is in force, and what the form said when that was sent.
type Submitted = (Arc<InForce>, Work);

impl Form {
    /// Notes that a step of the wizard has been reached, and sends the draft to the server.
    pub fn reach(self, step: usize) {
        if self.work.with_untracked(|work| work.reached) < step {
            self.change(|work| work.reached = step);
        }
        self.send_draft();
    }

    /// Sends the draft, where the server does not have it. Until somebody has chosen between two versions,
    /// none is sent: it would be written over the other's.
    pub fn send_draft(self) {
        let idle = self.kept.try_with_untracked(|kept| *kept != Kept::Sending);
        let open = self
            .phase
            .try_with_untracked(|phase| !matches!(phase, Phase::Opening | Phase::Conflict(..)));
        let denied = self.settings.denied().try_get_untracked().flatten();
        if idle != Some(true) || open != Some(true) || denied.is_some() {
            return;
        }
        let _ = self.kept.try_set(Kept::Sending);
        spawn_local(async move {
            let kept = self.sent_draft().await.unwrap_or_else(|error| {
                self.settings.note_refusal(&error);
                Kept::Failed(error)
            });
            let _ = self.kept.try_set(kept);
        });
    }

    /// Brings the server's draft to what is filled in; after a conflict that is only here.
    async fn sent_draft(self) -> Result<Kept, ApiError> {
        let mut tried = false;
        loop {
            let (Some(work), Some(Some(now))) = (
                self.work.try_get_untracked(),
                self.settings
                    .in_force
                    .try_get_untracked()
                    .map(|load| load.value().cloned()),
            ) else {
                return Ok(Kept::Here);
            };
            let body = drafted(&work.sections, &now, work.reached);
            if self.sent.try_with_value(|sent| *sent == body) != Some(false) {
                return Ok(Kept::There);
            }
            let version = self.on_server.try_get_value().unwrap_or_default().version;
            let client = self.client();
            // The disk has it first: what a reload finds there is never older than what was sent, and it knows
            // its own draft on the server from somebody else's.
            let _ = self.work.try_update(|work| work.sent.clone_from(&body));
            self.keep();
            self.drafts.kept().await;
            let put = client.put_settings_draft(body.clone(), version, &now.sections);
            match put.await {
                Ok(there) => {
                    let base = mark(&there.stamp);
                    self.on_server.set_value(there);
                    self.sent.set_value(body);
                    let _ = self.work.try_update(|work| work.base = base);
                }
                Err(error) if error.outcome_unknown() => {
                    self.look_again().await?;
                    if self.conflicts() {
                        return Ok(Kept::Here);
                    }
                    // It may have arrived; or what somebody else has written is no conflict, and once more is
                    // enough.
                    let arrived = self.sent.try_with_value(|sent| *sent == body) != Some(false);
                    let moved = matches!(error, ApiError::Conflict { .. }) && !tried;
                    if !arrived && !moved {
                        return Err(error);
                    }
                    tried = true;
                }
                Err(error) => return Err(error),
            }
            self.keep();
            // Nor does a reload take one's own version for somebody else's, once it is said to be saved.
            self.drafts.kept().await;
        }
    }

    /// Puts the whole draft into force.
    pub fn submit(self) {
        if self.phase.get_untracked() == Phase::Sending {
            return;
        }
        let _ = self.phase.try_set(Phase::Sending);
        spawn_local(async move {
            let phase = match self.submitted().await {
                Ok(Some((in_force, sent))) => {
                    let all = self.forget(&sent).await;
                    self.settings.take(&in_force);
                    let _ = self
                        .phase
                        .try_set(if all { Phase::Saved } else { Phase::Open });
                    return self.begin_another(all).await;
                }
                // A conflict has been shown meanwhile.
                Ok(None) => return,
                Err(error) => {
                    self.settings.note_refusal(&error);
                    Phase::Failed(error)
                }
            };
            let _ = self.phase.try_set(phase);
        });
    }

    /// The server's draft has gone into force: what is changed from here on, and what has been typed
    /// since it was sent, belongs to the next one.
    async fn begin_another(self, all: bool) {
        if let Ok(fresh) = self.fresh().await {
            let _ = self.work.try_update(|work| {
                work.base = fresh.work.base;
                work.ground = fresh.work.ground;
            });
            if !all {
                self.keep();
                self.drafts.kept().await;
            }
        }
    }

    /// What is in force then, and what the form said of it; nothing where there is a conflict.
    async fn submitted(self) -> Result<Option<Submitted>, ApiError> {
        while self.kept.try_get_untracked() == Some(Kept::Sending) {
            clock::sleep(50).await;
        }
        // A first try may have arrived although its answer did not: nothing is left to be done then.
        if let Some(done) = self.done_already().await? {
            return Ok(Some(done));
        }
        if self.conflicts() {
            return Ok(None);
        }
        // What others have decided since the page was opened is not to be written over unseen.
        self.look_again().await?;
        if self.conflicts() {
            return Ok(None);
        }
        let kept = self.sent_draft().await?;
        let _ = self.kept.try_set(kept);
        if self.conflicts() {
            return Ok(None);
        }
        let version = self.on_server.try_get_value().unwrap_or_default().version;
        let mut work = self.work.try_get_untracked().unwrap_or_default();
        let key = match work.intent.take() {
            Some((key, of)) if of == version => key,
            _ => crypto::uuid().unwrap_or_default(),
        };
        let intent = Some((key.clone(), version.clone()));
        let _ = self.work.try_update(|work| work.intent = intent);
        self.keep();
        let answer = self.client().complete_settings(key, version).await;
        match answer {
            Ok(in_force) => Ok(Some((Arc::new(in_force), work))),
            Err(error) if error.outcome_unknown() => match self.done_already().await {
                Ok(Some(done)) => Ok(Some(done)),
                _ => {
                    // The draft may have been changed meanwhile: then the next try is of that version.
                    drop(self.look_again().await);
                    match self.conflicts() {
                        true => Ok(None),
                        false => Err(error),
                    }
                }
            },
            Err(error) => Err(error),
        }
    }

    /// Whether somebody has to choose between two versions first.
    fn conflicts(self) -> bool {
        let conflict = |phase: &Phase| matches!(phase, Phase::Conflict(..));
        self.phase.try_with_untracked(conflict) != Some(false)
    }

    /// Takes up what has changed on the server, and shows a conflict where that is one.
    async fn look_again(self) -> Result<(), ApiError> {
        let phase = self.compared(|| self.work.try_get_untracked()).await?;
        if let Phase::Conflict(..) = phase {
            let _ = self.phase.try_set(phase);
        }
        Ok(())
    }

    /// What is in force, where a submission of exactly this has been made before.
    async fn done_already(self) -> Result<Option<Submitted>, ApiError> {
        let Some(work) = self.work.try_get_untracked() else {
            return Ok(None);
        };
        if work.intent.is_none() {
            return Ok(None);
        }
        let now = self.settings.read().await?;
        let done = now.complete && self.same(&now.sections, &work.sections);
        Ok(done.then_some((now, work)))
    }
}

/// The draft as the server takes it: the step, and every section that is not as it is in force.
pub(super) fn drafted(sections: &Sections, now: &InForce, step: usize) -> String {
    let differs = |section| !sections.same(&now.sections, section);
    // A first run may confirm what has been saved section by section: the service takes no empty draft.
    let last = step >= Section::ALL.len();
    let none = !Section::ALL.into_iter().any(differs);
    let whole = last && none && !now.complete;
    let step = Section::ALL
        .get(step)
        .map_or("review", |section| section.slug());
    format!(
        r#"{{"step":"{step}","sections":{}}}"#,
        body::write_some(sections, |section| whole || differs(section))
    )
}
