//! What pressing a button means where this tab knows a decision on the task already: nothing, the same
//! again, or a new one in its place.

use super::{Intent, Phase, With};
use crate::domain::task::Act;

/// What a press on one of a task's buttons means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Press {
    /// Nothing: a decision is under way, however fast somebody clicks.
    Ignored,
    /// The same decision again, with the same key.
    Again,
    /// A new decision. An earlier one on the task is over.
    Anew,
}

/// What a press means, given the decision on the task that this tab knows. What goes with it is part of
/// a decision: another file is never sent in the place of the one that was just confirmed.
pub fn press(held: Option<&Intent>, act: Act, with: &With) -> Press {
    match held {
        Some(held) if held.phase.in_flight() => Press::Ignored,
        Some(held)
            if held.act == act
                && held.with == *with
                && matches!(held.phase, Phase::Unsent { .. }) =>
        {
            Press::Again
        }
        _ => Press::Anew,
    }
}

impl Intent {
    /// The same in the place of an earlier decision. What seemed not to have happened may have happened
    /// since, so the task is looked at first.
    pub fn instead_of(mut self, earlier: Option<Intent>) -> Intent {
        if matches!(&earlier, Some(one) if matches!(one.phase, Phase::Unsent { .. })) {
            self.phase = Phase::Looking;
        }
        self.ends = earlier.map(|earlier| earlier.key);
        self
    }
}
