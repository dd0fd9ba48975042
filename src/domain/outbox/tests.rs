//! Each step of an intent's life. Whole lives, with several tabs and everything that can go wrong,
//! are in `tests/outbox.rs`.

use super::*;
use crate::domain::task::tests::task;
use crate::domain::task::{ActionStatus, ActionType};

fn open_task() -> Task {
    task(
        ActionType::IsolateDevice,
        TaskStatus::Open,
        ActionStatus::NotStarted,
    )
}

fn running_task() -> Task {
    Task {
        status: TaskStatus::InProgress,
        ..open_task()
    }
}

fn edited_task() -> Task {
    Task {
        modified: Some(Timestamp(9_000)),
        ..open_task()
    }
}

fn decided(key: &str) -> Intent {
    let at = Timestamp(2_000);
    Intent::new(&open_task(), Act::Run, key.into(), at, at)
}

/// An intent that has been kept and sent.
fn sent() -> Intent {
    let mut intent = decided("key");
    assert_eq!(intent.on(Event::Turn(None)), Next::Keep);
    assert_eq!(intent.on(Event::Kept(true)), Next::Send);
    intent
}

fn unanswered() -> Intent {
    let mut intent = sent();
    assert_eq!(
        intent.on(Event::Answered(Err(ApiError::TimedOut))),
        Next::Read
    );
    intent
}

fn unsent() -> Intent {
    let mut intent = unanswered();
    for next in [Next::Read, Next::Read, Next::Rest] {
        assert_eq!(intent.on(Event::Read(Box::new(open_task()))), next);
    }
    assert!(matches!(intent.phase, Phase::Unsent { .. }));
    intent
}

fn read(task: Task) -> Event {
    Event::Read(Box::new(task))
}

fn no_session() -> ApiError {
    ApiError::SignedOut { request_id: None }
}

#[test]
fn it_is_on_the_disk_before_it_is_sent_and_a_good_answer_settles_it() {
    assert_eq!(sent().on(Event::Answered(Ok(()))), Next::Settled);
}

#[test]
fn with_storage_refused_it_is_sent_all_the_same_after_a_look_and_known_not_to_be_kept() {
    let unkept = || {
        let mut intent = decided("key");
        intent.on(Event::Turn(None));
        assert_eq!(intent.on(Event::Kept(false)), Next::Look);
        assert!(!intent.kept);
        intent
    };
    assert_eq!(unkept().on(read(open_task())), Next::Send);
    // Another tab has seen to it, and no disk could say so.
    assert_eq!(unkept().on(read(running_task())), Next::Settled);
    assert_eq!(unkept().on(read(edited_task())), Next::Rest);
}

/// A decision at 2,000 on what was read at `looked`.
fn decided_on(task: &Task, act: Act, looked: i64) -> Intent {
    Intent::new(task, act, "new".into(), Timestamp(2_000), Timestamp(looked))
}

fn kept(intent: &Intent, held: Option<&str>, settled: &[i64]) -> Result<String, Event> {
    let marks: Vec<_> = settled.iter().map(|at| mark(Timestamp(*at))).collect();
    intent.keep(Timestamp(2_010), held, marks.iter().map(String::as_str))
}

#[test]
fn what_was_settled_after_the_person_looked_is_not_sent_once_more() {
    let intent = |looked| decided_on(&open_task(), Act::Run, looked);
    // In the hundred milliseconds between the reading and the click, or between click and disk.
    for settled in [1_901, 2_000, 2_010] {
        let forestalled = kept(&intent(1_900), None, &[settled]);
        assert_eq!(forestalled, Err(Event::Forestalled), "{settled}");
    }
    // Seen by the person, or by none because the clock was set since.
    for settled in [0, 1_899, 1_900, 2_011] {
        assert!(kept(&intent(1_900), None, &[settled]).is_ok(), "{settled}");
    }
    assert!(kept(&intent(1_900), None, &[]).is_ok());
    // One of several marks is enough.
    let both = kept(&intent(1_900), None, &[1_000, 1_950]);
    assert_eq!(both, Err(Event::Forestalled));
}

