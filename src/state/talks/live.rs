//! What tells that a conversation has changed. Of all tabs of a person one holds the service's stream of
//! events, and tells the others. Everything that is shown is read again then: an event is a hint, never the
//! news itself.

use super::Talks;
use crate::domain::backoff;
use crate::domain::frames::Frame;
use crate::domain::json::{self, Reader};
use crate::platform::task::spawn_local;
use crate::platform::{clock, visibility};

/// A pause while nobody looks, and while another tab has the turn. A longer one is cut short within it.
const PAUSE_MS: i32 = 3_000;
/// A stream, or a question that should wait for its answer, is in vain where it ends sooner and has
/// brought nothing: something on the way does not let it last.
const SHORT_MS: i64 = 5_000;
/// The service says something every 15 seconds. Who hears nothing of it for so long follows by themselves.
const SILENCE_MS: i64 = 60_000;
/// In place of an id: anything may have changed.
const ALL: &str = "*";

impl Talks {
    /// Follows what happens while somebody watches.
    pub(super) fn follow(self) {
        if self.following.try_get_value() != Some(false) {
            return;
        }
        self.following.set_value(true);
        self.heard.set_value(clock::uptime());
        spawn_local(async move {
            let (mut waited, mut failures) = (false, 0);
            while self.watched() {
                if !visibility::visible() {
                    self.turn.give();
                    let _ = self.missed.try_set_value(true);
                } else if self.turn.take().await || self.unheard() {
                    // Whose turn it was may never have said how far it had come.
                    let unknown = self.place().is_none();
                    if std::mem::take(&mut waited) && unknown {
                        let _ = self.missed.try_set_value(true);
                    }
                    failures = if self.ask().await { 0 } else { failures + 1 };
                    self.leave_alone(failures).await;
                    continue;
                } else {
                    waited = true;
                    if self.missed.try_get_value() == Some(true) {
                        self.changed(&[]);
                    }
                }
                clock::sleep(PAUSE_MS).await;
            }
            self.turn.give();
            let _ = self.following.try_set_value(false);
        });
    }

    /// Asks nothing for as long as befits so many failures in a row. Who comes back, from another tab or
    /// from where there was no connection or no sign-in, does not wait for that.
    async fn leave_alone(self, failures: u32) {
        let until = clock::uptime() + backoff::pause(failures, clock::jitter());
        let (lost, ended) = (self.session.connection().lost(), self.session.ended());
        let cut_off = || {
            let lost = matches!(lost.try_get_untracked(), Some(Some(_)));
            lost || ended.try_get_untracked() == Some(true)
        };
        let was_cut_off = cut_off();
        loop {
            let left = until - clock::uptime();
            let back = was_cut_off && !cut_off();
            if left <= 0 || back || !visibility::visible() || !self.watched() {
                return;
            }
            clock::sleep(i32::try_from(left).map_or(PAUSE_MS, |left| left.min(PAUSE_MS))).await;
        }
    }

    /// Holds the stream, or, where none can be held, waits for the answer to one question. False where
    /// that was in vain.
    async fn ask(self) -> bool {
        // Where events stand comes first: what happens while the stream begins is not missed.
        if self.place().is_none() {
            self.ask_once().await;
        }
        match self.place() {
            Some(after) => self.hear(&after).await || self.ask_once().await,
            None => false,
        }
    }

    /// Where events stand, if that is known.
    fn place(self) -> Option<String> {
        self.after.try_get_value().filter(|after| !after.is_empty())
    }

    /// Waits for the answer to one question, or learns where events stand. False where that was in vain.
    async fn ask_once(self) -> bool {
        let (after, began) = (self.place(), clock::uptime());
        let answer = self.session.client().changes(after.as_deref()).await;
        match answer {
            Ok((last, changed)) => {
                let moved = after.as_ref() != Some(&last);
                self.pass_on(last, &changed);
                moved || lasted(began)
            }
            // What happened meanwhile is not known: all is read when it works again.
            Err(error) => {
                self.session.heard(&error);
                let _ = self.after.try_set_value(String::new());
                let _ = self.missed.try_set_value(true);
                false
            }
        }
    }

    /// Holds the stream for as long as somebody watches and it lasts. False where that was in vain.
    async fn hear(self, after: &str) -> bool {
        let (client, began) = (self.session.client(), clock::uptime());
        let mut last = after.to_owned();
        let mut heard = |frames: Vec<Frame>| {
            let mut ids = Vec::new();
            for frame in frames {
                last = frame.id.unwrap_or(std::mem::take(&mut last));
                let id = |event: Reader<'_>| event.object("reference")?.text("id");
                ids.extend(json::read(&frame.data, id).ok().flatten());
            }
            self.pass_on(last.clone(), &ids);
            visibility::visible() && self.watched()
        };
        let topics = "chat,inquiries";
        let held = client.follow(topics, Some(after), &mut heard).await;
        // Where nobody looks any more it was ended here.
        let left = !visibility::visible() || !self.watched();
        held.is_ok() && (left || last != after || lasted(began))
    }

    /// Takes in what was heard, and tells the other tabs, if only that this one still listens.
    fn pass_on(self, last: String, ids: &[String]) {
        let all = self.missed.try_get_value() == Some(true);
        let ids_told = if all { ALL.to_owned() } else { ids.join("\n") };
        self.turn.tell(&format!("{last}\n{ids_told}"));
        let _ = self.after.try_set_value(last);
        self.changed(ids);
    }

    /// The tab whose turn it is has heard something.
    pub(super) fn told(self, word: &str) {
        let mut lines = word.split('\n').filter(|line| !line.is_empty());
        let last = lines.next().unwrap_or_default();
        let _ = self.after.try_set_value(last.to_owned());
        let _ = self.heard.try_set_value(clock::uptime());
        let ids: Vec<String> = lines.map(str::to_owned).collect();
        if ids.iter().any(|id| id == ALL) || !ids.is_empty() && !visibility::visible() {
            let _ = self.missed.try_set_value(true);
        }
        if visibility::visible() && self.watched() {
            self.changed(&ids);
        }
    }

    /// Reads what has changed again, and everything where something was missed.
    fn changed(self, ids: &[String]) {
        let all = self.missed.try_get_value() == Some(true);
        let _ = self.missed.try_set_value(false);
        for thread in self.threads.try_get_value().unwrap_or_default() {
            if all || ids.iter().any(|id| thread.is(id)) {
                thread.refresh();
            }
        }
        if all || !ids.is_empty() {
            let _ = self.stirred.try_update(|count| *count += 1);
            if self.listed() {
                self.refresh();
            }
        }
    }

    pub(super) fn watched(self) -> bool {
        self.watchers.try_get_value().is_some_and(|count| count > 0)
    }

    fn unheard(self) -> bool {
        let heard = self.heard.try_get_value().unwrap_or_default();
        clock::uptime() - heard > SILENCE_MS
    }
}

/// Whether what began then has not ended at once.
fn lasted(began: i64) -> bool {
    clock::uptime() - began >= SHORT_MS
}
