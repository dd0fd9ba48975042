//! Conversations with the experts: chats about managed responses and inquiries, their messages, and how
//! what comes in pieces becomes one thread. What this person has not sent yet is `letter`'s business.

use super::open_enum::open_enum;
use super::time::Timestamp;

/// The most characters of a message, and of a question.
pub const MESSAGE_LIMIT: usize = 8_000;

/// Which of the two a conversation is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Chat,
    Inquiry,
}

open_enum! {
    /// Where a conversation stands.
    pub enum State {
        Submitted = "submitted" => "Submitted",
        InReview = "inReview" => "In review",
        Answered = "answered" => "Answered",
        FollowUp = "followUp" => "Follow-up",
        Open = "open" => "Open",
        Closed = "closed" => "Closed",
    }
}

open_enum! {
    /// What the experts last said of their answer.
    pub enum Progress {
        MoreInformationNeeded = "moreInformationNeeded" => "More information needed",
        FileSampleNeeded = "fileSampleNeeded" => "File sample needed",
        MoreTimeNeeded = "moreTimeNeeded" => "More time needed",
        Concluded = "concluded" => "Concluded",
    }
}

open_enum! {
    /// Who speaks. The virtual assistant is not a person.
    pub enum Author {
        Customer = "customer" => "Colleague",
        Expert = "expert" => "Expert",
        Assistant = "assistant" => "Virtual assistant",
        System = "system" => "Service",
    }
}

open_enum! {
    /// How far a customer's message got with the experts.
    pub enum Delivery {
        Sent = "sent" => "Sent",
        Delivered = "delivered" => "Delivered",
        Read = "read" => "Read",
    }
}

/// What a conversation or a question is about.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Subject {
    /// `incident`, `alert`, `device`, `user`, `general`, or what else the service names.
    pub kind: String,
    pub id: String,
    pub name: String,
}

/// A chat or an inquiry without its messages. A list tells less of it than it tells itself.
#[derive(Clone, Debug, PartialEq)]
pub struct Conversation {
    pub id: String,
    pub kind: Kind,
    pub title: String,
    pub about: Subject,
    pub state: State,
    pub progress: Option<Progress>,
    pub submitter: String,
    pub updated: Timestamp,
    /// Until when the first word of the experts is promised.
    pub due: Option<Timestamp>,
    /// The newest message in short: who, and what.
    pub last: Option<(String, String)>,
    /// The place of the newest message.
    pub count: i64,
    pub read_up_to: i64,
    pub unread: usize,
    /// This person's verdict: `up` or `down`.
    pub feedback: Option<String>,
    pub languages: Vec<String>,
    pub contacts: Vec<String>,
    pub allowed: Vec<String>,
    pub denied: Option<String>,
}

impl Conversation {
    /// Whether the service lets this person do something in it; otherwise why not, as far as it says.
    pub fn may(&self, action: &str) -> Result<(), Option<String>> {
        match self.allowed.iter().any(|allowed| allowed == action) {
            true => Ok(()),
            false => Err(self.denied.clone()),
        }
    }

    /// Whether it is about an incident, and which.
    pub fn incident(&self) -> Option<&str> {
        (self.about.kind == "incident" && !self.about.id.is_empty()).then_some(&self.about.id)
    }
}

/// A file that somebody has sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attachment {
    pub id: String,
    pub name: String,
    pub size: i64,
    /// An infected file is kept from everybody.
    pub infected: bool,
}

/// One message. Messages are neither edited nor deleted.
#[derive(Clone, Debug, PartialEq)]
pub struct Message {
    pub id: String,
    /// Its place in the conversation.
    pub seq: i64,
    /// The key of the letter that it came as.
    pub key: Option<String>,
    pub at: Timestamp,
    pub author: Author,
    pub name: String,
    pub markdown: bool,
    pub content: String,
    pub attachments: Vec<Attachment>,
    pub progress: Option<Progress>,
    pub delivery: Delivery,
    /// It was written in Teams, not here.
    pub teams: bool,
}