#[test]
fn every_deliberate_second_decision_after_a_fresh_reading_goes() {
    let failed = || Task {
        status: TaskStatus::Failed,
        ..open_task()
    };
    let skipped = || Task {
        status: TaskStatus::NotRelevant,
        ..open_task()
    };
    for (task, act) in [
        (open_task(), Act::Run),
        (failed(), Act::Run),
        (skipped(), Act::Reopen),
        (open_task(), Act::Skip),
    ] {
        let (settled, looked) = (1_800, 1_801);
        let intent = decided_on(&task, act, looked);
        assert_eq!(
            kept(&intent, None, &[settled]),
            Ok(intent.record()),
            "{act:?}"
        );
    }
}

#[test]
fn the_disk_lets_only_one_decision_stand_on_a_task() {
    let first = decided("first");
    let mut second = decided("second");
    let held = first.record();
    let Err(Event::Turn(Some(other))) = kept(&second, Some(&held), &[]) else {
        panic!("the first is in the way");
    };
    assert_eq!(other.key, "first");
    // One that it ends is not in its way, and neither is a text that is no decision.
    second.ends = Some("first".into());
    assert_eq!(kept(&second, Some(&held), &[]), Ok(second.record()));
    assert!(kept(&decided("third"), Some("nonsense"), &[]).is_ok());
}

#[test]
fn the_same_action_on_the_same_device_is_one_whichever_task_asks_for_it() {
    let on = |device: &str, action| Task {
        device: Some(device.into()),
        ..task(action, TaskStatus::Open, ActionStatus::NotStarted)
    };
    let marks = |task: &Task, act| decided_on(task, act, 2_000).marks();
    let shared = |one: &[TaskId], other: &[TaskId]| one.iter().any(|id| other.contains(id));
    let of_incident = marks(&on("m1", ActionType::IsolateDevice), Act::Run);
    let own = crate::domain::machine::tasks("m1", &[]);
    let of_device: Vec<_> = own.iter().map(|own| marks(own, Act::Run)).collect();
    assert!(shared(&of_incident, &of_device[0]), "{of_incident:?}");
    assert!(
        of_device[1..]
            .iter()
            .all(|other| !shared(&of_incident, other))
    );
    let elsewhere = Task {
        id: TaskId("another".into()),
        ..on("m1", ActionType::IsolateDevice)
    };
    assert!(shared(&of_incident, &marks(&elsewhere, Act::Run)));
    for (device, action, act) in [
        ("m2", ActionType::IsolateDevice, Act::Run),
        ("m1", ActionType::ReleaseFromIsolation, Act::Run),
        ("m1", ActionType::IsolateDevice, Act::Skip),
        ("", ActionType::IsolateDevice, Act::Run),
    ] {
        let other = Task {
            id: TaskId("another".into()),
            ..on(device, action)
        };
        assert!(!shared(&of_incident, &marks(&other, act)), "{device}");
    }
    // Files are told apart.
    let file = |hash: &str| {
        let task = Task {
            id: TaskId(hash.into()),
            target: Some(hash.into()),
            ..on("m1", ActionType::QuarantineFile)
        };
        marks(&task, Act::Run)
    };
    let mut asked = decided_on(&own[6], Act::Run, 2_000);
    asked.with.choice = "AB12".into();
    assert!(shared(&file("ab12"), &asked.marks()));
    assert!(!shared(&file("cd34"), &asked.marks()) && !shared(&file("cd34"), &file("ab12")));
}

#[test]
fn one_who_was_forestalled_is_told_and_may_decide_anew() {
    let mut intent = decided("key");
    intent.on(Event::Turn(None));
    assert_eq!(intent.on(Event::Forestalled), Next::Rest);
    assert!(!intent.kept && !intent.phase.in_flight());
    // What the task shows now is the other's doing: the words stay until the person has read them.
    assert_eq!(intent.on(read(running_task())), Next::Rest);
    assert_eq!(intent.phase, Phase::Forestalled);
    assert_eq!(
        press(Some(&intent), Act::Run, &With::default()),
        Press::Anew
    );
    // It is on no disk: another tab's forgetting says nothing of it.
    assert_eq!(compare([&intent].into_iter(), &[]), (vec![], vec![]));
}

