//! What a person should know before a task is run: whether it is done already, whether somebody or
//! something else is at it or at its opposite, and how much of that is not known. What is not known,
//! or known too long, is never taken for safe.

use super::{ActionType, Exclusion, Task, TaskStatus};
use crate::domain::machine::{self, Health, Machine, MachineAction};
use crate::domain::text::visible;
use crate::domain::time::{Timestamp, relative};
use lexicon::t;

/// What was read before this is no longer taken for how things are.
const FRESH_MS: i64 = 120_000;
/// A device that has been silent for longer is taken to be offline.
const SILENT_MS: i64 = 3_600_000;

/// What is known around a task.
#[derive(Clone, Copy, Debug)]
pub struct Facts<'a> {
    pub now: Timestamp,
    /// When the tasks were read.
    pub looked: Timestamp,
    /// The device it happens on, and what the device has been asked for; `None` where not known.
    pub machine: Option<&'a Machine>,
    pub actions: Option<(&'a [MachineAction], Timestamp)>,
    /// Whether the service says that there is no such device.
    pub gone: bool,
    /// Tasks that are open or under way, of this and of other incidents; `None` where not known.
    pub tasks: Option<&'a [Task]>,
    /// Alerts on the target that an automated investigation is at; `None` where not known.
    pub investigated: Option<&'a [String]>,
    /// Whether experts may act on the target.
    pub excluded: &'a Exclusion,
    /// What is being read, of what is not known.
    pub asking: Asking,
}

/// What is being read for the first time.
#[derive(Clone, Copy, Debug, Default)]
pub struct Asking {
    pub device: bool,
    pub tasks: bool,
    pub investigations: bool,
}

/// One thing to know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Warning {
    /// Whether it speaks against running it now.
    pub grave: bool,
    pub text: String,
}

impl Facts<'_> {
    /// Whether anything that is not known is being read.
    fn still_asking(&self) -> bool {
        let asking = self.asking;
        asking.device && self.actions.is_none()
            || asking.tasks && self.tasks.is_none()
            || asking.investigations && self.investigated.is_none()
            || *self.excluded == Exclusion::Asking
    }
}

/// What to know before a task is run, the gravest first; nothing where all is known and clear.
pub fn warnings(task: &Task, facts: &Facts<'_>) -> Vec<Warning> {
    let mut found = Vec::new();
    let mut add = |grave: bool, text: String| found.push(Warning { grave, text });
    if machine::kind_of(&task.action).is_some() {
        on_the_device(task, facts, &mut add);
    }
    elsewhere(task, facts, &mut add);
    match facts.investigated {
        Some([]) => {}
        Some(alerts) => {
            let alert = visible(&alerts[0]);
            add(
                true,
                t!("An automated investigation is at this target (alert: {alert}). Check that it is not already doing this."),
            );
        }
        None if facts.asking.investigations => {}
        None => add(
            false,
            t!("It is not known whether an automated investigation is already doing this: check first.").into(),
        ),
    }
    if let Some(words) = left_to_you(facts.excluded) {
        add(false, words);
    }
    if facts.now.0 - facts.looked.0 > FRESH_MS {
        let when = relative(facts.looked, facts.now);
        add(
            false,
            t!("What is shown was read {when}. It is read again before anything is sent."),
        );
    }
    // One line for all of it: what stands below must not move while one answer after the other comes.
    if facts.still_asking() {
        add(
            false,
            t!("Still being checked: whether anything speaks against it.").into(),
        );
    }
    found.sort_by_key(|warning| !warning.grave);
    found
}

/// Whether an exclusion is why it is left to the customer.
fn left_to_you(excluded: &Exclusion) -> Option<String> {
    Some(match excluded {
        Exclusion::None | Exclusion::Asking => return None,
        Exclusion::Unknown => t!(
            "It is not known whether Defender Experts may act on this target: the exclusions could not be read."
        )
        .into(),
        Exclusion::Perhaps(some) => t!(
            "It is not known whether Defender Experts may act on this target. Excluded are: {some}.",
            some = visible(some)
        ),
        Exclusion::Under(exclusion) => t!(
            "Defender Experts may not act on this target ({exclusion}): that is why it is left to you.",
            exclusion = visible(exclusion)
        ),
    })
}

