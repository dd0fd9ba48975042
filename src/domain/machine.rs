//! A device as Defender for Endpoint knows it, and the actions it has been asked for. A device's actions
//! are tasks like those of an incident, so that card, question and outbox are the same: `tasks` makes
//! them, under ids that say which device and which kind of action they stand for.

pub mod cancel;
mod system;

use super::id::{IncidentId, TaskId};
use super::open_enum::open_enum;
use super::severity::Severity;
use super::task::{ActionStatus, ActionType, Asked, Source, Task, TaskStatus};
use super::time::Timestamp;
use lexicon::t;
pub use system::system_name;

open_enum! {
    /// Whether the device's sensor reports.
    pub enum Health {
        Active = "active" => "Active",
        Inactive = "inactive" => "Inactive",
        Impaired = "impairedCommunication" => "Impaired communication",
        NoSensorData = "noSensorData" => "No sensor data",
        NoData = "noSensorDataImpairedCommunication" => "No sensor data, impaired communication",
        NotKnown = "unknown" => "Not known",
    }
}

open_enum! {
    /// How much danger the device is in, and how open it is to it.
    pub enum Level {
        High = "high" => "High",
        Medium = "medium" => "Medium",
        Low = "low" => "Low",
        Informational = "informational" => "Informational",
        None = "none" => "None",
    }
}

open_enum! {
    /// What the customer says the device is worth.
    pub enum Value {
        High = "high" => "High",
        Normal = "normal" => "Normal",
        Low = "low" => "Low",
    }
}

open_enum! {
    /// Whether Defender for Endpoint manages it.
    pub enum Onboarding {
        Onboarded = "onboarded" => "Onboarded",
        CanBeOnboarded = "canBeOnboarded" => "Can be onboarded",
        Unsupported = "unsupported" => "Unsupported",
        Unclear = "insufficientInfo" => "Insufficient info",
    }
}

open_enum! {
    /// How a machine action stands.
    pub enum Standing {
        Pending = "pending" => "Pending",
        InProgress = "inProgress" => "In progress",
        Succeeded = "succeeded" => "Succeeded",
        Failed = "failed" => "Failed",
        TimedOut = "timeOut" => "Timed out",
        Cancelled = "cancelled" => "Cancelled",
    }
}

/// A device. Members a service may leave out are optional.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Machine {
    pub id: String,
    pub name: String,
    pub health: Option<Health>,
    pub onboarding: Option<Onboarding>,
    pub risk: Option<Level>,
    pub exposure: Option<Level>,
    pub value: Option<Value>,
    pub group_id: Option<String>,
    pub group: Option<String>,
    pub os: Option<String>,
    pub version: Option<String>,
    pub first_seen: Option<Timestamp>,
    pub last_seen: Option<Timestamp>,
    pub address: Option<String>,
    pub external_address: Option<String>,
    pub directory_id: Option<String>,
    pub tags: Vec<String>,
}

/// One action that the device was asked for, by whomever.
#[derive(Clone, Debug, PartialEq)]
pub struct MachineAction {
    pub id: String,
    /// As the service names it, such as `Isolate`.
    pub kind: String,
    /// `Full`, `Selective` or `Quick`.
    pub scope: Option<String>,
    pub standing: Standing,
    pub requestor: Option<String>,
    pub comment: Option<String>,
    pub created: Option<Timestamp>,
    pub updated: Option<Timestamp>,
    /// The service's number for what went wrong.
    pub error: Option<i64>,
    /// The file it is about, for a quarantine.
    pub file: Option<String>,
}

impl MachineAction {
    /// True until it has ended.
    pub fn live(&self) -> bool {
        matches!(self.standing, Standing::Pending | Standing::InProgress)
    }

    /// What it is called here; the service's word for kinds this portal does not know.
    pub fn label(&self) -> String {
        let known = KINDS.iter().find(|kind| kind.wire == self.kind);
        known.map_or_else(|| self.kind.clone(), Kind::name)
    }
}

/// An alert that names a device.
#[derive(Clone, Debug, PartialEq)]
pub struct Sighting {
    pub alert: String,
    pub title: String,
    pub severity: Severity,
    pub incident: Option<IncidentId>,
    pub at: Option<Timestamp>,
}

