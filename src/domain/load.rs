//! What a page knows of a thing that comes over the network. The four looks that follow from it
//! (skeleton, content, content with an age banner, error panel) are drawn in `ui`.

use super::error::ApiError;
use super::time::Timestamp;

/// One asked-for value in the state it is known in.
#[derive(Clone, Debug, PartialEq)]
pub enum Load<T> {
    /// Asked for, nothing to show yet.
    Loading,
    /// As the server sent it, and when that was.
    Ready(T, Timestamp),
    /// As the server sent it then; asking again has failed since.
    Stale(T, Timestamp, ApiError),
    /// Never received.
    Failed(ApiError),
}

impl<T> Load<T> {
    /// The value, fresh or stale.
    pub fn value(&self) -> Option<&T> {
        match self {
            Load::Ready(value, _) | Load::Stale(value, ..) => Some(value),
            Load::Loading | Load::Failed(_) => None,
        }
    }

    /// The newest failure, if the last attempt failed.
    pub fn error(&self) -> Option<&ApiError> {
        match self {
            Load::Stale(_, _, error) | Load::Failed(error) => Some(error),
            Load::Loading | Load::Ready(..) => None,
        }
    }

    /// Takes an answer in that came now: a failure keeps what was known before, with its age. Where nobody
    /// waited for the answer any more, nothing is known that was not known before.
    pub fn settle(self, answer: Result<T, ApiError>, now: Timestamp) -> Load<T> {
        match (answer, self) {
            (Ok(value), _) => Load::Ready(value, now),
            (Err(ApiError::Aborted), was) => was,
            (Err(error), Load::Ready(value, at) | Load::Stale(value, at, _)) => {
                Load::Stale(value, at, error)
            }
            (Err(error), Load::Loading | Load::Failed(_)) => Load::Failed(error),
        }
    }
}

/// Changes are asked for every minute: what is older than this has missed some.
const OVERDUE_MS: i64 = 180_000;

/// Whether what was received then should have been received again by now.
pub fn overdue(at: Timestamp, now: Timestamp) -> bool {
    now.0.saturating_sub(at.0) > OVERDUE_MS
}

#[cfg(test)]
mod tests {
    use super::*;

    const THEN: Timestamp = Timestamp(1_000);
    const NOW: Timestamp = Timestamp(61_000);

    #[test]
    fn a_failed_refresh_keeps_what_was_known_and_how_old_it_is() {
        let ready = Load::Loading.settle(Ok(1), THEN);
        let stale = ready.settle(Err(ApiError::Offline), NOW);
        assert_eq!(stale, Load::Stale(1, THEN, ApiError::Offline));
        let still = stale.settle(Err(ApiError::TimedOut), NOW);
        assert_eq!(still, Load::Stale(1, THEN, ApiError::TimedOut));
        assert_eq!(still.settle(Ok(2), NOW), Load::Ready(2, NOW));
    }

    #[test]
    fn a_question_that_was_broken_off_changes_nothing() {
        let ready = Load::Ready(1, THEN);
        assert_eq!(ready.clone().settle(Err(ApiError::Aborted), NOW), ready);
        let loading = Load::<u8>::Loading;
        assert_eq!(loading.clone().settle(Err(ApiError::Aborted), NOW), loading);
    }

    #[test]
    fn a_first_failure_has_nothing_to_show() {
        assert_eq!(
            Load::<u8>::Loading.settle(Err(ApiError::TimedOut), NOW),
            Load::Failed(ApiError::TimedOut)
        );
    }
}
