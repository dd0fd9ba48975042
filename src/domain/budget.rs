//! A budget of requests a minute: a few at once when nothing has been asked for a while, then evenly
//! spaced, and never more in any minute than the budget. The caller has the clock and does the waiting.

const MINUTE_MS: i64 = 60_000;
/// What a page asks for at once when it opens.
const BURST: i64 = 4;

/// The budget, and what has been spent of it.
#[derive(Clone, Copy, Debug)]
pub struct Budget {
    pause: i64,
    burst: i64,
    /// When the next request would be due if they were evenly spaced.
    due: i64,
}

impl Budget {
    /// Nothing spent yet.
    pub fn new(per_minute: u32) -> Budget {
        let per_minute = i64::from(per_minute.max(1));
        let burst = BURST.min(per_minute / 2);
        // Rounded up: a minute must not hold one more than the budget.
        let pause = (MINUTE_MS + per_minute - burst - 1) / (per_minute - burst);
        Budget {
            pause,
            burst,
            due: i64::MIN,
        }
    }

    /// Spends one request and returns how many milliseconds it has to wait.
    pub fn spend(&mut self, now: i64) -> i64 {
        let saved = (self.burst - 1).max(0) * self.pause;
        let at = self.due.max(now - saved);
        self.due = at + self.pause;
        (at - now).max(0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_a_page_opens_with_does_not_wait() {
        let mut budget = Budget::new(60);
        let waits: Vec<i64> = (0..6).map(|_| budget.spend(0)).collect();
        assert_eq!(waits, [0, 0, 0, 0, 1_072, 2_144]);
    }

    #[test]
    fn one_a_minute_is_one_a_minute() {
        let mut budget = Budget::new(1);
        assert_eq!([budget.spend(0), budget.spend(0)], [0, 60_000]);
    }

    proptest! {
        #[test]
        fn no_minute_holds_more_than_the_budget(
            per_minute in 1_u32..200, gaps in proptest::collection::vec(0_i64..5_000, 1..400),
        ) {
            let (mut budget, mut now) = (Budget::new(per_minute), 1_700_000_000_000);
            let mut sent = Vec::new();
            for gap in gaps {
                now += gap;
                now += budget.spend(now);
                sent.push(now);
            }
            for (at, from) in sent.iter().enumerate() {
                let within = sent[at..].iter().take_while(|then| **then < from + MINUTE_MS);
                prop_assert!(within.count() <= per_minute as usize);
            }
        }
    }
}
