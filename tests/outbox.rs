//! Whole lives of decisions: random schedules of lost answers, late commits, reloads, kills, tabs,
//! expired sessions and hours offline, over the outbox's own state machine. Each decision has one
//! effect at most, one key, and is shown as done only where it was.

#[path = "outbox/random.rs"]
mod random;
#[path = "outbox/server.rs"]
mod server;
#[path = "outbox/world.rs"]
mod world;

use mdr_portal::domain::machine;
use mdr_portal::domain::task::ActionType;
use std::collections::BTreeMap;
use world::World;

const ACTS: u32 = 80;

/// Everything a run has to have met, or it has not tested what it says.
const TO_MEET: [&str; 34] = [
    "Answerless",
    "Undelivered",
    "Late",
    "Conflict",
    "Broken",
    "Twice",
    "Slow",
    "Busy",
    "Forbidden",
    "Elsewhere",
    "Overtaken",
    "Forestalled",
    "Unsent",
    "Lost",
    "a colleague asks the device",
    "an earlier decision came first",
    "another choice overtook it",
    "decided anew after it was settled",
    "decided otherwise",
    "dismissed",
    "looked, then sent",
    "minutes pass",
    "noticed while it rested",
    "offline for an hour",
    "pressed again",
    "pressed while under way",
    "reload while Checking",
    "reload while Sending",
    "reload while Unsent",
    "sent while offline",
    "sent with an expired session",
    "storage refused",
    "suspended",
    "too old to be sent",
];

#[test]
fn one_effect_for_each_decision_whatever_happens() {
    let thorough = std::env::var_os("PORTAL_THOROUGH").is_some();
    let seeds = if thorough { 1_000 } else { 25 };
    let mut met = BTreeMap::new();
    for seed in 0..seeds {
        let mut world = World::new(seed);
        if let Err(broken) = world.run(ACTS) {
            panic!("seed {seed}: {broken}\n{}", world.story.join("\n"));
        }
        for (what, times) in world.met {
            *met.entry(what).or_insert(0) += times;
        }
    }
    let kinds = ActionType::ALL.iter().map(ActionType::wire);
    let own = machine::KINDS.iter().map(|kind| kind.wire);
    let missing: Vec<_> = TO_MEET
        .into_iter()
        .chain(kinds)
        .chain(own)
        .filter(|what| !met.contains_key(*what))
        .collect();
    assert!(missing.is_empty(), "never met: {missing:?} in {met:#?}");
    println!("{seeds} schedules: {met:#?}");
}