/// What alerts know of a device.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Sightings {
    /// The device as the newest of them describes it.
    pub machine: Option<Machine>,
    pub alerts: Vec<Sighting>,
    /// How many alerts were looked through, and whether those were all.
    pub searched: usize,
    pub all: bool,
}

/// A kind of action that devices can be asked for.
pub struct Kind {
    pub action: ActionType,
    /// The service's name for it.
    pub wire: &'static str,
    /// The last part of its path.
    pub path: &'static str,
    /// The parameter it takes beside a comment, and the values that are offered.
    pub parameter: Option<(&'static str, &'static [&'static str])>,
}

impl Kind {
    /// What it is called on a device's page. A card of a managed response calls the one for files Quarantine
    /// file.
    pub fn name(&self) -> String {
        match self.action {
            ActionType::QuarantineFile => t!("Stop and quarantine file").to_owned(),
            _ => self.action.label().into_owned(),
        }
    }
}

/// All of them, in the order they are offered.
pub static KINDS: [Kind; 7] = [
    Kind {
        action: ActionType::IsolateDevice,
        wire: "Isolate",
        path: "isolate",
        parameter: Some(("IsolationType", &["Full", "Selective"])),
    },
    Kind {
        action: ActionType::ReleaseFromIsolation,
        wire: "Unisolate",
        path: "unisolate",
        parameter: None,
    },
    Kind {
        action: ActionType::RestrictAppExecution,
        wire: "RestrictCodeExecution",
        path: "restrictCodeExecution",
        parameter: None,
    },
    Kind {
        action: ActionType::RemoveAppRestriction,
        wire: "UnrestrictCodeExecution",
        path: "unrestrictCodeExecution",
        parameter: None,
    },
    Kind {
        action: ActionType::RunAntivirusScan,
        wire: "RunAntiVirusScan",
        path: "runAntiVirusScan",
        parameter: Some(("ScanType", &["Quick", "Full"])),
    },
    Kind {
        action: ActionType::CollectInvestigationPackage,
        wire: "CollectInvestigationPackage",
        path: "collectInvestigationPackage",
        parameter: None,
    },
    Kind {
        action: ActionType::QuarantineFile,
        wire: "StopAndQuarantineFile",
        path: "StopAndQuarantineFile",
        parameter: Some(("Sha1", &[])),
    },
];

/// The kind that carries a task's action out on a device.
pub fn kind_of(action: &ActionType) -> Option<&'static Kind> {
    KINDS.iter().find(|kind| kind.action == *action)
}

const PREFIX: &str = "device:";

/// What a device's actions stand under, as if they were an incident's.
pub fn stand_in(machine: &str) -> IncidentId {
    IncidentId(format!("{PREFIX}{machine}"))
}

/// The device behind such an id.
pub fn of_stand_in(incident: &IncidentId) -> Option<&str> {
    incident.as_str().strip_prefix(PREFIX)
}

/// The device and the kind of action that a task's id stands for.
pub fn of_task(task: &TaskId) -> Option<(&str, &'static Kind)> {
    let (machine, wire) = task.as_str().strip_prefix(PREFIX)?.rsplit_once(':')?;
    Some((machine, KINDS.iter().find(|kind| kind.wire == wire)?))
}

/// The id of a device's own action.
pub fn task_of(machine: &str, kind: &Kind) -> TaskId {
    TaskId(format!("{PREFIX}{machine}:{}", kind.wire))
}

/// Whether a task is one of a device's own actions, or takes one back, and of no incident's.
pub fn is_of_device(task: &TaskId) -> bool {
    of_task(task).is_some() || cancel::of_task(task).is_some()
}

/// The name of the field in which a person says why a device is asked for one of its own actions, or why
/// that is taken back.
pub fn field_of(task: &TaskId) -> Option<String> {
    let asked = of_task(task).map(|(device, _)| (device, "comment"));
    let cancelled = || Some((cancel::of_task(task)?.0, "cancel"));
    let (device, what) = asked.or_else(cancelled)?;
    Some(format!("device/{device}/{what}"))
}

/// What a device can be asked for, each as a task that stands as the latest action of its kind does, and
/// what takes each of its actions back.
pub fn tasks(machine: &str, actions: &[MachineAction]) -> Vec<Task> {
    let kinds = KINDS.iter();
    let asked = kinds.map(|kind| one(machine, kind, actions));
    let cancelled = actions.iter().map(|action| cancel::task(machine, action));
    asked.chain(cancelled).collect()
}

/// The latest action of a kind.
pub fn latest<'a>(actions: &'a [MachineAction], kind: &Kind) -> Option<&'a MachineAction> {
    let same = actions.iter().filter(|action| action.kind == kind.wire);
    same.max_by_key(|action| (action.live(), action.created))
}