#[test]
fn a_mark_is_kept_for_some_minutes_and_is_no_decision() {
    let text = mark(Timestamp(1_000_000));
    assert_eq!(Intent::restored(&text), None);
    assert!(!expired(&text, Timestamp(1_000_000 + 2 * FRESH_MS)));
    assert!(expired(&text, Timestamp(1_000_000 + 6 * FRESH_MS)));
    // A clock that was set back by an hour does not keep it for an hour.
    assert!(expired(&text, Timestamp(1_000_000 - 6 * FRESH_MS)));
    let intent = Intent {
        task: TaskId("settled".into()),
        ..decided("key")
    };
    assert!(!expired(&intent.record(), Timestamp(i64::MAX / 2)));
}

#[test]
fn a_refusal_rests_with_its_reason() {
    let mut intent = sent();
    let why = ApiError::Forbidden {
        message: String::new(),
        request_id: None,
    };
    assert_eq!(intent.on(Event::Answered(Err(why.clone()))), Next::Rest);
    assert_eq!(intent.phase, Phase::Refused(why));
}

#[test]
fn a_lost_answer_is_read_back_and_a_changed_task_settles_it() {
    assert_eq!(unanswered().on(read(running_task())), Next::Settled);
}

#[test]
fn an_unchanged_task_is_read_again_before_it_is_believed_and_then_asks() {
    let mut intent = unanswered();
    assert_eq!(intent.on(read(open_task())), Next::Read);
    assert_eq!(intent.on(Event::ReadFailed(ApiError::Offline)), Next::Read);
    assert_eq!(intent.on(read(open_task())), Next::Read);
    assert_eq!(intent.on(read(open_task())), Next::Rest);
    let why = ApiError::TimedOut;
    assert_eq!(intent.phase, Phase::Unsent { why });
}

#[test]
fn pressed_again_it_looks_first_and_keeps_its_key() {
    let mut intent = unsent();
    let kept = Box::new(intent.clone());
    assert_eq!(intent.on(Event::Again(Timestamp(500_000))), Next::Turn);
    assert_eq!(intent.on(Event::Turn(Some(kept))), Next::Look);
    assert_eq!(intent.on(read(open_task())), Next::Send);
    assert_eq!(intent.key, "key");
    assert_eq!(intent.latest(), Timestamp(500_000 + FRESH_MS));

    let mut changed = unsent();
    changed.on(Event::Again(Timestamp(500_000)));
    changed.on(Event::Turn(Some(Box::new(unsent()))));
    assert_eq!(changed.on(read(edited_task())), Next::Rest);
    assert_eq!(changed.phase, Phase::Overtaken);
}

#[test]
fn pressed_again_for_something_else_it_is_another_decision() {
    let with = |comment: &str, choice: &str| With {
        comment: comment.into(),
        choice: choice.into(),
    };
    let mut held = unsent();
    held.with = with("Contain it.", "aaaa");
    let again = |with: &With| press(Some(&held), Act::Run, with);
    assert_eq!(again(&with("Contain it.", "aaaa")), Press::Again);
    assert_eq!(again(&with("Contain it.", "bbbb")), Press::Anew);
    assert_eq!(again(&with("Never mind.", "aaaa")), Press::Anew);
    // What seemed not to have happened may have happened by now.
    let mut anew = decided("new").instead_of(Some(held.clone()));
    assert_eq!((&*anew.key, anew.ends.as_deref()), ("new", Some("key")));
    assert_eq!(anew.on(Event::Turn(Some(Box::new(held)))), Next::Keep);
    assert_eq!(anew.on(Event::Kept(true)), Next::Look);
    assert_eq!(anew.on(read(open_task())), Next::Send);
    // What was refused has not: it is sent at once, as is the first of all.
    let refused = Intent {
        phase: Phase::Refused(no_session()),
        ..unsent()
    };
    let earlier = [Some(refused), None].into_iter();
    for earlier in earlier {
        assert_eq!(decided("new").instead_of(earlier).phase, Phase::Sending);
    }
}