fn on_the_device(task: &Task, facts: &Facts<'_>, add: &mut impl FnMut(bool, String)) {
    if facts.gone {
        return add(
            true,
            t!("Defender for Endpoint no longer knows this device: the action will probably fail.")
                .into(),
        );
    }
    let fresh = facts
        .actions
        .filter(|(_, read)| facts.now.0 - read.0 <= FRESH_MS);
    match fresh {
        Some((actions, _)) => {
            asked_already(task, actions, facts.now, add);
            in_force_already(task, actions, facts.now, add);
        }
        None if facts.asking.device => {}
        None => add(
            false,
            t!("It is not known what this device has been asked for already, or whether this is in force.").into(),
        ),
    }
    if let Some(machine) = facts.machine {
        let silent = machine
            .last_seen
            .filter(|seen| facts.now.0 - seen.0 > SILENT_MS);
        if let Some(seen) = silent {
            let when = relative(seen, facts.now);
            add(
                true,
                t!("The device was last seen {when}. The action waits until it is online."),
            );
        } else if machine
            .health
            .as_ref()
            .is_some_and(|it| *it != Health::Active)
        {
            let health = machine
                .health
                .as_ref()
                .map(Health::label)
                .unwrap_or_default();
            add(
                true,
                t!("The device's health is: {health}. The action may wait, or fail."),
            );
        }
    }
}

fn asked_already(
    task: &Task,
    actions: &[MachineAction],
    now: Timestamp,
    add: &mut impl FnMut(bool, String),
) {
    let opposite = task.action.opposite();
    for live in actions.iter().filter(|action| action.live()) {
        let kind = |action: &ActionType| {
            machine::kind_of(action).is_some_and(|kind| kind.wire == live.kind)
        };
        let by = live.requestor.as_deref().map(visible).unwrap_or_default();
        let when = live.created.map(|at| relative(at, now)).unwrap_or_default();
        let standing = live.standing.label();
        let label = live.label();
        if kind(&task.action) {
            add(
                true,
                t!("This device has been asked for this already: {standing}, by {by}, {when}."),
            );
        } else if opposite.as_ref().is_some_and(kind) {
            add(
                true,
                t!(
                    "The opposite is under way on this device: {label}, {standing}, by {by}, {when}."
                ),
            );
        }
    }
}

fn in_force_already(
    task: &Task,
    actions: &[MachineAction],
    now: Timestamp,
    add: &mut impl FnMut(bool, String),
) {
    let Some((true, since)) = machine::in_force(actions, &task.action) else {
        return;
    };
    let when = relative(since, now);
    add(
        true,
        match task.action {
            ActionType::IsolateDevice => t!("The device is isolated already, since {when}."),
            ActionType::ReleaseFromIsolation => {
                t!("The device has been released from isolation already, {when}.")
            }
            ActionType::RestrictAppExecution => {
                t!("App execution is restricted already, since {when}.")
            }
            _ => t!("This is in force already, since {when}."),
        },
    );
}

/// The same or the opposite, asked of the same target by another task.
fn elsewhere(task: &Task, facts: &Facts<'_>, add: &mut impl FnMut(bool, String)) {
    let Some(tasks) = facts.tasks else {
        if !facts.asking.tasks {
            add(
                false,
                t!("It is not known whether another incident asks for the same: the actions could not be read.").into(),
            );
        }
        return;
    };
    let opposite = task.action.opposite();
    let others = tasks.iter().filter(|other| {
        let open = matches!(other.status, TaskStatus::Open | TaskStatus::InProgress);
        open && other.id != task.id && same_target(task, other)
    });
    for other in others {
        let incident = visible(other.incident.as_str());
        let standing = other.status.label();
        if other.action == task.action && other.action != ActionType::Text {
            add(
                true,
                t!("Incident {incident} asks for the same on the same target: {standing}."),
            );
        } else if Some(&other.action) == opposite.as_ref() {
            let label = other.action.label();
            add(
                true,
                t!(
                    "Incident {incident} asks for the opposite on the same target: {label}, {standing}."
                ),
            );
        }
    }
}