/// Whether the last action of two opposites that succeeded was this one, and when: `None` where
/// neither has.
pub fn in_force(actions: &[MachineAction], action: &ActionType) -> Option<(bool, Timestamp)> {
    let (kind, opposite) = (kind_of(action)?, kind_of(&action.opposite()?)?);
    let succeeded = |one: &&MachineAction| {
        one.standing == Standing::Succeeded && (one.kind == kind.wire || one.kind == opposite.wire)
    };
    let last = actions
        .iter()
        .filter(succeeded)
        .max_by_key(|one| one.updated)?;
    Some((last.kind == kind.wire, last.updated.or(last.created)?))
}

fn one(machine: &str, kind: &Kind, actions: &[MachineAction]) -> Task {
    let latest = latest(actions, kind);
    let (status, action_status) = match latest.map(|action| &action.standing) {
        None => (TaskStatus::Open, ActionStatus::NotStarted),
        Some(Standing::Pending | Standing::InProgress) => {
            (TaskStatus::InProgress, ActionStatus::InProgress)
        }
        Some(Standing::Succeeded) => (TaskStatus::Completed, ActionStatus::Completed),
        Some(Standing::Failed | Standing::TimedOut | Standing::Cancelled) => {
            (TaskStatus::Failed, ActionStatus::Failed)
        }
        Some(Standing::Unknown(raw)) => (
            TaskStatus::Unknown(raw.clone()),
            ActionStatus::Unknown(raw.clone()),
        ),
    };
    Task {
        id: task_of(machine, kind),
        incident: stand_in(machine),
        title: kind.name(),
        description: String::new(),
        status,
        action_status,
        source: Source::Guided,
        action: kind.action.clone(),
        target: Some(machine.to_owned()),
        target_name: None,
        device: Some(machine.to_owned()),
        isolation: latest
            .filter(|_| kind.action == ActionType::IsolateDevice)
            .and_then(|action| action.scope.clone()),
        created: None,
        created_by: None,
        // The version of such a task is its latest action.
        modified: latest.and_then(|action| action.created),
        modified_by: latest.and_then(|action| action.requestor.clone()),
        started: latest
            .filter(|action| action.live())
            .and_then(|action| action.created),
        allowed: None,
        denied: None,
        detail: latest.and_then(trouble),
        asked: asked(kind, actions),
    }
}

/// For which files, or in which ways, the device was asked for a kind of action. A way that the service
/// leaves out is its default, which is the one that is offered first.
fn asked(kind: &Kind, actions: &[MachineAction]) -> Vec<Asked> {
    let Some((_, ways)) = kind.parameter else {
        return Vec::new();
    };
    let same = actions.iter().filter(|action| action.kind == kind.wire);
    let asked = same.map(|action| {
        let named = match ways {
            [] => action.file.as_deref(),
            [default, ..] => action.scope.as_deref().or(Some(default)),
        };
        Asked {
            choice: named.unwrap_or_default().to_owned(),
            live: action.live(),
            at: action.created,
        }
    });
    asked.collect()
}

