//! Telling many incidents on all cores. Each has its own random numbers, so the order in which they
//! are told does not matter; the one database connection stays with the caller.

use std::{
    sync::{
        atomic::{AtomicUsize, Ordering},
        mpsc,
    },
    thread,
};

use anyhow::Result;

use super::{
    cast::Cast,
    plan::Slot,
    write::{self, Detail, Told},
};
use crate::clock::Ticks;

const CHUNK: usize = 500;

pub fn tell(
    slots: &[Slot],
    seed: u64,
    now: Ticks,
    detail: Detail,
    mut keep: impl FnMut(&Slot, Told) -> Result<()>,
) -> Result<()> {
    let chunks: Vec<&[Slot]> = slots.chunks(CHUNK).collect();
    let next = AtomicUsize::new(0);
    let workers = thread::available_parallelism().map_or(2, Into::into);
    thread::scope(|scope| {
        let (send, receive) = mpsc::sync_channel(2 * workers);
        for _ in 0..workers {
            let (send, chunks, next) = (send.clone(), &chunks, &next);
            scope.spawn(move || {
                while let Some(chunk) = chunks.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let told: Vec<Told> = chunk
                        .iter()
                        .map(|slot| write::told(Cast::shared(), slot, slots, seed, now, detail))
                        .collect();
                    // Nobody listens any more: what was kept last was refused.
                    if send.send((*chunk, told)).is_err() {
                        return;
                    }
                }
            });
        }
        drop(send);
        for (chunk, told) in receive {
            for (slot, told) in chunk.iter().zip(told) {
                keep(slot, told)?;
            }
        }
        Ok(())
    })
}
