//! Something a person says to the experts (a message, a question) and whether it has arrived: a pure
//! state machine. A letter has one key in every attempt, and the service honours it for a day: repeating
//! it is safe, so a lost answer is answered by the same letter again. The letters of a lane go in the
//! order in which they were written. Disk, lock and network are `state::letters`' work.

mod record;
#[cfg(test)]
mod tests;

use super::error::ApiError;
use super::text::visible;
use super::time::Timestamp;
use super::url_query::encode;
use lexicon::t;

/// The service knows a key for 24 hours; a letter of unknown outcome is not repeated near their end.
const KEY_LASTS_MS: i64 = 23 * 3_600_000;
/// Pauses between attempts; the last repeats.
const PAUSES_MS: [u64; 6] = [1_000, 2_000, 5_000, 10_000, 30_000, 60_000];

/// What stands in place of the buttons while what was decided about a letter waits for its lane.
pub const DECIDED: &str = t!("It is done once the message before it is through.");
/// What is said where it could not be done.
pub const TOO_LATE: &str = t!(
    "That came too late: the message was on its way already, or was seen to in another tab. Nothing was taken back."
);

/// One letter: a POST below the Experts API's address.
#[derive(Clone, Debug, PartialEq)]
pub struct Letter {
    /// The same for every attempt, and the letter's own name.
    pub key: String,
    /// What it belongs to, such as one conversation.
    pub lane: String,
    /// Where it goes; `{thread}` stands for the conversation that is opened before.
    pub path: String,
    /// A JSON object. What is prepared before is added to it.
    pub body: String,
    /// For lists that show nothing else of it.
    pub title: String,
    /// The draft that it was written in, and its words there.
    pub field: String,
    pub words: String,
    pub written: Timestamp,
    /// What has to be there before it goes.
    pub before: Vec<Before>,
    /// When it was first handed to the network; `None` while it certainly was not.
    pub tried: Option<Timestamp>,
    /// Whether it stands on this device's disk, as far as this tab knows.
    pub kept: bool,
    /// True once it may have arrived although nobody said so.
    pub doubt: bool,
    pub phase: Phase,
    attempts: usize,
    /// The key of the request that was answered by a conflict last.
    conflict: Option<String>,
}

/// A request that has to succeed first; its answer's id becomes part of the letter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Before {
    pub what: What,
    pub key: String,
    pub id: Option<String>,
}

/// What has to be there before a letter goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum What {
    /// A file, uploaded; its content is kept beside the letter.
    File { name: String, media: String },
    /// The conversation about an incident, opened.
    Thread { incident: String },
}

/// Where a letter stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Phase {
    /// For its turn, or for the network.
    Waiting,
    Sending,
    /// The service refused it, and said why.
    Refused(String),
    /// Nobody knows whether it arrived, and repeating it is no longer safe.
    Lost,
    /// The service has it, under this id. It is on the disk no more.
    Arrived(String),
}

/// What happened outside.
#[derive(Clone, Debug, PartialEq)]
pub enum Event {
    /// This tab holds the lane, and nothing that has to go before it is left.
    Turn(Timestamp),
    /// It is on the disk as it stands, or storage was refused; and what the time is now.
    Kept(bool, Timestamp),
    /// The id of what was prepared.
    Prepared(Result<String, ApiError>),
    /// The service's answer: the id it gave.
    Answered(Result<String, ApiError>),
    /// The person wants a refused or lost letter sent after all.
    Again,
}

/// What has to be done next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Next {
    /// Put it on the disk as it stands; `Kept` follows.
    Keep,
    /// Do what has to be done before it, by its place in the list; `Prepared` follows.
    Prepare(usize),
    /// Send it; `Answered` follows.
    Send,
    /// Give the lane back, and take the letter's turn again after so many milliseconds.
    Pause(u64),
    /// Nothing until the person decides. The lane goes on without it.
    Rest,
    /// Take it from the disk. The lane goes on.
    Arrived,
}

impl Letter {
    /// A letter that nobody has seen yet.
    pub fn new(key: String, lane: &str, path: &str, body: String, written: Timestamp) -> Letter {
        Letter {
            key,
            lane: lane.to_owned(),
            path: path.to_owned(),
            body,
            title: String::new(),
            field: String::new(),
            words: String::new(),
            written,
            before: Vec::new(),
            tried: None,
            kept: false,
            doubt: false,
            phase: Phase::Waiting,
            attempts: 0,
            conflict: None,
        }
    }