fn same_target(one: &Task, other: &Task) -> bool {
    let both = |read: fn(&Task) -> Option<&String>| match (read(one), read(other)) {
        (Some(one), Some(other)) => one.eq_ignore_ascii_case(other),
        _ => false,
    };
    let same = both(|task| task.target.as_ref());
    let is_file = one.action == ActionType::QuarantineFile;
    // A file is quarantined on one device; everything else on a device concerns all of it.
    if is_file {
        same && both(|task| task.device.as_ref())
    } else {
        same || both(|task| task.device.as_ref()) && one.device.is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::task;
    use super::super::{Act, ActionStatus};
    use super::*;
    use crate::domain::id::{IncidentId, TaskId};
    use crate::domain::machine::Standing;
    use crate::domain::machine::tests::action;

    const NOW: Timestamp = Timestamp(100_000_000);

    fn on(kind: ActionType, device: &str) -> Task {
        let mut task = task(kind, TaskStatus::Open, ActionStatus::NotStarted);
        task.device = Some(device.into());
        task.target = task.device.clone();
        task
    }

    fn other(kind: ActionType, device: &str, status: TaskStatus) -> Task {
        Task {
            id: TaskId("other".into()),
            incident: IncidentId("77".into()),
            status,
            ..on(kind, device)
        }
    }

    /// Everything is known, and nothing speaks against it.
    fn clear<'a>() -> Facts<'a> {
        Facts {
            now: NOW,
            looked: NOW,
            machine: None,
            actions: Some((&[], NOW)),
            gone: false,
            tasks: Some(&[]),
            investigated: Some(&[]),
            excluded: &Exclusion::None,
            asking: Asking::default(),
        }
    }

    fn grave(task: &Task, facts: &Facts<'_>) -> bool {
        warnings(task, facts)
            .first()
            .is_some_and(|warning| warning.grave)
    }

    #[test]
    fn each_pair_of_actions_conflicts_exactly_where_it_must() {
        let kinds = [
            ActionType::IsolateDevice,
            ActionType::ReleaseFromIsolation,
            ActionType::RestrictAppExecution,
            ActionType::RemoveAppRestriction,
            ActionType::RunAntivirusScan,
            ActionType::CollectInvestigationPackage,
        ];
        for wanted in &kinds {
            for there in &kinds {
                let conflict = wanted == there || wanted.opposite().as_ref() == Some(there);
                let task = on(wanted.clone(), "m1");
                for status in [TaskStatus::Open, TaskStatus::InProgress] {
                    let tasks = [other(there.clone(), "M1", status.clone())];
                    let facts = Facts {
                        tasks: Some(&tasks),
                        ..clear()
                    };
                    assert_eq!(grave(&task, &facts), conflict, "{wanted:?} {there:?}");
                    let tasks = [other(there.clone(), "m2", status)];
                    let facts = Facts {
                        tasks: Some(&tasks),
                        ..clear()
                    };
                    assert!(
                        !grave(&task, &facts),
                        "another device: {wanted:?} {there:?}"
                    );
                }
                for status in [
                    TaskStatus::Completed,
                    TaskStatus::NotRelevant,
                    TaskStatus::Failed,
                ] {
                    let tasks = [other(there.clone(), "m1", status)];
                    let facts = Facts {
                        tasks: Some(&tasks),
                        ..clear()
                    };
                    assert!(!grave(&task, &facts), "ended: {wanted:?} {there:?}");
                }
                let kind = machine::kind_of(there).unwrap().wire;
                for standing in [Standing::Pending, Standing::InProgress] {
                    let actions = [action(kind, standing, NOW.0 - 5_000)];
                    let facts = Facts {
                        actions: Some((&actions, NOW)),
                        ..clear()
                    };
                    assert_eq!(grave(&task, &facts), conflict, "live: {wanted:?} {there:?}");
                }
                let actions = [action(kind, Standing::Succeeded, NOW.0 - 5_000)];
                let facts = Facts {
                    actions: Some((&actions, NOW)),
                    ..clear()
                };
                let again = wanted == there && wanted.opposite().is_some();
                assert_eq!(
                    grave(&task, &facts),
                    again,
                    "in force: {wanted:?} {there:?}"
                );
            }
        }
    }

    #[test]
    fn what_is_not_known_or_old_is_said_and_never_taken_for_safe() {
        let isolate = on(ActionType::IsolateDevice, "m1");
        assert_eq!(warnings(&isolate, &clear()), vec![]);
        let old = Timestamp(NOW.0 - FRESH_MS - 1);
        let all = [
            Facts {
                actions: None,
                ..clear()
            },
            Facts {
                actions: Some((&[], old)),
                ..clear()
            },
            Facts {
                tasks: None,
                ..clear()
            },
            Facts {
                investigated: None,
                ..clear()
            },
            Facts {
                looked: old,
                ..clear()
            },
        ];
        for facts in all {
            assert_eq!(warnings(&isolate, &facts).len(), 1, "{facts:?}");
        }
        // What stood there when it was read too long ago is no news, good or bad.
        let isolated = [action("Isolate", Standing::Succeeded, 5)];
        let facts = Facts {
            actions: Some((&isolated, old)),
            ..clear()
        };
        assert!(!grave(&isolate, &facts));
    }

    #[test]
    fn what_is_being_read_is_said_and_hides_nothing_that_is_known() {
        let isolate = on(ActionType::IsolateDevice, "m1");
        let alerts = ["Ransomware".to_owned()];
        let asking = Asking {
            device: true,
            tasks: true,
            investigations: true,
        };
        let facts = Facts {
            actions: None,
            tasks: None,
            excluded: &Exclusion::Asking,
            investigated: None,
            asking,
            ..clear()
        };
        let all = warnings(&isolate, &facts);
        let checked = |one: &Warning| one.text.starts_with("Still being checked");
        assert_eq!((all.len(), all.iter().all(checked)), (1, true), "{all:?}");
        let known = Facts {
            investigated: Some(&alerts),
            ..facts
        };
        let all = warnings(&isolate, &known);
        assert_eq!((all.len(), all[0].grave), (2, true), "{all:?}");
        assert!(checked(&all[1]), "{all:?}");
        // Each of them alone is said, too.
        let each = [
            Facts {
                actions: None,
                ..clear()
            },
            Facts {
                tasks: None,
                ..clear()
            },
            Facts {
                investigated: None,
                ..clear()
            },
            Facts {
                excluded: &Exclusion::Asking,
                ..clear()
            },
        ];
        for facts in each {
            let all = warnings(&isolate, &Facts { asking, ..facts });
            assert!(all.len() == 1 && checked(&all[0]), "{all:?}");
        }
        // What has been read is not asked about any more.
        let read = Facts { asking, ..clear() };
        assert_eq!(warnings(&isolate, &read), vec![]);
        let unknown = [Exclusion::Unknown, Exclusion::Perhaps("VIP laptops".into())];
        for excluded in &unknown {
            let facts = Facts {
                excluded,
                ..clear()
            };
            let all = warnings(&isolate, &facts);
            assert!(all.len() == 1 && !all[0].grave, "{all:?}");
            assert!(
                all[0]
                    .text
                    .starts_with("It is not known whether Defender Experts")
            );
        }
    }

    #[test]
    fn a_device_that_is_silent_unwell_or_gone_speaks_against_it() {
        let isolate = on(ActionType::IsolateDevice, "m1");
        let machine = Machine {
            id: "m1".into(),
            name: "srv".into(),
            health: Some(Health::Active),
            onboarding: None,
            risk: None,
            exposure: None,
            value: None,
            group_id: None,
            group: None,
            os: None,
            version: None,
            first_seen: None,
            last_seen: Some(NOW),
            address: None,
            external_address: None,
            directory_id: None,
            tags: Vec::new(),
        };
        let with = |machine: &Machine| {
            grave(
                &isolate,
                &Facts {
                    machine: Some(machine),
                    ..clear()
                },
            )
        };
        assert!(!with(&machine));
        let silent = Machine {
            last_seen: Some(Timestamp(0)),
            ..machine.clone()
        };
        assert!(with(&silent));
        assert!(with(&Machine {
            health: Some(Health::Inactive),
            ..machine
        }));
        assert!(grave(
            &isolate,
            &Facts {
                gone: true,
                ..clear()
            }
        ));
    }

    #[test]
    fn investigations_weigh_and_exclusions_only_explain() {
        let isolate = on(ActionType::IsolateDevice, "m1");
        let alerts = ["Ransomware".to_owned()];
        assert!(grave(
            &isolate,
            &Facts {
                investigated: Some(&alerts),
                ..clear()
            }
        ));
        let vip = Exclusion::Under("VIP laptops".into());
        let excluded = Facts {
            excluded: &vip,
            ..clear()
        };
        assert!(!grave(&isolate, &excluded));
        assert_eq!(warnings(&isolate, &excluded).len(), 1);
        let roles = crate::domain::permission::Roles::Unknown;
        let around = super::super::Around {
            excluded: Some("VIP laptops"),
            ..super::super::Around::new(&roles, false)
        };
        assert_eq!(super::super::why_not(&isolate, Act::Run, &around), None);
    }
}