/// Why the latest action came to nothing, or what it waits for.
fn trouble(action: &MachineAction) -> Option<String> {
    let why = match (&action.standing, action.error.filter(|code| *code != 0)) {
        (Standing::Pending, _) => {
            t!("Waiting for the device: the action begins once the device can be reached.")
                .to_owned()
        }
        (Standing::Failed, Some(code)) => {
            t!("The device reported error {code}.")
        }
        (Standing::Failed, None) => {
            t!("The device reported a failure without a reason.").to_owned()
        }
        (Standing::TimedOut, _) => {
            t!("The device did not come online in time, so the action was given up.").to_owned()
        }
        (Standing::Cancelled, _) => t!("The action was cancelled.").to_owned(),
        _ => return None,
    };
    Some(why)
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::domain::error::ApiError;
    use crate::domain::outbox::{Event, Intent, Next, Phase};
    use crate::domain::permission::Roles;
    use crate::domain::task::{Act, Around, card};

    pub(in crate::domain) fn action(kind: &str, standing: Standing, at: i64) -> MachineAction {
        MachineAction {
            id: format!("a{at}"),
            kind: kind.into(),
            scope: None,
            standing,
            requestor: Some("omar".into()),
            comment: None,
            created: Some(Timestamp(at)),
            updated: Some(Timestamp(at + 5)),
            error: None,
            file: None,
        }
    }

    fn isolate(actions: &[MachineAction]) -> Task {
        tasks("m1", actions).remove(0)
    }

    #[test]
    fn an_id_says_which_device_and_which_kind() {
        for task in tasks("a:b", &[]) {
            let (machine, kind) = of_task(&task.id).unwrap();
            assert_eq!((machine, &kind.action), ("a:b", &task.action));
        }
        assert_eq!(of_stand_in(&stand_in("m1")), Some("m1"));
        let fields = |task: &Task| field_of(&task.id);
        let own = tasks("m1", &[action("Isolate", Standing::Pending, 10)]);
        let own: Vec<_> = own.iter().filter_map(fields).collect();
        assert_eq!((own.len(), &*own[0]), (8, "device/m1/comment"));
        assert_eq!(own[7], "device/m1/cancel");
        assert_eq!(field_of(&TaskId("t1".into())), None);
        assert!(!is_of_device(&TaskId("device:m1:Nonsense".into())));
        assert!(!is_of_device(&TaskId("t1".into())));
    }

    #[test]
    fn a_file_is_stopped_and_quarantined_under_one_name_wherever_a_device_is_asked() {
        let roles = Roles::Known(vec!["Security Operator".into()]);
        let name = "Stop and quarantine file";
        let asked = action("StopAndQuarantineFile", Standing::Failed, 10);
        assert_eq!(asked.label(), name);
        let mut task = tasks("m1", &[]).remove(6);
        assert_eq!((&*task.title, &*task.called()), (name, name));
        let labels = |task: &Task| card(task, None, &Around::new(&roles, false)).buttons;
        assert_eq!(labels(&task)[0].label, name);
        task.id = TaskId("t1".into());
        assert_eq!(labels(&task)[0].label, "Quarantine file");
    }

    #[test]
    fn what_has_ended_can_be_asked_for_again_and_what_runs_cannot() {
        let operator = Roles::Known(vec!["Security Operator".into()]);
        let around = Around::new(&operator, false);
        for (actions, runs) in [
            (vec![], true),
            (vec![action("Isolate", Standing::Succeeded, 10)], true),
            (vec![action("Isolate", Standing::Failed, 10)], true),
            (vec![action("Isolate", Standing::Cancelled, 10)], true),
            (vec![action("Isolate", Standing::Pending, 10)], false),
            (vec![action("Unisolate", Standing::InProgress, 10)], true),
        ] {
            let card = card(&isolate(&actions), None, &around);
            let acts: Vec<Act> = card.buttons.iter().map(|button| button.act).collect();
            assert_eq!(
                acts,
                if runs { vec![Act::Run] } else { vec![] },
                "{actions:?}"
            );
        }
    }

    #[test]
    fn the_same_outbox_tells_whether_a_device_was_asked() {
        let before = [action("Isolate", Standing::Succeeded, 10)];
        let decided = || {
            let at = Timestamp(100);
            let mut intent = Intent::new(&isolate(&before), Act::Run, "k".into(), at, at);
            intent.with.choice = "Full".into();
            intent.on(Event::Turn(None));
            intent.on(Event::Kept(true));
            let lost = Event::Answered(Err(ApiError::TimedOut));
            assert_eq!(intent.on(lost), Next::Read);
            intent
        };
        let read = |actions: &[MachineAction]| Event::Read(Box::new(isolate(actions)));
        // Nothing new: not believed at once.
        assert_eq!(decided().on(read(&before)), Next::Read);
        for standing in [Standing::Pending, Standing::Succeeded, Standing::Failed] {
            let mut after = before.to_vec();
            after.push(action("Isolate", standing, 110));
            assert_eq!(decided().on(read(&after)), Next::Settled);
        }
    }

    fn about(kind: &str, choice: Option<&str>, standing: Standing, at: i64) -> MachineAction {
        let choice = choice.map(str::to_owned);
        let is_file = kind == "StopAndQuarantineFile";
        MachineAction {
            scope: choice.clone().filter(|_| !is_file),
            file: choice.filter(|_| is_file),
            ..action(kind, standing, at)
        }
    }

    #[test]
    fn only_the_same_file_and_the_same_way_are_the_same_action() {
        let file = "StopAndQuarantineFile";
        for (kind, asked, found, same) in [
            (file, "aa", Some("AA"), true),
            (file, "aa", Some("bb"), false),
            (file, "aa", None, false),
            ("Isolate", "Full", Some("full"), true),
            ("Isolate", "Full", None, true),
            ("Isolate", "Full", Some("Selective"), false),
            ("Isolate", "Selective", None, false),
            ("RunAntiVirusScan", "Quick", None, true),
            ("RunAntiVirusScan", "Full", Some("Quick"), false),
        ] {
            let before = about(kind, found, Standing::Succeeded, 10);
            let of = |actions: &[MachineAction]| {
                let mut tasks = tasks("m1", actions).into_iter();
                let found =
                    tasks.find(|task| of_task(&task.id).is_some_and(|of| of.1.wire == kind));
                found.unwrap()
            };
            let read = |actions: &[MachineAction]| Event::Read(Box::new(of(actions)));
            let at = Timestamp(100);
            let seen = of(std::slice::from_ref(&before));
            let mut decided = Intent::new(&seen, Act::Run, "k".into(), at, at);
            decided.with.choice = asked.into();
            decided.on(Event::Turn(None));
            let mut sent = decided.clone();
            sent.on(Event::Kept(true));
            // The service says that one runs already, and does not say which.
            let conflict = ApiError::Conflict {
                code: "ActiveRequestAlreadyExists".into(),
                message: String::new(),
                request_id: None,
            };
            assert_eq!(sent.on(Event::Answered(Err(conflict))), Next::Read);
            let mut looking = decided.clone();
            assert_eq!(looking.on(Event::Kept(false)), Next::Look);
            let mut second = decided;
            second.on(Event::Elsewhere);
            second.on(Event::Turn(None));
            let standings = [Standing::Pending, Standing::Succeeded, Standing::Failed];
            let waiting = [sent, looking, second];
            for (standing, intent) in standings
                .iter()
                .flat_map(|s| waiting.iter().map(move |i| (s, i)))
            {
                let told = format!("{kind} {asked} {found:?} {standing:?} {:?}", intent.phase);
                let other = about(kind, found, standing.clone(), 110);
                let mut intent = intent.clone();
                let next = intent.on(read(&[before.clone(), other.clone()]));
                if same {
                    assert_eq!(next, Next::Settled, "{told}");
                    continue;
                }
                assert_eq!(
                    (next, &intent.phase),
                    (Next::Rest, &Phase::Overtaken),
                    "{told}"
                );
                // One that the person had seen already is none of it.
                let old = about(kind, Some(asked), Standing::Succeeded, 5);
                let next = intent.on(read(&[old, before.clone(), other.clone()]));
                assert_eq!(next, Next::Rest, "{told}");
                // The right one is carried out late, whether before or after the other.
                for (standing, at) in [(Standing::Pending, 105), (Standing::Succeeded, 120)] {
                    let own = about(kind, Some(asked), standing, at);
                    let next = intent
                        .clone()
                        .on(read(&[own, other.clone(), before.clone()]));
                    assert_eq!(next, Next::Settled, "{told}");
                }
            }
        }
    }

    #[test]
    fn what_is_in_force_is_what_succeeded_last() {
        let mut actions = vec![];
        assert_eq!(in_force(&actions, &ActionType::IsolateDevice), None);
        actions.push(action("Isolate", Standing::Succeeded, 10));
        actions.push(action("Unisolate", Standing::Failed, 20));
        let isolated = in_force(&actions, &ActionType::IsolateDevice);
        assert_eq!(isolated, Some((true, Timestamp(15))));
        actions.push(action("Unisolate", Standing::Succeeded, 30));
        let isolated = in_force(&actions, &ActionType::IsolateDevice);
        assert_eq!(isolated, Some((false, Timestamp(35))));
    }
}