#[test]
fn a_decision_on_what_was_read_long_ago_looks_first() {
    let (looked, at) = (Timestamp(0), Timestamp(FRESH_MS + 1));
    let fresh = Intent::new(&open_task(), Act::Run, "key".into(), at, at);
    assert_eq!(fresh.phase, Phase::Sending);
    // Read "later" than decided: somebody has set the clock back meanwhile.
    let ahead = Intent::new(&open_task(), Act::Run, "key".into(), Timestamp(0), at);
    assert_eq!(ahead.phase, Phase::Looking);
    let mut old = Intent::new(&open_task(), Act::Run, "key".into(), at, looked);
    assert_eq!(old.on(Event::Turn(None)), Next::Keep);
    assert_eq!(old.on(Event::Kept(true)), Next::Look);
    let mut unreadable = old.clone();
    assert_eq!(old.on(read(open_task())), Next::Send);
    let why = ApiError::Offline;
    assert_eq!(unreadable.on(Event::ReadFailed(why.clone())), Next::Rest);
    assert_eq!(unreadable.phase, Phase::Unsent { why });
}

#[test]
fn turned_away_at_the_door_it_asks_again_with_the_same_key() {
    let busy = ApiError::Busy {
        retry_after_ms: None,
        request_id: None,
    };
    for why in [no_session(), busy] {
        let mut intent = sent();
        assert_eq!(intent.on(Event::Answered(Err(why.clone()))), Next::Rest);
        assert_eq!(intent.phase, Phase::Unsent { why });
        assert_eq!(intent.on(Event::Again(Timestamp(3_000))), Next::Turn);
        assert_eq!(intent.key, "key");
    }
}

#[test]
fn a_conflict_that_hid_a_success_is_read_back_too() {
    let conflict = ApiError::Conflict {
        code: "actionInProgress".into(),
        message: String::new(),
        request_id: None,
    };
    assert_eq!(sent().on(Event::Answered(Err(conflict))), Next::Read);
}

#[test]
fn a_task_that_changed_in_another_way_is_not_taken_for_success() {
    let mut intent = unanswered();
    assert_eq!(intent.on(read(edited_task())), Next::Rest);
    assert_eq!(intent.phase, Phase::Overtaken);
}

#[test]
fn a_retry_that_failed_at_once_has_still_been_carried_out() {
    let failed = Task {
        status: TaskStatus::Failed,
        action_status: ActionStatus::Failed,
        ..open_task()
    };
    let at = Timestamp(2_000);
    let mut intent = Intent::new(&failed, Act::Run, "key".into(), at, at);
    intent.phase = unanswered().phase;
    assert_eq!(intent.on(read(failed.clone())), Next::Read, "the old one");
    let modified = Some(Timestamp(9_000));
    let again = Task { modified, ..failed };
    assert_eq!(intent.on(read(again)), Next::Settled, "a new one");
}

#[test]
fn the_rest_of_what_was_done_in_part_has_not_begun_because_it_was_under_way() {
    let partial = Task {
        action_status: ActionStatus::PartiallyCompleted,
        ..running_task()
    };
    let mut intent = Intent {
        phase: unanswered().phase,
        ..decided_on(&partial, Act::Run, 2_000)
    };
    assert_eq!(intent.on(read(partial.clone())), Next::Read);
    // It changes: that may be the part that was under way, and no word of the rest.
    let changed = |action_status| Task {
        modified: Some(Timestamp(9_000)),
        action_status,
        ..partial.clone()
    };
    let mut other = intent.clone();
    let still = read(changed(ActionStatus::PartiallyCompleted));
    assert_eq!(other.on(still), Next::Rest);
    assert_eq!(other.phase, Phase::Overtaken);
    // Nor is it sent for, or taken for done, where it was only being looked at.
    intent.phase = Phase::Looking;
    let still = read(changed(ActionStatus::PartiallyCompleted));
    assert_eq!(intent.clone().on(still), Next::Rest);
    // All of it is under way.
    let all = read(changed(ActionStatus::InProgress));
    assert_eq!(intent.on(all), Next::Settled);
}

