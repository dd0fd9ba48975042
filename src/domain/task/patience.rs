//! How patiently a task is followed that runs: what happens on a device waits for the device, which may
//! be off for days.

use super::Task;
use crate::domain::machine;
use crate::domain::time::Timestamp;

/// What has not ended by then will probably not end soon.
const LONG_MS: i32 = 600_000;
const SHORTEST_MS: i32 = 1_000;
const LONGEST_MS: i32 = 30_000;
const RARE_MS: i32 = 120_000;
/// What moves, or is seen again, is asked about as if it had been followed for no longer than this.
pub const SOON_MS: i32 = 20_000;

/// How long to wait, in milliseconds, before asking again what becomes of tasks that have been followed for
/// so long.
pub fn pause(followed_ms: i32) -> i32 {
    if followed_ms < LONG_MS {
        (followed_ms / 2).clamp(SHORTEST_MS, LONGEST_MS)
    } else {
        RARE_MS
    }
}

impl Task {
    /// Whether it has been under way on a device for so long that the device may be out of reach.
    pub fn drags_on(&self, now: Timestamp) -> bool {
        let since = self.started.or(self.modified);
        let long = since.is_some_and(|since| now.0 - since.0 > i64::from(LONG_MS));
        long && self.running() && machine::kind_of(&self.action).is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::task;
    use super::super::{ActionStatus, ActionType, TaskStatus};
    use super::*;

    #[test]
    fn what_runs_is_asked_about_soon_then_rarely() {
        let (mut followed, mut asked) = (0, Vec::new());
        while followed < 3_600_000 {
            followed += pause(followed);
            asked.push(followed);
        }
        assert_eq!(asked[..4], [1_000, 2_000, 3_000, 4_500]);
        let within = |from, to| asked.iter().filter(|at| (from..to).contains(*at)).count();
        assert!(within(0, 60_000) <= 12);
        assert!(within(60_000, 600_000) <= 20);
        assert!(within(660_000, 3_600_000) <= 25);
        assert_eq!(pause(i32::MAX), RARE_MS);
    }

    #[test]
    fn only_what_has_run_on_a_device_for_long_drags_on() {
        let (status, running) = (TaskStatus::InProgress, ActionStatus::InProgress);
        let mut one = task(ActionType::IsolateDevice, status, running);
        one.started = Some(Timestamp(0));
        assert!(!one.drags_on(Timestamp(600_000)));
        assert!(one.drags_on(Timestamp(600_001)));
        one.action = ActionType::SubmitIocRule;
        assert!(!one.drags_on(Timestamp(600_001)));
        let (status, ended) = (TaskStatus::Completed, ActionStatus::Completed);
        let mut done = task(ActionType::IsolateDevice, status, ended);
        done.started = Some(Timestamp(0));
        assert!(!done.drags_on(Timestamp(600_001)));
    }
}
