//! The tasks of a managed response, as far along as their incident.

use super::{fate::Fate, plan::Slot, write::Times};
use crate::{
    clock::{MINUTE, Ticks},
    people::PEOPLE,
    rng::Rng,
    store::{
        incidents::EXPERTS,
        tasks::{ActionStatus, Source, Status, Task},
    },
    stories,
};

const UNREACHABLE: &str = "The device did not connect within the time allowed for the action.";

pub fn tasks(told: Vec<stories::Task>, slot: &Slot, times: &Times, rng: &mut Rng) -> Vec<Task> {
    // Where the experts needed nobody, they ran what can be run and asked for nothing.
    let alone = slot.fate == Fate::Direct;
    let kept = told
        .into_iter()
        .filter(|it| !alone || it.source == Source::Managed || it.action != "text");
    let mut tasks: Vec<Task> = kept
        .enumerate()
        .map(|(ordinal, it)| {
            let source = if alone { Source::Managed } else { it.source };
            Task {
                id: rng.guid(),
                incident: slot.id,
                ordinal: ordinal as i64,
                status: Status::Open,
                source,
                action_type: it.action.into(),
                action_status: ActionStatus::NotStarted,
                name: it.name,
                description: it.description,
                created: times.concluded,
                modified: times.concluded,
                modified_by: EXPERTS.into(),
                identifier: it.identifier,
                target: it.target,
                device: it.device,
                outcome: it.outcome,
                status_detail: None,
                started: None,
                settle_at: None,
            }
        })
        .collect();
    for task in tasks
        .iter_mut()
        .filter(|task| task.source == Source::Managed)
    {
        finish(task, Status::Completed, EXPERTS, times.concluded);
    }
    match slot.fate {
        Fate::Helped => help(&mut tasks, times, rng),
        Fate::Awaiting if slot.fixed.is_none() => begin(&mut tasks, times, rng),
        _ => {}
    }
    tasks
}

/// The customer did what was asked, now and then skipping something; seldom an action failed and
/// the incident was closed all the same.
fn help(tasks: &mut [Task], times: &Times, rng: &mut Rng) {
    let guided = tasks
        .iter_mut()
        .filter(|task| task.source == Source::Guided);
    for (index, task) in guided.enumerate() {
        let by = rng.pick(&[PEOPLE[1].name, PEOPLE[2].name]);
        let span = (times.updated - times.concluded).max(2 * MINUTE);
        let at = times.concluded + rng.between(MINUTE, span);
        match rng.weighted(&[82, 14, 4]) {
            1 if index > 0 => finish(task, Status::NotRelevant, by, at),
            2 if index > 0 && task.action_type != "text" => finish(task, Status::Failed, by, at),
            _ => finish(task, Status::Completed, by, at),
        }
    }
}

/// Some customers have begun. The last task always stays open: it is what the incident waits for.
fn begin(tasks: &mut [Task], times: &Times, rng: &mut Rng) {
    let mut guided: Vec<&mut Task> = tasks
        .iter_mut()
        .filter(|task| task.source == Source::Guided)
        .collect();
    guided.pop();
    for task in guided {
        let at = times.concluded + rng.between(MINUTE, 20 * MINUTE);
        match rng.weighted(&[70, 18, 6, 6]) {
            1 => finish(task, Status::Completed, PEOPLE[1].name, at),
            2 => finish(task, Status::NotRelevant, PEOPLE[2].name, at),
            3 if crate::tasks::machine::kind(&task.action_type).is_some() => {
                finish(task, Status::Failed, PEOPLE[1].name, at);
            }
            _ => {}
        }
    }
}

fn finish(task: &mut Task, status: Status, by: &str, at: Ticks) {
    task.status = status;
    task.modified_by = by.into();
    task.modified = at;
    task.action_status = match (status, task.action_type.as_str()) {
        (Status::Completed, "text") => ActionStatus::NotStarted,
        (Status::Completed, _) => ActionStatus::Completed,
        (Status::Failed, _) => ActionStatus::Failed,
        _ => ActionStatus::NotStarted,
    };
    if status == Status::Failed {
        task.status_detail = Some(UNREACHABLE.into());
        task.started = Some(at - 30 * MINUTE);
    } else if status == Status::Completed && task.action_type != "text" {
        task.started = Some(at - MINUTE);
    }
}
