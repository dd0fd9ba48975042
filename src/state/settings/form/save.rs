//! Putting one section into force, in place of what is there now and of nothing else.

use super::{Form, Phase, Scope, mark};
use crate::domain::error::ApiError;
use crate::domain::load::Load;
use crate::domain::settings::work::Work;
use crate::domain::settings::{Section, body};
use crate::platform::task::spawn_local;

impl Form {
    /// Puts a section into force.
    pub fn save(self) {
        let Scope::One(section) = self.scope else {
            return;
        };
        if self.phase.get_untracked() == Phase::Sending {
            return;
        }
        let sent = self.work.get_untracked();
        let _ = self.phase.try_set(Phase::Sending);
        spawn_local(async move {
            let mut phase = self.saved(section, &sent).await;
            if phase == Phase::Saved {
                self.forget(&sent).await;
                phase = self.settle(section, &sent).await;
            }
            let _ = self.phase.try_set(phase);
        });
    }

    async fn saved(self, section: Section, work: &Work) -> Phase {
        // The mails to contacts and the set-up of Teams make new versions, too: only what somebody
        // decided since is a conflict, and then once more is enough.
        let mut last = ApiError::Aborted;
        for _ in 0..3 {
            let now = match self.settings.read().await {
                Ok(now) => now,
                Err(error) => return Phase::Failed(error),
            };
            let stamp = now
                .stamps
                .get(section as usize)
                .cloned()
                .unwrap_or_default();
            let same = work.sections.same(&now.sections, section);
            if mark(&stamp) != work.base && !same {
                return Phase::Conflict(Box::new(now.sections.clone()), stamp);
            }
            if same {
                return Phase::Saved;
            }
            let version = now
                .versions
                .get(section as usize)
                .cloned()
                .unwrap_or_default();
            let body = body::write(&work.sections, section);
            match self.client().put_settings(section, body, version).await {
                Ok(()) => {
                    self.forget(work).await;
                    drop(self.settings.read().await);
                    return Phase::Saved;
                }
                Err(error) if error.outcome_unknown() => last = error,
                Err(error) => {
                    self.settings.note_refusal(&error);
                    return Phase::Failed(error);
                }
            }
            if !matches!(last, ApiError::Conflict { .. }) {
                // Read back once: it may have been done all the same.
                return match self.settings.read().await {
                    Ok(now) if work.sections.same(&now.sections, section) => Phase::Saved,
                    _ => Phase::Failed(last),
                };
            }
        }
        Phase::Failed(last)
    }

    /// Forgets what this device kept of a form that is in force now, unless something has been typed since it
    /// was sent; whether it has not. The disk has to know it before anything shows it: a reload would bring
    /// back what is no longer true.
    pub(super) async fn forget(self, sent: &Work) -> bool {
        let all = self.work.try_with_untracked(|work| work.says(sent)) == Some(true);
        if let Some(draft) = self.draft.try_get_value().flatten().filter(|_| all) {
            draft.set(String::new());
        }
        self.drafts.kept().await;
        all
    }

    /// Goes on from what is in force now, where that is known, and with what has been typed since.
    async fn settle(self, section: Section, sent: &Work) -> Phase {
        let now = match self.settings.in_force.try_get_untracked() {
            Some(Load::Ready(now, _)) => Some(now),
            _ => None,
        };
        let all = self.work.try_update(|work| match now {
            Some(now) => {
                let stamp = now.stamps.get(section as usize);
                let base = stamp.map(mark).unwrap_or_default();
                work.settle(sent, &now.sections, base)
            }
            None => work.says(sent),
        });
        if all != Some(false) {
            return Phase::Saved;
        }
        self.keep();
        // Nor does a reload take one's own version for somebody else's.
        self.drafts.kept().await;
        Phase::Open
    }
}
