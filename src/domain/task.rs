//! One response action of a managed response: the task as the service keeps it. How it looks as a
//! card, with which buttons, is `task::card`.

mod card;
mod excluded;
mod kinds;
pub mod patience;
mod preflight;
mod reason;

pub use card::{Button, Card, Group, State, card, status};
pub use excluded::{Exclusion, exclusion};
pub use kinds::ByHand;
pub use preflight::{Asking, Facts, Warning, warnings};
pub use reason::{Around, Reach, Reason, why_not};

use super::id::{IncidentId, TaskId};
use super::machine;
use super::open_enum::open_enum;
use super::time::Timestamp;

open_enum! {
    /// The only writable field of a task.
    pub enum TaskStatus {
        Open = "open" => "Not started",
        InProgress = "inProgress" => "In progress",
        Completed = "completed" => "Completed",
        Failed = "failed" => "Failed",
        /// Set by Skip.
        NotRelevant = "notRelevant" => "Skipped",
    }
}

open_enum! {
    /// How the execution of a one-click action stands.
    pub enum ActionStatus {
        NotStarted = "notStarted" => "Not started",
        InProgress = "inProgress" => "In progress",
        PartiallyCompleted = "partiallyCompleted" => "Partially completed",
        Completed = "completed" => "Completed",
        Failed = "failed" => "Failed",
    }
}

open_enum! {
    /// Who has to act.
    pub enum Source {
        /// The customer.
        Guided = "defenderExpertsGuidedResponse" | "defenderExpertsXDR" => "Guided response",
        /// The experts, who have acted.
        Managed = "defenderExpertsManagedResponse" => "Managed response",
    }
}

open_enum! {
    /// What is to be done. The labels are those of the buttons.
    pub enum ActionType {
        Text = "text" => "Manual step",
        IsolateDevice = "isolateDevice" => "Isolate device",
        ReleaseFromIsolation = "unIsolateDevice" => "Release from isolation",
        RestrictAppExecution = "restrictAppExecution" => "Restrict app execution",
        RemoveAppRestriction = "unRestrictAppExecution" => "Remove app restriction",
        QuarantineFile = "stopAndQuarantineFile" => "Quarantine file",
        RunAntivirusScan = "runAntiVirusScan" => "Run antivirus scan",
        CollectInvestigationPackage = "collectInvestigationPackage" => "Collect investigation package",
        SubmitIocRule = "submitIocRule" => "Submit IOC rule",
        ForcePasswordReset = "forceUserPasswordReset" => "Force password reset",
        DisableUser = "disableUser" => "Disable user",
        EnableUser = "enableUser" => "Enable user",
        MarkUserCompromised = "markUserAsCompromised" => "Mark user compromised",
        RequireSignIn = "requireSignIn" => "Require sign-in",
        SoftDeleteEmails = "softDeleteEmail" => "Soft-delete emails",
        HardDeleteEmails = "hardDeleteEmail" => "Hard-delete emails",
        /// Of the guided recommendations; no public API has it.
        TriggerInvestigation = "triggerAutomatedInvestigation" => "Trigger and prioritize action in an automatic investigation",
        /// Of the guided recommendations; no public API has it.
        BlockOAuthApps = "blockOAuthApps" => "Block designated OAuth cloud apps",
    }
}

impl ActionType {
    /// Whether the task API can execute it. Everything else is done elsewhere and confirmed here.
    pub fn executable(&self) -> bool {
        use ActionType::{
            CollectInvestigationPackage, IsolateDevice, QuarantineFile, ReleaseFromIsolation,
            RemoveAppRestriction, RestrictAppExecution, RunAntivirusScan, SubmitIocRule,
        };
        matches!(
            self,
            IsolateDevice
                | ReleaseFromIsolation
                | RestrictAppExecution
                | RemoveAppRestriction
                | QuarantineFile
                | RunAntivirusScan
                | CollectInvestigationPackage
                | SubmitIocRule
        )
    }

    /// What undoes it, or what it undoes.
    pub fn opposite(&self) -> Option<ActionType> {
        use ActionType::{
            DisableUser, EnableUser, IsolateDevice, ReleaseFromIsolation, RemoveAppRestriction,
            RestrictAppExecution,
        };
        Some(match self {
            IsolateDevice => ReleaseFromIsolation,
            ReleaseFromIsolation => IsolateDevice,
            RestrictAppExecution => RemoveAppRestriction,
            RemoveAppRestriction => RestrictAppExecution,
            DisableUser => EnableUser,
            EnableUser => DisableUser,
            _ => return None,
        })
    }
}