#[test]
fn an_end_without_a_time_of_change_is_an_end() {
    let unknown = |status| Task {
        status,
        modified: None,
        ..open_task()
    };
    let at = Timestamp(2_000);
    let mut intent = Intent::new(&unknown(TaskStatus::Open), Act::Run, "key".into(), at, at);
    intent.phase = unanswered().phase;
    assert_eq!(
        intent.on(read(unknown(TaskStatus::Completed))),
        Next::Settled
    );
}

#[test]
fn a_commit_after_the_read_back_is_noticed_while_it_rests() {
    assert_eq!(unsent().on(read(running_task())), Next::Settled);
}

#[test]
fn what_cannot_be_read_back_rests_and_can_be_checked_again() {
    let mut intent = unanswered();
    let gone = ApiError::NotFound { request_id: None };
    assert_eq!(intent.on(Event::ReadFailed(gone.clone())), Next::Rest);
    assert_eq!(intent.phase, Phase::Lost { why: gone });
    // Nobody will ever know of a task that has gone; everything else may yet be read.
    assert!(intent.phase.dismissible());
    let why = no_session();
    assert!(!Phase::Lost { why }.dismissible() && !unanswered().phase.dismissible());
    assert!(unsent().phase.dismissible());
    assert_eq!(intent.on(Event::Check), Next::Turn);
}

#[test]
fn a_tab_that_comes_second_sends_nothing() {
    let mut second = decided("second");
    assert_eq!(second.on(Event::Elsewhere), Next::Wait);
    assert!(second.phase.in_flight());
    let mut free = second.clone();

    // The first tab is gone and left its decision: that one is read back, and goes on.
    assert_eq!(
        second.on(Event::Turn(Some(Box::new(unanswered())))),
        Next::Look
    );
    assert_eq!(second.key, "key");

    // The first tab has settled its decision.
    assert_eq!(free.on(Event::Turn(None)), Next::Look);
    let mut otherwise = free.clone();
    assert_eq!(free.on(read(running_task())), Next::Settled);
    assert_eq!(otherwise.on(read(open_task())), Next::Rest);
    assert_eq!(otherwise.phase, Phase::Overtaken);
}

#[test]
fn a_decision_on_the_disk_comes_before_a_new_one() {
    let mut second = decided("second");
    assert_eq!(second.on(Event::Turn(None)), Next::Keep);
    let first = Intent::restored(&sent().record()).unwrap();
    assert_eq!(second.on(Event::Turn(Some(Box::new(first)))), Next::Look);
    assert_eq!(second.key, "key");
    assert!(matches!(second.phase, Phase::Checking { .. }));
}

#[test]
fn what_another_tab_has_settled_is_settled_here() {
    let mut seen = Intent::restored(&sent().record()).unwrap();
    assert_eq!(seen.on(Event::Elsewhere), Next::Wait);
    assert_eq!(seen.on(Event::Turn(None)), Next::Settled);

    let mut pressed = unsent();
    pressed.on(Event::Again(Timestamp(3_000)));
    assert_eq!(pressed.on(Event::Turn(None)), Next::Look);
    assert_eq!(pressed.on(read(open_task())), Next::Rest);
    assert_eq!(pressed.phase, Phase::Overtaken);
}

#[test]
fn a_record_brings_everything_back_but_the_phase() {
    let mut intent = sent();
    intent.title = "Isolate & release = \"prod\"\n100 %".into();
    let restored = Intent::restored(&intent.record()).unwrap();
    let (phase, looked) = (Phase::restored(), Timestamp(0));
    let back = Intent {
        phase,
        looked,
        ..intent
    };
    assert_eq!(restored, back);
    // Earlier versions kept less.
    let less = sent().record();
    let less = less.rsplitn(4, '&').last().unwrap_or_default();
    assert_eq!(Intent::restored(less).map(|it| it.marks().len()), Some(1));
    for record in ["", "a&b", &sent().record().replace("execute", "destroy")] {
        assert_eq!(Intent::restored(record), None, "{record}");
    }
}
