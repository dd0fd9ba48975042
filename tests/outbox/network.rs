//! The way to the service, and how a write fares on it.

use super::*;

/// How a write fares.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Fate {
    Fine,
    /// Carried out, the answer lost or made an error.
    Answerless,
    Conflict,
    Broken,
    /// Never carried out.
    Undelivered,
    Failed,
    Busy,
    Forbidden,
    /// The connection is lost at once and the work done later.
    Late,
    /// Carried out, and delivered once more later.
    Twice,
    Slow,
}

impl World {
    pub(super) fn send(&mut self, tab: usize, task: &TaskId) -> Result<(), Broken> {
        let intent = self.tabs[tab].intents[task].clone();
        if self.now > intent.latest().0 {
            self.meet("too old to be sent");
            let late = Event::Answered(Err(ApiError::Aborted));
            return self.deliver(tab, task, late);
        }
        self.check_send(tab, &intent)?;
        let me = (tab, self.tabs[tab].life, task.clone());
        self.writing.push(me);
        let latency = self.random.range(10, 300);
        let answer = |answer| Happening::Deliver(task.clone(), Event::Answered(answer));
        if self.now < self.offline_until {
            self.meet("sent while offline");
            self.after(latency, tab, answer(Err(ApiError::Offline)));
            return Ok(());
        }
        if self.tabs[tab].expired {
            self.meet("sent with an expired session");
            let ended = ApiError::SignedOut { request_id: None };
            self.after(latency, tab, answer(Err(ended)));
            return Ok(());
        }
        let fate = self.fate();
        self.meet(&format!("{fate:?}"));
        self.tell(&format!(
            "tab {tab} {task}: sent with {}, {fate:?}",
            intent.key
        ));
        let request_id = None;
        let (act, key) = (intent.act, intent.key);
        self.choices.insert(key.clone(), intent.with.choice);
        let arrive = |answer| Happening::Arrive(task.clone(), act, key.clone(), answer);
        let server = |status| ApiError::Server {
            status,
            message: String::new(),
            request_id: None,
        };
        let conflict = ApiError::Conflict {
            code: "conflict".into(),
            message: String::new(),
            request_id: None,
        };
        match fate {
            Fate::Fine => self.after(latency, tab, arrive(None)),
            Fate::Answerless => self.after(latency, tab, arrive(Some(Err(ApiError::TimedOut)))),
            Fate::Conflict => self.after(latency, tab, arrive(Some(Err(conflict)))),
            Fate::Broken => self.after(latency, tab, arrive(Some(Err(server(502))))),
            Fate::Undelivered => self.after(latency, tab, answer(Err(ApiError::Offline))),
            Fate::Failed => self.after(latency, tab, answer(Err(server(503)))),
            Fate::Busy => {
                let retry_after_ms = None;
                let busy = ApiError::Busy {
                    retry_after_ms,
                    request_id,
                };
                self.after(latency, tab, answer(Err(busy)));
            }
            Fate::Forbidden => {
                let message = String::new();
                let forbidden = ApiError::Forbidden {
                    message,
                    request_id,
                };
                self.after(latency, tab, answer(Err(forbidden)));
            }
            Fate::Late => {
                self.after(latency, tab, answer(Err(ApiError::Offline)));
                let late = self.random.range(SECOND, 90 * SECOND);
                self.after(late, tab, arrive(Some(Ok(()))));
            }
            Fate::Twice => {
                self.after(latency, tab, arrive(None));
                let late = self.random.range(0, 60 * SECOND);
                self.after(latency + late, tab, arrive(Some(Ok(()))));
            }
            Fate::Slow => {
                let slow = self.random.range(5 * SECOND, 60 * SECOND);
                let patience = 30 * SECOND;
                let heard = if slow < patience { None } else { Some(Ok(())) };
                self.after(slow, tab, arrive(heard));
                if slow >= patience {
                    self.after(patience, tab, answer(Err(ApiError::TimedOut)));
                }
            }
        }
        Ok(())
    }

    fn fate(&mut self) -> Fate {
        use Fate::{
            Answerless, Broken, Busy, Conflict, Failed, Fine, Forbidden, Late, Slow, Twice,
            Undelivered,
        };
        if self.calm {
            return Fine;
        }
        match self.random.range(0, 100) {
            0..30 => Fine,
            30..42 => Answerless,
            42..52 => Conflict,
            52..58 => Broken,
            58..68 => Undelivered,
            68..72 => Failed,
            72..75 => Busy,
            75..80 => Forbidden,
            80..89 => Late,
            89..95 => Twice,
            _ => Slow,
        }
    }

    /// A write reaches the service, whether or not anybody still waits for its answer. `answer` is
    /// what is answered whatever came of it; `Ok` there is answered elsewhere, or not at all.
    pub(super) fn arrive(
        &mut self,
        to: Life,
        task: &TaskId,
        act: Act,
        key: String,
        answer: Option<Result<(), ApiError>>,
    ) {
        let lasts = self.random.range(500, 15 * SECOND);
        let what = (&*key, &*self.choices[&key]);
        let outcome = self.server.write(self.now, (task, act), what, lasts);
        self.tell(&format!("service {task}: {act:?} with {key}: {outcome:?}"));
        let said = match answer {
            None => outcome,
            Some(Err(error)) => Err(error),
            Some(Ok(())) => return,
        };
        let (tab, life) = to;
        if self.tabs[tab].life == life {
            let latency = self.random.range(10, 300);
            let heard = Event::Answered(said);
            self.after(latency, tab, Happening::Deliver(task.clone(), heard));
        }
    }

    /// Why nothing can be read, if so.
    pub(super) fn readable(&mut self, tab: usize) -> Option<ApiError> {
        if self.now < self.offline_until {
            return Some(ApiError::Offline);
        }
        if self.tabs[tab].expired {
            return Some(ApiError::SignedOut { request_id: None });
        }
        if self.calm {
            return None;
        }
        match self.random.range(0, 100) {
            0..3 => Some(ApiError::TimedOut),
            3..5 => Some(ApiError::NotFound { request_id: None }),
            _ => None,
        }
    }
}
