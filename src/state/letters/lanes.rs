//! Sending: a lane's letters one after the other, by the tab that holds the lane's lock. It is given back
//! after each letter: what a person decides about the next one comes in between.

use super::{Letters, SHOWN_MS};
use crate::domain::error::ApiError;
use crate::domain::letter::{self, Event, Letter, Next, What};
use crate::domain::time::Timestamp;
use crate::platform::task::spawn_local;
use crate::platform::{clock, locks};

/// What this tab is doing with a lane.
#[derive(Clone, Default)]
pub(super) struct Lane {
    name: String,
    running: bool,
    /// Something came in while it was running.
    wanted: bool,
    /// Counts pauses: of several that run, only the last one ends in an attempt.
    pauses: u32,
}

impl Letters {
    /// Sends what waits in a lane, one letter after the other, as long as it goes well.
    pub(super) fn drain(self, lane: String) {
        if !self.begin(&lane) {
            return;
        }
        spawn_local(async move {
            loop {
                let lock = locks::take(&self.lock(&lane), true).await;
                let next = self.work(&lane).await;
                drop(lock);
                if self.session.closed() {
                    return;
                }
                match next {
                    Some(Next::Pause(pause)) => {
                        let nth = self.end(&lane, true);
                        return self.wake(lane, pause, nth);
                    }
                    Some(_) => {}
                    None if self.end(&lane, false).is_none() => return,
                    None => {}
                }
            }
        });
    }

    /// Whether this tab is not at work on the lane yet.
    fn begin(self, name: &str) -> bool {
        let begin = |lanes: &mut Vec<Lane>| {
            if let Some(lane) = lanes.iter_mut().find(|lane| lane.name == name) {
                lane.wanted = lane.running;
                return !std::mem::replace(&mut lane.running, true);
            }
            lanes.push(Lane {
                name: name.to_owned(),
                running: true,
                ..Lane::default()
            });
            true
        };
        self.lanes.try_update_value(begin).unwrap_or(false)
    }

    /// The work on a lane has ended: in a pause, and which; or whether it has to begin again.
    fn end(self, name: &str, pause: bool) -> Option<u32> {
        self.lanes.try_update_value(|lanes| {
            let lane = lanes.iter_mut().find(|lane| lane.name == name)?;
            if pause {
                lane.running = false;
                lane.pauses += 1;
                return Some(lane.pauses);
            }
            lane.running = std::mem::take(&mut lane.wanted);
            lane.running.then_some(lane.pauses)
        })?
    }

    fn wake(self, lane: String, pause: u64, nth: Option<u32>) {
        spawn_local(async move {
            clock::sleep(i32::try_from(pause).unwrap_or(i32::MAX)).await;
            let last = self.lanes.try_with_value(|lanes| {
                let lane = lanes.iter().find(|known| known.name == lane);
                lane.map(|lane| lane.pauses)
            });
            if last.flatten() == nth {
                self.drain(lane);
            }
        });
    }

    /// Sees to the first letter that moves, in a lane that this tab holds: how that ended. `None` where
    /// there is nothing to do.
    async fn work(self, lane: &str) -> Option<Next> {
        let kept = self.kept().await;
        let mine = self.all.try_get_untracked()?;
        for mut letter in letter::queue(lane, kept, &mine) {
            let writing = |all: &Vec<String>| all.contains(&letter.key);
            if self.writing.try_with_value(writing) != Some(false) {
                return None;
            }
            if let Some(back) = self.withdrawn(&letter).await {
                // The tab where it was decided sees to it, and to what comes after, as long as it lives.
                let _left = locks::take(&self.deciding(&letter.key), false).await?;
                self.take_out(&letter, back).await;
                continue;
            }
            let next = letter.on(Event::Turn(Timestamp(clock::now())));
            self.show(letter.clone());
            if next != Next::Rest {
                return self.carry(letter, next).await;
            }
        }
        None
    }

    /// Does what the letter says is next, until it has arrived, rests, or has to wait. `None` once the
    /// portal is gone.
    async fn carry(self, mut letter: Letter, mut next: Next) -> Option<Next> {
        let client = self.session.client();
        loop {
            let event = match next {
                Next::Keep => {
                    let kept = self.keep(&letter).await;
                    Event::Kept(kept, Timestamp(clock::now()))
                }
                Next::Prepare(at) => {
                    let before = letter.before.get(at)?.clone();
                    let answer = match &before.what {
                        What::Thread { incident } => client.open_thread(incident, before.key).await,
                        What::File { name, media } => match self.content(&before.key).await {
                            Some(content) => client.upload(name, media, &content, before.key).await,
                            None => Err(gone(name)),
                        },
                    };
                    Event::Prepared(self.heard(answer))
                }
                Next::Send => {
                    let (path, body) = letter.request();
                    let key = letter.key.clone();
                    let answer = client.post(&path, body, key, letter.latest()).await;
                    Event::Answered(self.heard(answer))
                }
                Next::Pause(_) | Next::Rest => {
                    letter.kept = self.keep(&letter).await;
                    self.show(letter);
                    return Some(next);
                }
                Next::Arrived => {
                    self.forget(&letter).await;
                    let key = letter.key.clone();
                    self.show(letter);
                    spawn_local(async move {
                        clock::sleep(SHOWN_MS).await;
                        self.seen(&key);
                    });
                    return Some(next);
                }
            };
            if self.session.closed() {
                return None;
            }
            next = letter.on(event);
            self.show(letter.clone());
        }
    }

    fn heard<T>(self, answer: Result<T, ApiError>) -> Result<T, ApiError> {
        match &answer {
            Ok(_) => self.session.works(),
            Err(error) => self.session.heard(error),
        }
        answer
    }
}

/// The browser has not kept a file, or has lost it.
fn gone(name: &str) -> ApiError {
    ApiError::Invalid {
        message: lexicon::t!("This browser did not keep the file {name}. Attach it again."),
        fields: Vec::new(),
        request_id: None,
    }
}
