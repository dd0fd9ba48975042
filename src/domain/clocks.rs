//! The two clocks of an incident: how long it has waited for the experts, and how long for the
//! customer. Both are sums over what happened to it; a pause stops them both.

use super::incident::{Incident, Status};
use super::managed_response::ManagedResponse;
use super::open_enum::open_enum;
use super::task::{Source, Task};
use super::time::Timestamp;

open_enum! {
    /// Who has the next move.
    pub enum Waiting {
        Experts = "experts" => "Defender Experts",
        Customer = "customer" => "You",
        Nobody = "nobody" => "Nobody",
    }
}

/// From an instant on, whose clock runs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Turn {
    pub at: Timestamp,
    pub on: Waiting,
    pub paused: bool,
}

impl Turn {
    fn runs(&self) -> Option<&Waiting> {
        let counts = matches!(self.on, Waiting::Experts | Waiting::Customer);
        (counts && !self.paused).then_some(&self.on)
    }
}

/// The clocks at an instant. `experts + customer + idle` is the time since the first turn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clocks {
    pub experts: i64,
    pub customer: i64,
    /// While paused, over, or waiting for somebody this portal does not know.
    pub idle: i64,
    pub on: Waiting,
    pub paused: bool,
    /// Since when it has been so, whatever was noted in between.
    pub since: Timestamp,
}

/// Reads the clocks at `now`; `None` before the first turn. Turns in disorder are put in order, and
/// what lies after `now` (a clock ahead of ours) has not happened yet.
pub fn clocks(turns: &[Turn], now: Timestamp) -> Option<Clocks> {
    let mut turns: Vec<&Turn> = turns.iter().filter(|turn| turn.at <= now).collect();
    turns.sort_by_key(|turn| turn.at);
    let last = *turns.last()?;
    let (mut experts, mut customer, mut idle) = (0, 0, 0);
    let ends = turns.iter().skip(1).map(|turn| turn.at).chain([now]);
    for (turn, end) in turns.iter().zip(ends) {
        let length = end.0 - turn.at.0;
        match turn.runs() {
            Some(Waiting::Experts) => experts += length,
            Some(_) => customer += length,
            None => idle += length,
        }
    }
    let same = |turn: &&&Turn| turn.on == last.on && turn.paused == last.paused;
    let since = turns.iter().rev().take_while(same).last();
    Some(Clocks {
        experts,
        customer,
        idle,
        on: last.on.clone(),
        paused: last.paused,
        since: since.map_or(last.at, |turn| turn.at),
    })
}

