//! Every state of a task against the buttons and words it must have.

use super::*;
use crate::domain::error::ApiError;
use crate::domain::outbox::{Intent, Phase};
use crate::domain::permission::Roles;

/// A guided task on one incident, for the tests of everything that deals with tasks.
pub(in crate::domain) fn task(
    action: ActionType,
    status: TaskStatus,
    action_status: ActionStatus,
) -> Task {
    Task {
        id: TaskId("t1".into()),
        incident: IncidentId("29".into()),
        title: "Isolate device prod-sql-02".into(),
        description: String::new(),
        status,
        action_status,
        source: Source::Guided,
        action,
        target: None,
        target_name: None,
        device: None,
        isolation: None,
        created: None,
        created_by: None,
        modified: Some(Timestamp(1_000)),
        modified_by: None,
        started: None,
        allowed: None,
        denied: None,
        detail: None,
        asked: Vec::new(),
    }
}

fn operator() -> Roles {
    Roles::Known(vec!["Security Operator".into()])
}

fn labels(card: &Card) -> Vec<&str> {
    card.buttons.iter().map(|b| b.label.as_str()).collect()
}

#[test]
fn each_state_offers_exactly_its_buttons() {
    use ActionStatus as A;
    use ActionType::{IsolateDevice, SoftDeleteEmails, Text};
    use TaskStatus as S;
    type Row = (
        ActionType,
        S,
        A,
        Group,
        &'static str,
        &'static [&'static str],
    );
    let table: [Row; 12] = [
        (
            IsolateDevice,
            S::Open,
            A::NotStarted,
            Group::Pending,
            "Not started",
            &["Isolate device", "Skip"],
        ),
        (
            Text,
            S::Open,
            A::NotStarted,
            Group::Pending,
            "Not started",
            &["I've completed this action", "Skip"],
        ),
        (
            SoftDeleteEmails,
            S::Open,
            A::NotStarted,
            Group::Pending,
            "Not started",
            &["I've completed this action", "Skip"],
        ),
        (
            IsolateDevice,
            S::InProgress,
            A::InProgress,
            Group::Pending,
            "In progress",
            &[],
        ),
        (
            IsolateDevice,
            S::InProgress,
            A::PartiallyCompleted,
            Group::Pending,
            "Partially completed",
            &["Try again"],
        ),
        (
            IsolateDevice,
            S::Failed,
            A::PartiallyCompleted,
            Group::Pending,
            "Partially completed",
            &["Try again"],
        ),
        (
            IsolateDevice,
            S::Failed,
            A::Failed,
            Group::Pending,
            "Failed",
            &["Try again", "I've completed this action", "Skip"],
        ),
        (
            IsolateDevice,
            S::Completed,
            A::Completed,
            Group::Completed,
            "Completed",
            &[],
        ),
        (
            IsolateDevice,
            S::Completed,
            A::NotStarted,
            Group::Completed,
            "Completed",
            &[],
        ),
        (
            Text,
            S::Completed,
            A::NotStarted,
            Group::Completed,
            "Completed",
            &[],
        ),
        (
            IsolateDevice,
            S::NotRelevant,
            A::NotStarted,
            Group::Completed,
            "Skipped",
            &["Undo skip"],
        ),
        (
            IsolateDevice,
            S::Unknown("paused".into()),
            A::NotStarted,
            Group::Pending,
            "Unknown (paused)",
            &[],
        ),
    ];
    for (action, status, action_status, group, text, buttons) in table {
        let task = task(action, status, action_status);
        let card = card(&task, None, &Around::new(&operator(), false));
        assert_eq!(
            (card.group, card.status.as_str(), labels(&card)),
            (group, text, buttons.to_vec()),
            "{task:?}"
        );
        assert!(card.buttons.iter().all(|b| b.disabled.is_none() && !b.busy));
    }
}

#[test]
fn a_manual_step_that_was_begun_can_still_be_finished_or_dropped() {
    let begun = task(
        ActionType::Text,
        TaskStatus::InProgress,
        ActionStatus::NotStarted,
    );
    let card = card(&begun, None, &Around::new(&operator(), false));
    assert_eq!(labels(&card), ["I've completed this action", "Skip"]);
}

#[test]
fn an_outcome_that_could_not_be_read_offers_nothing_that_could_double_it() {
    let open = task(
        ActionType::IsolateDevice,
        TaskStatus::Open,
        ActionStatus::NotStarted,
    );
    let mut intent = Intent::new(&open, Act::Run, "key-1".into(), Timestamp(5), Timestamp(5));
    intent.phase = Phase::Lost {
        why: ApiError::NotFound { request_id: None },
    };
    let card = card(&open, Some(&intent), &Around::new(&operator(), false));
    assert_eq!(
        (card.status.as_str(), labels(&card)),
        ("Outcome not known", vec![])
    );
}

