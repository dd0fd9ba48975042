//! Putting one section into force, in place of what is there now and of nothing else.

use super::{Form, Phase, Scope, mark};
use crate::domain::error::ApiError;
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
        let _ = self.phase.try_set(Phase::Sending);
        spawn_local(async move {
            let phase = self.saved(section).await;
            if phase == Phase::Saved {
                self.forget().await;
                self.settle();
            }
            let _ = self.phase.try_set(phase);
        });
    }

    async fn saved(self, section: Section) -> Phase {
        // The mails to contacts and the set-up of Teams make new versions, too: only what somebody
        // decided since is a conflict, and then once more is enough.
        let mut last = ApiError::Aborted;
        for _ in 0..3 {
            let now = match self.settings.read().await {
                Ok(now) => now,
                Err(error) => return Phase::Failed(error),
            };
            let Some(work) = self.work.try_get_untracked() else {
                return Phase::Open;
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
                    self.forget().await;
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

    /// Forgets what this device kept of a form that is in force now. The disk has to know it before
    /// anything shows it: a reload would bring back what is no longer true.
    pub(super) async fn forget(self) {
        if let Some(draft) = self.draft.try_get_value().flatten() {
            draft.set(String::new());
        }
        self.drafts.kept().await;
    }

    /// Goes on from what is in force now.
    fn settle(self) {
        let now = self.settings.in_force.try_get_untracked();
        let now = now.and_then(|load| load.value().cloned());
        if let (Some(now), Scope::One(section)) = (now, self.scope) {
            let stamp = now
                .stamps
                .get(section as usize)
                .cloned()
                .unwrap_or_default();
            let _ = self.work.try_set(Work {
                sections: now.sections.clone(),
                base: mark(&stamp),
                ..Work::default()
            });
        }
    }
}