    /// Takes an event in and says what follows.
    pub fn on(&mut self, event: Event) -> Next {
        match event {
            Event::Turn(now) => self.turn(now),
            Event::Kept(kept, now) => {
                self.kept = kept;
                // The lid may have been closed meanwhile.
                if now > self.latest() {
                    self.phase = Phase::Lost;
                    return Next::Rest;
                }
                let open = self.before.iter().position(|before| before.id.is_none());
                open.map_or(Next::Send, Next::Prepare)
            }
            Event::Prepared(Ok(id)) => {
                let open = self.before.iter_mut().find(|before| before.id.is_none());
                if let Some(before) = open {
                    before.id = Some(id);
                }
                // The letter must read the same in every attempt, whoever makes it.
                Next::Keep
            }
            Event::Prepared(Err(why)) => self.unanswered(&why, false),
            Event::Answered(Ok(id)) => {
                self.phase = Phase::Arrived(id);
                Next::Arrived
            }
            Event::Answered(Err(why)) => self.unanswered(&why, true),
            Event::Again => {
                if self.phase == Phase::Lost {
                    self.tried = None;
                }
                self.phase = Phase::Waiting;
                (self.attempts, self.conflict) = (0, None);
                // The service keeps files that nothing names for a day only.
                self.before.iter_mut().for_each(|before| before.id = None);
                Next::Keep
            }
        }
    }

    fn turn(&mut self, now: Timestamp) -> Next {
        if self.at_rest() {
            return Next::Rest;
        }
        self.tried.get_or_insert(now);
        if now > self.latest() {
            self.phase = Phase::Lost;
            return Next::Rest;
        }
        self.phase = Phase::Sending;
        // Before it is handed to the network the disk has to know that it was.
        Next::Keep
    }

    fn unanswered(&mut self, why: &ApiError, sent: bool) -> Next {
        let open = self.before.iter().find(|before| before.id.is_none());
        let key = open.map_or(&self.key, |before| &before.key).clone();
        let running = |code: &str| code == "requestInProgress";
        let again = match why {
            // Certainly not carried out, and worth the same letter again.
            ApiError::SignedOut { .. } | ApiError::Busy { .. } => {
                if !self.doubt {
                    self.tried = None;
                }
                true
            }
            ApiError::Conflict { code, .. } if running(code) => true,
            // Of a letter that arrived after all the service repeats its first answer: one that is
            // refused twice is refused.
            ApiError::Conflict { .. } => {
                let first = self.conflict.replace(key.clone()) != Some(key);
                self.doubt = sent && first;
                first
            }
            ApiError::Server { status, .. } if *status < 500 => false,
            why if why.outcome_unknown() => {
                self.doubt |= sent;
                // What goes before it says nothing to anybody: it can still be taken back.
                if !self.doubt {
                    self.tried = None;
                }
                true
            }
            _ => false,
        };
        if !again {
            // An earlier attempt may have arrived all the same: that stays known.
            if !self.doubt {
                self.tried = None;
            }
            self.phase = Phase::Refused(refusal(why));
            return Next::Rest;
        }
        self.phase = Phase::Waiting;
        let pause = PAUSES_MS[self.attempts.min(PAUSES_MS.len() - 1)];
        self.attempts += 1;
        match why {
            ApiError::Busy {
                retry_after_ms: Some(asked),
                ..
            } => Next::Pause(pause.max(*asked)),
            _ => Next::Pause(pause),
        }
    }

    /// It is not to be sent after this.
    pub fn latest(&self) -> Timestamp {
        Timestamp(self.tried.map_or(i64::MAX, |tried| tried.0 + KEY_LASTS_MS))
    }

    /// True where nothing happens to it until a person decides.
    pub fn at_rest(&self) -> bool {
        matches!(
            self.phase,
            Phase::Refused(_) | Phase::Lost | Phase::Arrived(_)
        )
    }

    /// True until the service is known to have it: who signs out before leaves it behind.
    pub fn unconfirmed(&self) -> bool {
        !matches!(self.phase, Phase::Arrived(_))
    }

    /// True where it waits: for its turn, for the network, for its files, or for the person. What is tried
    /// for the first time will be there in a moment; what is tried again, or uploads a file, still waits.
    pub fn waits(&self) -> bool {
        let uploads =
            |before: &Before| before.id.is_none() && matches!(before.what, What::File { .. });
        match self.phase {
            Phase::Sending => self.doubt || self.attempts > 0 || self.before.iter().any(uploads),
            _ => self.unconfirmed(),
        }
    }

