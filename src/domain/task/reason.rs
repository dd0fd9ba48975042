//! Why something cannot be done to a task now, and who can help: one reason for role, state,
//! exclusion, executability and connection together. Whatever has no reason here can be pressed, and
//! the server decides.

use super::{Act, ActionStatus, Source, Task, TaskStatus};
use crate::domain::machine;
use crate::domain::permission::Roles;
use crate::domain::text::visible;
use lexicon::t;

/// Whether anything can be sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    Up,
    /// The services cannot be reached.
    Lost,
    /// The sign-in has ended.
    SignedOut,
}

/// What surrounds a task and decides with it what can be done.
#[derive(Clone, Copy, Debug)]
pub struct Around<'a> {
    /// What the directory says this person may do.
    pub roles: &'a Roles,
    /// Whether the incident takes no more changes (resolved or merged).
    pub closed: bool,
    /// The exclusion that the target falls under, in words: experts may not act on it.
    pub excluded: Option<&'a str>,
    pub reach: Reach,
}

impl<'a> Around<'a> {
    /// An incident's tasks with the way to the services open and nothing excluded.
    pub fn new(roles: &'a Roles, closed: bool) -> Around<'a> {
        Around {
            roles,
            closed,
            excluded: None,
            reach: Reach::Up,
        }
    }
}

/// Why not, and who can help. Neither is ever empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reason {
    pub why: String,
    pub who: String,
    /// Whether it keeps the act from being decided, and not only from being sent now.
    pub blocks: bool,
}

impl Reason {
    fn new(why: impl Into<String>, who: impl Into<String>) -> Option<Reason> {
        Some(Reason {
            why: why.into(),
            who: who.into(),
            blocks: true,
        })
    }

    /// Both, as a person reads them.
    pub fn words(&self) -> String {
        format!("{} {}", self.why, self.who)
    }
}

/// Why an act cannot be done to a task now; `None` where it can.
pub fn why_not(task: &Task, act: Act, around: &Around<'_>) -> Option<Reason> {
    by_its_life(task, act, around)
        .or_else(|| by_permission(task, act, around))
        .or_else(|| by_reach(around))
}

/// Whether the life of the task has come to the point where an act makes sense, whoever asks.
pub(super) fn by_its_life(task: &Task, act: Act, around: &Around<'_>) -> Option<Reason> {
    if around.closed {
        return Reason::new(
            t!("The incident is resolved or merged, so its actions are closed."),
            t!("Whoever may change the incident can set it to active again."),
        );
    }
    if task.source == Source::Managed {
        return managed(task, around);
    }
    let experts = t!("If that is wrong, tell Defender Experts in the chat.");
    let again = machine::is_of_device(&task.id);
    let runs = task.runs_here();
    let done = task.status == TaskStatus::Completed;
    let partial =
        task.action.executable() && task.action_status == ActionStatus::PartiallyCompleted;
    match (&task.status, act) {
        (TaskStatus::Unknown(raw), _) => Reason::new(
            t!(
                "The service names a state that this portal does not know ({state}).",
                state = visible(raw)
            ),
            t!("Reload for a newer version of the portal, or act in the product itself."),
        ),
        (TaskStatus::NotRelevant, Act::Reopen) => None,
        (TaskStatus::NotRelevant, _) => Reason::new(
            t!("The action was skipped."),
            t!("Whoever may act can take the skip back first."),
        ),
        (_, Act::Reopen) => Reason::new(
            t!("The action was not skipped, so there is no skip to take back."),
            experts,
        ),
        // What is left of it is tried again, even where the service calls it under way.
        (_, act) if partial => match act {
            Act::Run => None,
            _ => Reason::new(
                t!("The action was carried out in part."),
                t!("Run it again for the rest, or ask Defender Experts in the chat."),
            ),
        },
        (TaskStatus::Completed, Act::Run) if again => None,
        _ if done => Reason::new(t!("The action is completed."), experts),
        (TaskStatus::InProgress, _) if runs || task.action.executable() => Reason::new(
            t!("The action is under way."),
            match again {
                true => t!("Wait for its outcome, or cancel it in the list of what was asked for."),
                false => t!("Wait for its outcome; nobody can stop it from here."),
            },
        ),
        (TaskStatus::InProgress, Act::Confirm | Act::Skip) => None,
        (_, Act::Run) if !runs => Reason::new(
            t!("This action cannot be run from here."),
            t!("Whoever runs the product can carry it out there; then confirm it here."),
        ),
        (TaskStatus::Open, Act::Confirm) if runs => Reason::new(
            t!("This action is run from here."),
            t!("Run it, or skip it if somebody has done it elsewhere."),
        ),
        (_, Act::Confirm | Act::Skip) if again => Reason::new(
            t!("Nobody has asked for this action, so there is nothing to confirm or to skip."),
            experts,
        ),
        _ => None,
    }
}

