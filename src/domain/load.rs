//! What a page knows of a thing that comes over the network. The four looks that follow from it
//! (skeleton, content, content with an age banner, error panel) are drawn in `ui`.

use super::error::ApiError;

/// One asked-for value in the state it is known in.
#[derive(Clone, Debug, PartialEq)]
pub enum Load<T> {
    /// Asked for, nothing to show yet.
    Loading,
    /// As the server last sent it.
    Ready(T),
    /// As the server once sent it; asking again has failed since.
    Stale(T, ApiError),
    /// Never received.
    Failed(ApiError),
}

impl<T> Load<T> {
    /// The value, fresh or stale.
    pub fn value(&self) -> Option<&T> {
        match self {
            Load::Ready(value) | Load::Stale(value, _) => Some(value),
            Load::Loading | Load::Failed(_) => None,
        }
    }

    /// The newest failure, if the last attempt failed.
    pub fn error(&self) -> Option<&ApiError> {
        match self {
            Load::Stale(_, error) | Load::Failed(error) => Some(error),
            Load::Loading | Load::Ready(_) => None,
        }
    }

    /// Takes an answer in: a failure keeps what was known before and marks it stale.
    pub fn settle(self, answer: Result<T, ApiError>) -> Load<T> {
        match (answer, self) {
            (Ok(value), _) => Load::Ready(value),
            (Err(error), Load::Ready(value) | Load::Stale(value, _)) => Load::Stale(value, error),
            (Err(error), Load::Loading | Load::Failed(_)) => Load::Failed(error),
        }
    }

    /// The same state of a part of the value.
    pub fn map<U>(&self, part: impl FnOnce(&T) -> U) -> Load<U> {
        match self {
            Load::Loading => Load::Loading,
            Load::Ready(value) => Load::Ready(part(value)),
            Load::Stale(value, error) => Load::Stale(part(value), error.clone()),
            Load::Failed(error) => Load::Failed(error.clone()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failed_refresh_keeps_what_was_known() {
        let ready = Load::Ready(1);
        let stale = ready.settle(Err(ApiError::Offline));
        assert_eq!(stale, Load::Stale(1, ApiError::Offline));
        assert_eq!(stale.settle(Ok(2)), Load::Ready(2));
    }

    #[test]
    fn a_first_failure_has_nothing_to_show() {
        assert_eq!(
            Load::<u8>::Loading.settle(Err(ApiError::TimedOut)),
            Load::Failed(ApiError::TimedOut)
        );
    }
}
