//! A form of the settings: what somebody has filled in, kept on this device with every change; its draft
//! on the server while the wizard is walked; and how it comes into force. Nothing is saved before the
//! server said so, and what another administrator wrote is never written over unseen.

mod save;
mod submit;

use super::Settings;
use crate::api::client::Client;
use crate::domain::error::ApiError;
use crate::domain::settings::work::Work;
use crate::domain::settings::{Section, Sections, ServerDraft, Stamp};
use crate::platform::task::spawn_local;
use crate::reactive::{RwSignal, Signal, StoredValue};
use crate::state::drafts::{Draft, Drafts, drafts};
use std::rc::Rc;

/// Where a form stands.
#[derive(Clone, Debug, PartialEq)]
pub enum Phase {
    /// What was kept and what is in force are being fetched.
    Opening,
    /// To be filled in.
    Open,
    /// On its way to the server.
    Sending,
    /// In force since the server said so.
    Saved,
    /// Somebody else has changed it: what stands there now, by whom and when.
    Conflict(Box<Sections>, Stamp),
    /// Refused, or not known; what is filled in stays.
    Failed(ApiError),
}

/// What a form is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    Wizard,
    One(Section),
}

/// How the wizard's draft on the server stands.
#[derive(Clone, Debug, PartialEq)]
pub enum Kept {
    Here,
    Sending,
    There,
    Failed(ApiError),
}

/// A form, for as long as its page lives.
#[derive(Clone, Copy)]
pub struct Form {
    settings: Settings,
    scope: Scope,
    drafts: Drafts,
    draft: StoredValue<Option<Draft>>,
    work: RwSignal<Work>,
    phase: RwSignal<Phase>,
    kept: RwSignal<Kept>,
    /// The wizard's draft as the server has it.
    on_server: StoredValue<ServerDraft>,
    /// What the server's draft says by now, as far as this form has sent it.
    sent: StoredValue<String>,
}

impl Form {
    /// A form; what was filled in before comes back into it.
    pub fn open(settings: Settings, scope: Scope) -> Form {
        let form = Form {
            settings,
            scope,
            drafts: drafts(),
            draft: StoredValue::default(),
            work: RwSignal::default(),
            phase: RwSignal::new(Phase::Opening),
            kept: RwSignal::new(Kept::Here),
            on_server: StoredValue::default(),
            sent: StoredValue::default(),
        };
        let field = match scope {
            Scope::Wizard => "settings/get-started".to_owned(),
            Scope::One(section) => format!("settings/{}", section.slug()),
        };
        let draft = form.drafts.open_then(&field, move || form.begin());
        form.draft.set_value(Some(draft));
        form
    }

    /// What is filled in.
    pub fn work(self) -> Signal<Work> {
        self.work.into()
    }

    /// Where it stands.
    pub fn phase(self) -> Signal<Phase> {
        self.phase.into()
    }

    /// How the draft on the server stands.
    pub fn kept(self) -> Signal<Kept> {
        self.kept.into()
    }

    /// The settings it is a form of.
    pub fn settings(self) -> Settings {
        self.settings
    }

    /// Changes what is filled in, and keeps it.
    pub fn change(self, change: impl FnOnce(&mut Work)) {
        let _ = self.work.try_update(change);
        let answered = |phase: &Phase| matches!(phase, Phase::Saved | Phase::Failed(_));
        if self.phase.try_with_untracked(answered) == Some(true) {
            let _ = self.phase.try_set(Phase::Open);
        }
        if self.kept.try_with_untracked(|kept| *kept == Kept::There) == Some(true) {
            let _ = self.kept.try_set(Kept::Here);
        }
        self.keep();
    }

    fn keep(self) {
        let draft = self.draft.try_get_value().flatten();
        let record = self.work.try_with_untracked(Work::record);
        if let (Some(draft), Some(record)) = (draft, record) {
            draft.set(record);
        }
    }

    /// Forgets what is filled in, in favour of what is in force.
    pub fn discard(self) {
        if let Some(draft) = self.draft.try_get_value().flatten() {
            draft.set(String::new());
        }
        self.begin();
    }

    /// Puts together what was kept and what is in force.
    pub fn begin(self) {
        let _ = self.phase.try_set(Phase::Opening);
        spawn_local(async move {
            let phase = match self.compared().await {
                Ok(phase) => phase,
                Err(error) => Phase::Failed(error),
            };
            let _ = self.phase.try_set(phase);
        });
    }