/// The experts' own actions are read, not acted on.
fn managed(task: &Task, around: &Around<'_>) -> Option<Reason> {
    let ended = matches!(
        task.status,
        TaskStatus::Completed | TaskStatus::NotRelevant | TaskStatus::Failed
    );
    match around.excluded.filter(|_| !ended) {
        Some(exclusion) => Reason::new(
            t!(
                "This is Defender Experts' own action, and they may not act on this target: {exclusion}.",
                exclusion = visible(exclusion)
            ),
            t!("A Security Administrator can change the exclusions."),
        ),
        None => Reason::new(
            t!("This is Defender Experts' own action: nothing is asked of you."),
            t!("Ask Defender Experts in the chat about it."),
        ),
    }
}

/// The service's word on this task comes first, then what the roles say.
fn by_permission(task: &Task, act: Act, around: &Around<'_>) -> Option<Reason> {
    let reads = around.roles.only_reads();
    let Some(allowed) = &task.allowed else {
        let (why, who) = reads?;
        return Reason::new(why, who);
    };
    if allowed.iter().any(|word| word == act.wire()) {
        return None;
    }
    let unexplained = t!("The service does not allow this on this action now.");
    let why = task.denied.as_deref().filter(|why| !why.trim().is_empty());
    let who = match reads {
        Some(_) => t!("Ask a Security Administrator for the role."),
        None => t!("A Security Operator or higher with access to the target may be able to."),
    };
    Reason::new(visible(why.unwrap_or(unexplained)), who)
}

/// Without a way to the services nothing is done now. Deciding is left open: whether they can be reached
/// is only known when it is tried, and what was not sent is asked about again.
fn by_reach(around: &Around<'_>) -> Option<Reason> {
    let reason = match around.reach {
        Reach::Up => None,
        Reach::Lost => Reason::new(
            t!("There is no connection to the services."),
            t!(
                "Check your network. What you decide now is not sent by itself later: you are asked again."
            ),
        ),
        Reach::SignedOut => Reason::new(
            t!("Your sign-in has ended."),
            t!(
                "Sign in again; you come back to this page. What you decide now is kept until then, and you are asked again."
            ),
        ),
    };
    reason.map(|reason| Reason {
        blocks: false,
        ..reason
    })
}

#[cfg(test)]
mod tests {
    use super::super::tests::task;
    use super::super::{ActionType, card};
    use super::*;

    fn all_roles() -> Vec<Roles> {
        let named = |names: &[&str]| Roles::Known(names.iter().map(|n| (*n).to_owned()).collect());
        vec![
            Roles::Unknown,
            named(&[]),
            named(&["Security Reader"]),
            named(&["Global Reader"]),
            named(&["Security Operator"]),
            named(&["Security Administrator"]),
            named(&["Global Administrator"]),
            named(&["Tier 2 custom"]),
        ]
    }