#[test]
fn what_the_experts_did_is_completed_and_has_no_buttons() {
    let mut done = task(
        ActionType::IsolateDevice,
        TaskStatus::Open,
        ActionStatus::NotStarted,
    );
    done.source = Source::Managed;
    let card = card(&done, None, &Around::new(&operator(), false));
    assert_eq!((card.group, labels(&card)), (Group::Completed, vec![]));
}

#[test]
fn a_closed_incident_takes_no_more_acts() {
    let skipped = task(
        ActionType::Text,
        TaskStatus::NotRelevant,
        ActionStatus::NotStarted,
    );
    assert!(
        card(&skipped, None, &Around::new(&operator(), true))
            .buttons
            .is_empty()
    );
}

#[test]
fn a_reader_sees_every_button_disabled_with_a_reason() {
    let open = task(
        ActionType::IsolateDevice,
        TaskStatus::Open,
        ActionStatus::NotStarted,
    );
    let reader = Roles::Known(vec!["Security Reader".into()]);
    let card = card(&open, None, &Around::new(&reader, false));
    assert_eq!(labels(&card), ["Isolate device", "Skip"]);
    assert!(card.buttons.iter().all(|b| {
        b.disabled
            .as_deref()
            .is_some_and(|r| r.contains("Security Operator"))
    }));
}

#[test]
fn the_services_own_word_outranks_the_roles() {
    let mut open = task(
        ActionType::IsolateDevice,
        TaskStatus::Open,
        ActionStatus::NotStarted,
    );
    open.allowed = Some(vec!["skip".into()]);
    open.denied = Some("Excluded device. Domain admins can isolate it.".into());
    let card = card(&open, None, &Around::new(&operator(), false));
    assert_eq!(
        card.buttons[0].disabled.as_deref(),
        Some(
            "Excluded device. Domain admins can isolate it. A Security Operator or higher with access to the target may be able to."
        )
    );
    assert_eq!(card.buttons[1].disabled, None);
}

#[test]
fn what_is_on_its_way_is_busy_and_alone_and_never_called_done() {
    let open = task(
        ActionType::IsolateDevice,
        TaskStatus::Open,
        ActionStatus::NotStarted,
    );
    let mut intent = Intent::new(&open, Act::Run, "key-1".into(), Timestamp(5), Timestamp(5));
    let sending = card(&open, Some(&intent), &Around::new(&operator(), false));
    assert_eq!(
        (labels(&sending), sending.buttons[0].busy),
        (vec!["Isolate device"], true)
    );
    assert_eq!(sending.status, "Sending…");

    intent.phase = Phase::Elsewhere;
    let elsewhere = card(&open, Some(&intent), &Around::new(&operator(), false));
    assert_eq!(
        (elsewhere.status.as_str(), elsewhere.buttons[0].busy),
        ("Being carried out in another tab…", true)
    );

    intent.phase = Phase::Checking {
        why: ApiError::TimedOut,
        reads: 0,
    };
    let checking = card(&open, Some(&intent), &Around::new(&operator(), false));
    assert!(
        checking.status.starts_with("Outcome not known"),
        "{}",
        checking.status
    );
    assert_eq!(checking.state, State::Waiting);

    intent.phase = Phase::Unsent {
        why: ApiError::TimedOut,
    };
    let unsent = card(&open, Some(&intent), &Around::new(&operator(), false));
    assert_eq!(
        (unsent.status.as_str(), labels(&unsent)),
        ("Not started", vec!["Isolate device", "Skip"])
    );
}

#[test]
fn all_is_done_only_where_nothing_is_left_of_it() {
    use ActionStatus as A;
    use TaskStatus as S;
    let of = |status, how| task(ActionType::IsolateDevice, status, how);
    let done = of(S::Completed, A::Completed);
    let skipped = of(S::NotRelevant, A::PartiallyCompleted);
    assert!(all_done(&[done.clone(), skipped]));
    assert!(!all_done(&[]));
    for left in [
        of(S::Completed, A::PartiallyCompleted),
        of(S::InProgress, A::PartiallyCompleted),
        of(S::Failed, A::Failed),
        of(S::Open, A::NotStarted),
    ] {
        assert!(!all_done(&[done.clone(), left.clone()]), "{left:?}");
    }
    // What the experts do themselves is nobody's to see through.
    let theirs = Task {
        source: Source::Managed,
        ..of(S::Failed, A::Failed)
    };
    assert!(all_done(&[done, theirs.clone()]) && !all_done(&[theirs]));
}