/// The turns as far as they can be told without the service's history: created for the experts, handed
/// over for the customer, over when it was resolved or merged.
pub fn turns_without_history(
    incident: &Incident,
    response: Option<&ManagedResponse>,
    tasks: &[Task],
) -> Vec<Turn> {
    let turn = |at, on| Turn {
        at,
        on,
        paused: false,
    };
    let mut turns = Vec::new();
    if incident.handled_by_experts() || response.is_some() || !tasks.is_empty() {
        turns.push(turn(incident.created, Waiting::Experts));
    }
    let guided = tasks.iter().filter(|task| task.source == Source::Guided);
    let asked = guided.filter_map(|task| task.created).min();
    let handed_over = response
        .and_then(|response| response.awaiting_since)
        .or(asked);
    if let Some(at) = handed_over {
        turns.push(turn(at.max(incident.created), Waiting::Customer));
    }
    if matches!(incident.status, Status::Resolved | Status::Redirected) {
        turns.push(turn(incident.updated, Waiting::Nobody));
    }
    turns
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::time::Zone;
    use proptest::prelude::*;

    fn turn(at: i64, on: Waiting, paused: bool) -> Turn {
        Turn {
            at: Timestamp(at),
            on,
            paused,
        }
    }

    #[test]
    fn each_clock_runs_while_its_side_has_the_next_move() {
        let turns = [
            turn(0, Waiting::Experts, false),
            turn(100, Waiting::Experts, false),
            turn(300, Waiting::Customer, false),
            turn(350, Waiting::Customer, true),
            turn(950, Waiting::Customer, false),
        ];
        let read = clocks(&turns, Timestamp(1_000)).unwrap();
        assert_eq!((read.experts, read.customer, read.idle), (300, 100, 600));
        assert_eq!(
            (read.on, read.paused, read.since),
            (Waiting::Customer, false, Timestamp(950))
        );
        assert_eq!(
            clocks(&turns[..2], Timestamp(200)).unwrap().since,
            Timestamp(0)
        );
        assert_eq!(clocks(&turns, Timestamp(-1)), None);
        assert_eq!(clocks(&[], Timestamp(5)), None);
    }

    #[test]
    fn over_is_over() {
        let turns = [
            turn(0, Waiting::Experts, false),
            turn(10, Waiting::Nobody, false),
        ];
        let read = clocks(&turns, Timestamp(1_000_000)).unwrap();
        assert_eq!((read.experts, read.customer, read.idle), (10, 0, 999_990));
    }

    /// Events over a year, so that any log may lie across both changes of daylight saving time.
    fn log() -> impl Strategy<Value = Vec<Turn>> {
        const YEAR: i64 = 366 * 86_400_000;
        let on = prop_oneof![
            Just(Waiting::Experts),
            Just(Waiting::Customer),
            Just(Waiting::Nobody),
            Just(Waiting::Unknown("vendor".into())),
        ];
        let one = (0..YEAR, on, proptest::bool::weighted(0.2));
        let start = 1_767_225_600_000; // 2026-01-01T00:00:00Z
        proptest::collection::vec(one, 1..40).prop_map(move |mut all| {
            all.sort_by_key(|(at, ..)| *at);
            all.into_iter()
                .map(|(at, on, paused)| turn(start + at, on, paused))
                .collect()
        })
    }

    fn vienna() -> Zone {
        let changes = vec![
            (Timestamp(1_774_746_000_000), 7_200),
            (Timestamp(1_792_890_000_000), 3_600),
        ];
        Zone::new("Europe/Vienna", 3_600, changes)
    }

    proptest! {
        #[test]
        fn the_clocks_sum_to_wall_time_minus_paused_time_for_every_prefix(log in log(), more in 0..400_000_000_i64) {
            let zone = vienna();
            for length in 1..=log.len() {
                let prefix = &log[..length];
                let (first, last) = (prefix[0].at, prefix[length - 1].at);
                let ends = [last, Timestamp(last.0 + more)].into_iter().chain(log.get(length).map(|t| t.at));
                for now in ends {
                    let read = clocks(prefix, now).unwrap();
                    // Paused time, counted the slow way: each minute-less gap by itself.
                    let mut paused = 0;
                    for (at, turn) in prefix.iter().enumerate() {
                        let end = prefix.get(at + 1).map_or(now, |next| next.at);
                        if turn.paused || matches!(turn.on, Waiting::Nobody | Waiting::Unknown(_)) {
                            paused += end.0 - turn.at.0;
                        }
                    }
                    let wall = now.0 - first.0;
                    prop_assert_eq!(read.experts + read.customer, wall - paused);
                    prop_assert_eq!(read.idle, paused);
                    prop_assert!(read.since >= first && read.since <= now);
                    // On a wall clock the same span is an hour longer or shorter across a change:
                    // what people read there differs by the change of offset, and by nothing else.
                    let local = |at: Timestamp| at.0 + i64::from(zone.offset(at)) * 1_000;
                    let shift = i64::from(zone.offset(now) - zone.offset(first)) * 1_000;
                    prop_assert_eq!(local(now) - local(first) - shift, read.experts + read.customer + read.idle);
                }
            }
        }

        #[test]
        fn the_order_in_which_events_arrive_does_not_matter(log in log(), seed in any::<u64>()) {
            let now = Timestamp(log[log.len() - 1].at.0 + 5);
            let mut times: Vec<i64> = log.iter().map(|turn| turn.at.0).collect();
            times.dedup();
            prop_assume!(times.len() == log.len());
            let mut shuffled = log.clone();
            let length = shuffled.len();
            for at in 0..length {
                shuffled.swap(at, (seed as usize).wrapping_mul(at + 7) % length);
            }
            prop_assert_eq!(clocks(&shuffled, now), clocks(&log, now));
        }
    }
}
