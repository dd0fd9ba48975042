//! Whole lives of letters: random schedules of lost answers, late commits, reloads, kills, tabs, expired
//! sessions and hours offline, over the outbox's own state machine. Every letter arrives exactly once,
//! and those of a lane in the order in which they were written.

#[path = "outbox/random.rs"]
mod random;
#[path = "letters/server.rs"]
mod server;
#[path = "letters/world.rs"]
mod world;

use std::collections::BTreeMap;
use world::World;

/// Everything a run has to have met, or it has not tested what it says.
const TO_MEET: [&str; 18] = [
    "Answerless",
    "Undelivered",
    "Late",
    "DoneButConflict",
    "DoneButBroken",
    "Broken",
    "Slow",
    "Busy",
    "SignedOut",
    "Forbidden",
    "Lost",
    "killed",
    "reloaded",
    "offline",
    "storage refused",
    "withdrawn",
    "taken back while another was sent",
    "sent again by the person",
];

#[test]
fn every_letter_arrives_once_and_in_order_whatever_happens() {
    let thorough = std::env::var_os("PORTAL_THOROUGH").is_some();
    let seeds = if thorough { 5_000 } else { 500 };
    let mut met = BTreeMap::new();
    for seed in 0..seeds {
        let mut world = World::new(seed);
        if let Err(broken) = world.run(60) {
            panic!("seed {seed}: {broken}\n{}", world.story.join("\n"));
        }
        for (what, times) in world.met {
            *met.entry(what).or_insert(0) += times;
        }
    }
    let missing: Vec<_> = TO_MEET
        .iter()
        .filter(|what| !met.contains_key(**what))
        .collect();
    assert!(missing.is_empty(), "never met: {missing:?} in {met:#?}");
    println!("{seeds} schedules: {met:#?}");
}