/// What a person may do to a task from here.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Act {
    /// Have the service execute it.
    Run,
    /// Say that it has been done by hand.
    Confirm,
    /// Decide against it, or for later.
    Skip,
    /// Take a skip back.
    Reopen,
}

impl Act {
    /// Every one.
    pub const ALL: [Act; 4] = [Act::Run, Act::Confirm, Act::Skip, Act::Reopen];

    /// The word the service uses for it in `allowedActions`.
    pub fn wire(self) -> &'static str {
        match self {
            Act::Run => "execute",
            Act::Confirm => "complete",
            Act::Skip => "skip",
            Act::Reopen => "reopen",
        }
    }

    /// The status it writes; `None` for an execution.
    pub fn status(self) -> Option<TaskStatus> {
        match self {
            Act::Run => None,
            Act::Confirm => Some(TaskStatus::Completed),
            Act::Skip => Some(TaskStatus::NotRelevant),
            Act::Reopen => Some(TaskStatus::Open),
        }
    }
}

/// A response action of one incident.
#[derive(Clone, Debug, PartialEq)]
pub struct Task {
    pub id: TaskId,
    pub incident: IncidentId,
    pub title: String,
    pub description: String,
    pub status: TaskStatus,
    pub action_status: ActionStatus,
    pub source: Source,
    pub action: ActionType,
    /// Device id, file hash, account or message id.
    pub target: Option<String>,
    /// The target in words, where the service names it.
    pub target_name: Option<String>,
    /// The device it happens on, where there is one.
    pub device: Option<String>,
    /// `full` or `selective`, for an isolation.
    pub isolation: Option<String>,
    pub created: Option<Timestamp>,
    pub created_by: Option<String>,
    pub modified: Option<Timestamp>,
    pub modified_by: Option<String>,
    pub started: Option<Timestamp>,
    /// What the service lets this person do now; `None` where it does not say.
    pub allowed: Option<Vec<String>>,
    /// Why the service lets them do less.
    pub denied: Option<String>,
    /// Why it failed, or what is left.
    pub detail: Option<String>,
    /// Everything of this kind that a device was asked for, where one is not like another.
    pub asked: Vec<Asked>,
}

/// One of a device's actions of a kind that takes a choice: another choice is another action.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    /// Which file, or in what way.
    pub choice: String,
    pub live: bool,
    pub at: Option<Timestamp>,
}

impl Task {
    /// True while something is still to be done by the customer.
    pub fn pending(&self) -> bool {
        card::group(self) == Group::Pending
    }

    /// True while the service executes it, so that it is worth asking again soon. A manual step may be
    /// in progress for days.
    pub fn running(&self) -> bool {
        let under_way =
            self.status == TaskStatus::InProgress || self.action_status == ActionStatus::InProgress;
        (self.action.executable() || self.started.is_some()) && under_way
    }

    /// Whether carrying it out has failed, wholly or in part, and that is still the customer's to see to.
    pub fn failed(&self) -> bool {
        let partly = self.action_status == ActionStatus::PartiallyCompleted;
        let failed = partly || self.status == TaskStatus::Failed;
        failed && self.source != Source::Managed && self.status != TaskStatus::NotRelevant
    }

    /// Whether it can be run from here: a fact of this very task where the service says what it
    /// allows, otherwise of its kind.
    pub fn runs_here(&self) -> bool {
        let waits = matches!(self.status, TaskStatus::Open | TaskStatus::Failed);
        let says = |act: Act| {
            let allowed = self.allowed.iter().flatten();
            allowed.into_iter().any(|word| word == act.wire())
        };
        says(Act::Run) || self.action.executable() && !(waits && says(Act::Confirm))
    }

    /// What carrying it out is called: by a device's page as there, otherwise as its kind.
    pub fn called(&self) -> String {
        machine::of_task(&self.id)
            .map_or_else(|| self.action.label().into_owned(), |(_, kind)| kind.name())
    }
}

/// Whether the customer was asked for something and has seen through all of it.
pub fn all_done(tasks: &[Task]) -> bool {
    let mut guided = tasks.iter().filter(|task| task.source == Source::Guided);
    let ended = |task: &Task| {
        let over = matches!(task.status, TaskStatus::Completed | TaskStatus::NotRelevant);
        over && !task.failed()
    };
    guided.clone().next().is_some() && guided.all(ended)
}

#[cfg(test)]
pub(super) mod tests;