    /// True where it can be taken back, because it certainly has not arrived, or is lost.
    pub fn withdrawable(&self) -> bool {
        match self.phase {
            Phase::Waiting => self.tried.is_none(),
            Phase::Refused(_) | Phase::Lost => true,
            Phase::Sending | Phase::Arrived(_) => false,
        }
    }

    /// Where it goes and what it says, once everything before it is there.
    pub fn request(&self) -> (String, String) {
        let (mut path, mut files) = (self.path.clone(), Vec::new());
        for before in &self.before {
            let id = before.id.as_deref().unwrap_or_default();
            match before.what {
                What::Thread { .. } => path = path.replace("{thread}", &encode(id)),
                What::File { .. } => files.push(super::json::quoted(id)),
            }
        }
        let body = match self.body.strip_suffix('}') {
            Some(open) if !files.is_empty() => {
                format!("{open},\"attachmentIds\":[{}]}}", files.join(","))
            }
            _ => self.body.clone(),
        };
        (path, body)
    }

    /// What a person reads of it.
    pub fn label(&self) -> &'static str {
        match self.phase {
            Phase::Waiting | Phase::Sending if self.doubt => t!("Not known yet whether it arrived"),
            Phase::Waiting => t!("Waiting to be sent"),
            Phase::Sending => t!("Sending…"),
            Phase::Refused(_) if self.doubt => {
                t!("Refused by the service, though an earlier attempt may have arrived")
            }
            Phase::Refused(_) => t!("Refused by the service"),
            Phase::Lost => t!("Not known whether it arrived"),
            Phase::Arrived(_) => t!("Sent"),
        }
    }

    /// What this tab has learned of a letter, on the letter as the disk has it.
    pub fn taken_up(mut self, known: Option<&Letter>) -> Letter {
        if let Some(known) = known {
            (self.attempts, self.conflict) = (known.attempts, known.conflict.clone());
            self.doubt |= known.doubt;
        }
        self
    }
}

/// Why a letter was refused, in a sentence.
fn refusal(why: &ApiError) -> String {
    let said = match why {
        ApiError::Forbidden { message, .. }
        | ApiError::Conflict { message, .. }
        | ApiError::Server { message, .. } => message.clone(),
        ApiError::Invalid {
            message, fields, ..
        } => match fields.first() {
            Some(field) => field.detail.clone(),
            None => message.clone(),
        },
        ApiError::NotFound { .. } => t!("What it belongs to is no longer there.").to_owned(),
        ApiError::NotConfigured { .. } => {
            t!("This deployment has no service that takes it.").to_owned()
        }
        _ => String::new(),
    };
    if said.trim().is_empty() {
        return t!("It gave no reason.").to_owned();
    }
    visible(&said).into_owned()
}

/// The letters of a lane in their order: what the disk has, with what this tab knows of it, and what
/// only this tab has because the disk refused it. `None` for the disk where it cannot be read.
pub fn queue(lane: &str, kept: Option<Vec<Letter>>, mine: &[Letter]) -> Vec<Letter> {
    let own = |key: &str| mine.iter().find(|known| known.key == key);
    let disk_answers = kept.is_some();
    let mut all: Vec<Letter> = kept
        .into_iter()
        .flatten()
        .map(|letter| {
            let known = own(&letter.key);
            letter.taken_up(known)
        })
        .collect();
    for letter in mine {
        let gone = letter.kept && disk_answers;
        if !gone && !all.iter().any(|other| other.key == letter.key) {
            all.push(letter.clone());
        }
    }
    all.retain(|letter| letter.lane == lane);
    all.sort_by(|one, two| (one.written, &one.key).cmp(&(two.written, &two.key)));
    all
}

/// What a tab shows, given what the disk has: what another tab has seen to is gone, what it wrote is
/// there, and what is in this tab's hands stays as this tab knows it.
pub fn compare(shown: &[Letter], kept: &[Letter]) -> Vec<Letter> {
    let own = |key: &str| shown.iter().find(|known| known.key == key);
    let in_hand = |letter: &Letter| {
        !letter.kept || matches!(letter.phase, Phase::Sending | Phase::Arrived(_))
    };
    let mut all: Vec<Letter> = shown.iter().filter(|one| in_hand(one)).cloned().collect();
    for letter in kept {
        if !all.iter().any(|other| other.key == letter.key) {
            all.push(letter.clone().taken_up(own(&letter.key)));
        }
    }
    all.sort_by(|one, two| (one.written, &one.key).cmp(&(two.written, &two.key)));
    all
}