/// Takes messages in, in whatever order and however often they come: one for each place, in order. A
/// late answer never takes back how far a message got.
pub fn take_in(known: &mut Vec<Message>, come: Vec<Message>) {
    for mut message in come {
        match known.binary_search_by_key(&message.seq, |known| known.seq) {
            Ok(at) => {
                let before = &known[at].delivery;
                if matches!(message.delivery, Delivery::Unknown(_))
                    || before.rank() < Delivery::ALL.len()
                        && before.rank() > message.delivery.rank()
                {
                    message.delivery = before.clone();
                }
                known[at] = message;
            }
            Err(at) => known.insert(at, message),
        }
    }
}

/// The place after which messages are missing, if any are between the first and the last known.
pub fn gap(known: &[Message]) -> Option<i64> {
    let next = |pair: &[Message]| pair[0].seq + 1 < pair[1].seq;
    known
        .windows(2)
        .find(|pair| next(pair))
        .map(|pair| pair[0].seq)
}

/// The first message of others after a mark: where what is new begins.
pub fn first_new(known: &[Message], read_up_to: i64) -> Option<i64> {
    let new = |one: &&Message| one.seq > read_up_to && one.author != Author::Customer;
    known.iter().find(new).map(|message| message.seq)
}

/// The mark that makes the last word of others unread again.
pub fn unread_mark(known: &[Message]) -> i64 {
    let others = known
        .iter()
        .rev()
        .find(|one| one.author != Author::Customer);
    others.map_or(0, |message| message.seq - 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn message(seq: i64, author: Author, delivery: Delivery) -> Message {
        Message {
            id: format!("m{seq}"),
            seq,
            key: None,
            at: Timestamp(seq),
            author,
            name: String::new(),
            markdown: false,
            content: String::new(),
            attachments: Vec::new(),
            progress: None,
            delivery,
            teams: false,
        }
    }

    fn places(known: &[Message]) -> Vec<i64> {
        known.iter().map(|message| message.seq).collect()
    }

    #[test]
    fn whatever_comes_in_whatever_order_stands_once_and_in_order() {
        // Every order of arrival of five messages, each of which comes twice.
        for seed in 0..500_u64 {
            let mut random = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1;
            let mut pending: Vec<i64> = (1..=5).chain(1..=5).collect();
            let mut known = Vec::new();
            while !pending.is_empty() {
                random ^= random << 13;
                random ^= random >> 7;
                random ^= random << 17;
                let at = usize::try_from(random % pending.len() as u64).unwrap();
                let seq = pending.swap_remove(at);
                take_in(
                    &mut known,
                    vec![message(seq, Author::Expert, Delivery::Sent)],
                );
            }
            assert_eq!(places(&known), [1, 2, 3, 4, 5], "seed {seed}");
        }
    }

    #[test]
    fn a_late_answer_does_not_take_back_that_a_message_was_read() {
        let mut known = vec![message(1, Author::Customer, Delivery::Read)];
        take_in(
            &mut known,
            vec![message(1, Author::Customer, Delivery::Sent)],
        );
        assert_eq!(known[0].delivery, Delivery::Read);
    }

    #[test]
    fn a_missing_message_is_noticed() {
        let of = |seq| message(seq, Author::Expert, Delivery::Sent);
        assert_eq!(gap(&[of(1), of(2), of(5)]), Some(2));
        assert_eq!(gap(&[of(7), of(8)]), None);
    }

    #[test]
    fn new_is_what_others_wrote_after_the_mark() {
        let known = [
            message(1, Author::Expert, Delivery::Sent),
            message(2, Author::Customer, Delivery::Sent),
            message(3, Author::Assistant, Delivery::Sent),
            message(4, Author::Customer, Delivery::Sent),
        ];
        assert_eq!(first_new(&known, 1), Some(3));
        assert_eq!(first_new(&known, 3), None);
        assert_eq!(unread_mark(&known), 2);
        assert_eq!(unread_mark(&[]), 0);
    }
}