    async fn compared(self) -> Result<Phase, ApiError> {
        let fresh = self.fresh().await?;
        let draft = self.draft.try_get_value().flatten();
        let kept = draft.and_then(|draft| draft.text().try_get_untracked());
        // Where two tabs have written, the newer stands first.
        let kept =
            kept.and_then(|kept| Work::restored(kept.split("\n\n").next().unwrap_or_default()));
        let (fresh, stamp) = fresh;
        let same = kept
            .as_ref()
            .is_none_or(|kept| self.same(&kept.sections, &fresh.sections));
        let _ = self
            .kept
            .try_set(if same { Kept::There } else { Kept::Here });
        let Some(mut kept) = kept else {
            let _ = self.work.try_set(fresh);
            return Ok(Phase::Open);
        };
        let conflict = kept.base != fresh.base && !same;
        kept.reached = kept.reached.max(fresh.reached);
        if kept.contact.is_none() && same {
            // It says what is there: nothing of it is only here.
            kept.sections.clone_from(&fresh.sections);
        }
        if !conflict {
            kept.base.clone_from(&fresh.base);
        }
        self.only_mine(&mut kept.sections, &fresh.sections);
        let _ = self.work.try_set(kept);
        Ok(match conflict {
            true => Phase::Conflict(Box::new(fresh.sections), stamp),
            false => Phase::Open,
        })
    }

    /// The sections that this form is not about are as they are in force.
    fn only_mine(self, sections: &mut Sections, fresh: &Sections) {
        if let Scope::One(mine) = self.scope {
            for other in Section::ALL.into_iter().filter(|other| *other != mine) {
                sections.take(fresh, other);
            }
        }
    }

    /// What the form would hold had nobody filled it in, and who wrote that.
    async fn fresh(self) -> Result<(Work, Stamp), ApiError> {
        let in_force = self.settings.read().await?;
        match self.scope {
            Scope::One(section) => {
                let stamp = in_force.stamps.get(section as usize).cloned();
                let stamp = stamp.unwrap_or_default();
                let work = Work {
                    sections: in_force.sections.clone(),
                    base: mark(&stamp),
                    ..Work::default()
                };
                Ok((work, stamp))
            }
            Scope::Wizard => {
                let client = self.client();
                let draft = client.settings_draft(&in_force.sections).await?;
                let work = Work {
                    sections: draft.sections.clone(),
                    base: mark(&draft.stamp),
                    reached: if in_force.complete {
                        Section::ALL.len()
                    } else {
                        draft.step
                    },
                    ..Work::default()
                };
                let stamp = draft.stamp.clone();
                self.sent
                    .set_value(submit::drafted(&draft.sections, &in_force, draft.step));
                self.on_server.set_value(draft);
                Ok((work, stamp))
            }
        }
    }

    /// Whether two say the same in what the form is about.
    fn same(self, one: &Sections, two: &Sections) -> bool {
        match self.scope {
            Scope::Wizard => Section::ALL
                .into_iter()
                .all(|section| one.same(two, section)),
            Scope::One(section) => one.same(two, section),
        }
    }

    fn client(self) -> Rc<Client> {
        self.settings.session.client()
    }

    /// After a conflict: what is filled in goes on, over what the other wrote.
    pub fn keep_mine(self) {
        self.resolve(None);
    }

    /// After a conflict: what the other wrote takes the place of what is filled in.
    pub fn take_theirs(self) {
        let theirs = match self.phase.get_untracked() {
            Phase::Conflict(theirs, _) => Some(*theirs),
            _ => None,
        };
        self.resolve(theirs);
    }

    fn resolve(self, theirs: Option<Sections>) {
        let stamp = match self.phase.get_untracked() {
            Phase::Conflict(_, stamp) => stamp,
            _ => return,
        };
        let mine = theirs.is_none();
        let _ = self.work.try_update(|work| {
            work.base = mark(&stamp);
            work.intent = None;
            if let Some(theirs) = theirs {
                work.sections = theirs;
                work.contact = None;
            }
        });
        let _ = self
            .kept
            .try_set(if mine { Kept::Here } else { Kept::There });
        let _ = self.phase.try_set(Phase::Open);
        self.keep();
        if mine && self.scope == Scope::Wizard {
            self.send_draft();
        }
    }
}

/// A version of what people decided, whatever the service itself wrote into it since.
fn mark(stamp: &Stamp) -> String {
    let at = stamp.at.map(|at| at.0.to_string()).unwrap_or_default();
    format!("{at} {}", stamp.by)
}
