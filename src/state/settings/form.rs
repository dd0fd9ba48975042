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
        let kept = move || {
            let draft = self.draft.try_get_value().flatten();
            let kept = draft.and_then(|draft| draft.text().try_get_untracked())?;
            // Where two tabs have written, the newer stands first.
            Work::restored(kept.split("\n\n").next().unwrap_or_default())
        };
        spawn_local(async move {
            let phase = match self.compared(kept).await {
                Ok(phase) => phase,
                Err(error) => Phase::Failed(error),
            };
            let _ = self.phase.try_set(phase);
        });
    }

    /// Reads what stands on the server, and brings what is filled in (`kept` says it once the server has
    /// answered) up to it. Open, or a conflict.
    async fn compared(self, kept: impl FnOnce() -> Option<Work>) -> Result<Phase, ApiError> {
        let fresh = self.fresh().await?;
        let mut work = kept().unwrap_or_else(|| fresh.work.clone());
        if let Scope::One(mine) = self.scope {
            // The sections that this form is not about are as they are in force.
            for other in Section::ALL.into_iter().filter(|other| *other != mine) {
                work.sections.take(&fresh.work.sections, other);
            }
        }
        work.reached = work.reached.max(fresh.work.reached);
        let sent = self.sent.try_get_value().unwrap_or_default();
        let ours = match work.sent == sent {
            true => fresh.drafted.as_slice(),
            false => &[],
        };
        let theirs = work.rebase(&fresh.there, &fresh.overtaken, ours);
        let same = self.same(&work.sections, &fresh.work.sections);
        let _ = self
            .kept
            .try_set(if same { Kept::There } else { Kept::Here });
        if theirs.is_none() {
            work.base = fresh.work.base;
        }
        let _ = self.work.try_set(work);
        Ok(match theirs {
            Some(theirs) => Phase::Conflict(Box::new(theirs), fresh.stamp),
            None => Phase::Open,
        })
    }

    /// What stands on the server, read now.
    async fn fresh(self) -> Result<Fresh, ApiError> {
        let in_force = self.settings.read().await?;
        let stamp_of = |section: Section| {
            let stamp = in_force.stamps.get(section as usize);
            stamp.cloned().unwrap_or_default()
        };
        let begun = |sections: &Sections, stamp: &Stamp| Work {
            sections: sections.clone(),
            ground: sections.clone(),
            base: mark(stamp),
            ..Work::default()
        };
        if let Scope::One(section) = self.scope {
            let stamp = stamp_of(section);
            return Ok(Fresh {
                work: begun(&in_force.sections, &stamp),
                there: in_force.sections.clone(),
                drafted: Vec::new(),
                overtaken: Vec::new(),
                stamp,
            });
        }
        let client = self.client();
        let draft = client.settings_draft(&in_force.sections).await?;
        let mut work = begun(&draft.sections, &draft.stamp);
        work.reached = if in_force.complete {
            Section::ALL.len()
        } else {
            draft.step
        };
        let differs = |section: &Section| !draft.sections.same(&in_force.sections, *section);
        let drafted: Vec<_> = Section::ALL.into_iter().filter(differs).collect();
        // What was saved by itself after the draft was written would be written over by it.
        let later = |section: &Section| stamp_of(*section).at > draft.stamp.at;
        let overtaken: Vec<_> = drafted.iter().copied().filter(later).collect();
        let mut there = draft.sections.clone();
        for section in &overtaken {
            there.take(&in_force.sections, *section);
        }
        let stamp = match overtaken.first() {
            Some(section) => stamp_of(*section),
            None => draft.stamp.clone(),
        };
        // An empty draft cannot be submitted, whatever it would say.
        let none = draft.empty && !in_force.complete;
        let sent = (!none).then(|| submit::drafted(&draft.sections, &in_force, work.reached));
        self.sent.set_value(sent.unwrap_or_default());
        self.on_server.set_value(draft);
        Ok(Fresh {
            work,
            there,
            drafted,
            overtaken,
            stamp,
        })
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
        self.resolve(true);
    }

    /// After a conflict: what the other wrote takes the place of what is filled in.
    pub fn take_theirs(self) {
        self.resolve(false);
    }

    fn resolve(self, mine: bool) {
        let Phase::Conflict(theirs, stamp) = self.phase.get_untracked() else {
            return;
        };
        let _ = self
            .work
            .try_update(|work| work.resolve(&theirs, mine, mark(&stamp)));
        let _ = self
            .kept
            .try_set(if mine { Kept::Here } else { Kept::There });
        let _ = self.phase.try_set(Phase::Open);
        self.keep();
        if self.scope == Scope::Wizard {
            // What is chosen now is newer than what has overtaken the draft, whatever the draft says.
            self.sent.set_value(String::new());
            self.send_draft();
        }
    }
}

/// What stands on the server.
struct Fresh {
    /// What the form would hold had nobody filled it in.
    work: Work,
    /// The same, with what is in force in place of what it has overtaken.
    there: Sections,
    /// The sections that the draft would change, and those of them that were saved by themselves since.
    drafted: Vec<Section>,
    overtaken: Vec<Section>,
    /// Who wrote that, and when.
    stamp: Stamp,
}

/// A version of what people decided, whatever the service itself wrote into it since.
fn mark(stamp: &Stamp) -> String {
    let at = stamp.at.map(|at| at.0.to_string()).unwrap_or_default();
    format!("{at} {}", stamp.by)
}