    /// Every role, state, exclusion, kind, word of the service and connection there is.
    fn everything(mut each: impl FnMut(&Task, Act, &Around<'_>)) -> usize {
        let mut count = 0;
        let statuses = TaskStatus::ALL
            .iter()
            .cloned()
            .chain([TaskStatus::Unknown("onHold".into())]);
        // One of each sort: the rest differ in their names.
        let kinds = [
            ActionType::IsolateDevice,
            ActionType::SoftDeleteEmails,
            ActionType::Text,
            ActionType::Unknown("summonUnicorn".into()),
        ];
        let words: [Option<&[&str]>; 4] = [
            None,
            Some(&[]),
            Some(&["complete", "skip"]),
            Some(&["execute", "complete", "skip", "reopen"]),
        ];
        for status in statuses {
            for kind in &kinds {
                for action_status in ActionStatus::ALL {
                    for source in [Source::Guided, Source::Managed] {
                        for allowed in words {
                            let mut task =
                                task(kind.clone(), status.clone(), action_status.clone());
                            task.source = source.clone();
                            task.allowed = allowed.map(|w| w.iter().map(|w| (*w).into()).collect());
                            for roles in &all_roles() {
                                for excluded in [None, Some("device group VIP laptops")] {
                                    for closed in [false, true] {
                                        for reach in [Reach::Up, Reach::Lost, Reach::SignedOut] {
                                            let around = Around {
                                                roles,
                                                closed,
                                                excluded,
                                                reach,
                                            };
                                            for act in Act::ALL {
                                                each(&task, act, &around);
                                                count += 1;
                                            }
                                        }
                                    }
                                }
                            }
                        }
                    }
                }
            }
        }
        count
    }

    #[test]
    fn each_combination_can_be_pressed_or_says_why_not_and_who_can_help() {
        let mut told = std::collections::BTreeSet::new();
        let count = everything(|task, act, around| {
            if let Some(Reason { why, who, .. }) = why_not(task, act, around) {
                assert!(
                    why.trim().len() > 10,
                    "{task:?} {act:?} {around:?}: {why:?}"
                );
                assert!(
                    who.trim().len() > 10,
                    "{task:?} {act:?} {around:?}: {who:?}"
                );
                assert!(why.ends_with('.') && who.ends_with('.'), "{why} {who}");
                told.insert(why);
            }
        });
        println!("{count} combinations, {} reasons: {told:#?}", told.len());
        assert!(told.len() >= 15, "{told:#?}");
    }

    #[test]
    fn a_card_disables_what_has_a_reason_and_nothing_else() {
        everything(|task, act, around| {
            let card = card(task, None, around);
            let button = card.buttons.iter().find(|button| button.act == act);
            let reason = why_not(task, act, around);
            let blocks = reason.as_ref().is_some_and(|reason| reason.blocks);
            match button {
                Some(button) => {
                    let words = reason.filter(|reason| reason.blocks).map(|it| it.words());
                    assert_eq!(button.disabled, words, "{task:?} {act:?}");
                }
                None => assert!(blocks, "{task:?} {act:?} {around:?}"),
            }
            let can = card.buttons.iter().any(|button| button.disabled.is_none());
            assert_eq!(card.unsent.is_some(), can && around.reach != Reach::Up);
        });
    }

    #[test]
    fn nothing_is_disabled_without_evidence() {
        let operator = Roles::Known(vec!["Security Operator".into()]);
        for roles in [&Roles::Unknown, &operator] {
            let open = task(
                ActionType::IsolateDevice,
                TaskStatus::Open,
                ActionStatus::NotStarted,
            );
            let around = Around::new(roles, false);
            assert_eq!(why_not(&open, Act::Run, &around), None);
            // That experts may not touch it is why the customer is asked: it stops nobody here.
            let excluded = Around {
                excluded: Some("device group VIP laptops"),
                ..around
            };
            assert_eq!(why_not(&open, Act::Run, &excluded), None);
        }
    }

    #[test]
    fn what_can_be_run_from_here_is_what_the_service_says() {
        let mut disable = task(
            ActionType::DisableUser,
            TaskStatus::Open,
            ActionStatus::NotStarted,
        );
        let around = Around::new(&Roles::Unknown, false);
        assert!(why_not(&disable, Act::Run, &around).is_some());
        disable.allowed = Some(vec!["execute".into(), "complete".into(), "skip".into()]);
        assert_eq!(why_not(&disable, Act::Run, &around), None);
        let mut isolate = task(
            ActionType::IsolateDevice,
            TaskStatus::Open,
            ActionStatus::NotStarted,
        );
        isolate.allowed = Some(vec!["complete".into(), "skip".into()]);
        assert!(why_not(&isolate, Act::Run, &around).is_some());
        assert_eq!(why_not(&isolate, Act::Confirm, &around), None);
    }
}
