//! A question to the experts before it is sent: what it has to have, what it is about, how many are
//! left, and what the service has said that it does not answer.

use super::conversation::{MESSAGE_LIMIT, Subject};
use super::fold;
use super::json;
use super::time::Timestamp;
use lexicon::t;

/// The most characters of a topic.
pub const TOPIC_LIMIT: usize = 256;
/// The most people who are told of an answer.
pub const MOST_CONTACTS: usize = 10;

/// How many inquiries are left, where the service counts them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Credits {
    pub left: i64,
    pub used: i64,
    pub granted: i64,
    pub rolled_over: i64,
    /// When what is left moves into the next quarter; `None` in the last one of a year.
    pub rolls_over: Option<Timestamp>,
    pub expires: Option<Timestamp>,
}

/// Why a question cannot be sent as it stands.
pub fn problem(topic: &str, details: &str) -> Option<&'static str> {
    let long = |text: &str, limit| text.trim().chars().count() > limit;
    if topic.trim().is_empty() {
        return Some(t!("Say in a line what it is about."));
    }
    if long(topic, TOPIC_LIMIT) {
        return Some(t!("The topic is too long."));
    }
    if details.trim().is_empty() {
        return Some(t!("Write your question."));
    }
    if long(details, MESSAGE_LIMIT) {
        return Some(t!("The question is too long."));
    }
    None
}

/// What is wrong with an address to be told of an answer.
pub fn address_problem(address: &str) -> Option<&'static str> {
    let plain = |part: &str, more: &str| {
        !part.is_empty()
            && part
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || more.contains(c))
    };
    let fine = address.split_once('@').is_some_and(|(name, host)| {
        plain(name, "._%+-") && name.len() <= 64 && plain(host, ".-") && host.len() <= 185
    });
    (!fine).then_some(t!("This is no mail address, such as soc@contoso.com."))
}

/// A hint about something that the experts do not answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hint {
    Emergency,
    CustomDetection,
    OtherProduct,
    PortalBug,
}

impl Hint {
    /// What to know, and where to go instead.
    pub fn words(self) -> &'static str {
        match self {
            Hint::Emergency => t!(
                "This reads like an emergency. Defender Experts is not an incident response service: turn to your own response team, or open a support request in the Premier Services Hub. You can still send the question."
            ),
            Hint::CustomDetection => t!(
                "Custom detections of your own are out of scope: the experts do not answer questions about them. Who wrote the rule can. You can still send the question."
            ),
            Hint::OtherProduct => t!(
                "Products other than Defender are out of scope. Their vendor's support can help. You can still send the question."
            ),
            Hint::PortalBug => t!(
                "Errors of the portal are out of scope. Send them to your administrator or to support. You can still send the question."
            ),
        }
    }
}

/// What in a question points at something out of scope. It never keeps a question from being sent.
pub fn coach(topic: &str, details: &str) -> Vec<Hint> {
    let text: String = [topic, " ", details]
        .concat()
        .chars()
        .map(fold::lower)
        .collect();
    let has = |words: &[&str]| words.iter().any(|words| text.contains(words));
    let mut hints = Vec::new();
    if has(&[
        "emergency",
        "urgent",
        "asap",
        "immediately",
        "under attack",
        "ransom note",
        "being encrypted",
        "right now",
    ]) {
        hints.push(Hint::Emergency);
    }
    if has(&[
        "custom detection",
        "custom ti",
        "custom rule",
        "our own rule",
        "anomaly indicator",
        "custom enterprise block",
    ]) {
        hints.push(Hint::CustomDetection);
    }
    if has(&[
        "crowdstrike",
        "sentinelone",
        "okta",
        "palo alto",
        "fortinet",
        "zscaler",
        "splunk",
        "proofpoint",
        "sophos",
    ]) {
        hints.push(Hint::OtherProduct);
    }
    if has(&[
        "portal is",
        "portal bug",
        "bug in the portal",
        "page does not load",
        "page crashes",
        "button does not",
    ]) {
        hints.push(Hint::PortalBug);
    }
    hints
}

/// The question as the service takes it, but for its files.
pub fn body(topic: &str, about: &Subject, details: &str, contacts: &[String]) -> String {
    let mut subject = vec![("kind", about.kind.as_str())];
    if !about.id.is_empty() {
        subject.push(("id", &about.id));
    }
    if !about.name.is_empty() {
        subject.push(("displayName", &about.name));
    }
    let contacts: Vec<String> = contacts.iter().map(|one| json::quoted(one)).collect();
    format!(
        "{{\"topic\":{},\"subject\":{},\"details\":{},\"contacts\":[{}]}}",
        json::quoted(topic.trim()),
        json::object(&subject),
        json::quoted(details.trim()),
        contacts.join(",")
    )
}

/// A question as it was put into a body.
#[derive(Debug, PartialEq, Eq)]
pub struct Asked {
    pub topic: String,
    pub about: Subject,
    pub contacts: Vec<String>,
}

/// What a body asks, but for its words; `None` for a body that is no question.
pub fn asked(body: &str) -> Option<Asked> {
    let read = |wire: json::Reader<'_>| {
        let about = wire.object("subject")?;
        Some(Asked {
            topic: wire.text("topic")?,
            about: Subject {
                kind: about.text("kind")?,
                id: about.text("id").unwrap_or_default(),
                name: about.text("displayName").unwrap_or_default(),
            },
            contacts: wire.texts("contacts").unwrap_or_default(),
        })
    };
    json::read(body, read).ok()?
}

/// The drafts of a question, by what it is about: its words, its topic, and who is told.
pub fn fields(about: &Subject) -> [String; 3] {
    let words = format!("ask/{}/{}", about.kind, about.id);
    let [topic, contacts] = beside(&words);
    [words, topic, contacts]
}

/// The drafts beside the one of a question's words: its topic, and who is told.
pub fn beside(words: &str) -> [String; 2] {
    ["topic", "contacts"].map(|what| format!("{words}/{what}"))
}

/// Who is told, each once, as a draft has them: one on a line.
pub fn contacts(draft: &str) -> Vec<String> {
    let mut contacts: Vec<String> = Vec::new();
    for one in draft.lines().filter(|one| !one.is_empty()) {
        if !contacts.iter().any(|known| known == one) {
            contacts.push(one.to_owned());
        }
    }
    contacts
}

/// A message as the service takes it, but for its files.
pub fn message(words: &str) -> String {
    let body = json::object(&[("contentType", "text"), ("content", words)]);
    format!("{{\"body\":{body}}}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_question_needs_a_topic_and_words_within_the_limits() {
        let long = "x".repeat(MESSAGE_LIMIT + 1);
        assert_eq!(problem("Sign-ins", "Who is it?"), None);
        for (topic, details) in [
            (" ", "a"),
            ("a", "\n"),
            ("a", long.as_str()),
            (&long[..257], "a"),
        ] {
            assert!(problem(topic, details).is_some());
        }
        assert_eq!(problem("a", &long[1..]), None);
    }

    #[test]
    fn addresses_are_those_that_the_service_takes() {
        assert_eq!(address_problem("soc+1@contoso.com"), None);
        for wrong in [
            "",
            "soc",
            "soc@",
            "@contoso.com",
            "a b@contoso.com",
            "a@b@c",
            "ä@contoso.com",
        ] {
            assert!(address_problem(wrong).is_some(), "{wrong}");
        }
    }

    #[test]
    fn who_is_told_twice_is_told_once() {
        assert_eq!(contacts("a@b.c\nd@e.f\n\na@b.c"), ["a@b.c", "d@e.f"]);
        assert!(contacts("").is_empty());
    }

    #[test]
    fn the_coach_knows_what_is_documented_as_out_of_scope() {
        assert_eq!(coach("Urgent!", "We are under attack"), [Hint::Emergency]);
        assert_eq!(
            coach("", "our Custom Detection fires"),
            [Hint::CustomDetection]
        );
        assert_eq!(coach("Okta sign-ins", ""), [Hint::OtherProduct]);
        assert_eq!(coach("A bug in the portal", ""), [Hint::PortalBug]);
        assert!(coach("Sign-ins from Recife", "Is this the same group?").is_empty());
    }

    #[test]
    fn what_is_written_arrives_as_text_whatever_it_holds() {
        let about = Subject {
            kind: "alert".into(),
            id: "da1".into(),
            name: "\"Evil\"".into(),
        };
        let body = body("T", &about, "a \"b\"\n", &["soc@contoso.com".into()]);
        let read = json::Json::parse(&body).unwrap();
        assert_eq!(read.get("details").as_text(), Some("a \"b\""));
        assert_eq!(
            read.get("subject").get("displayName").as_text(),
            Some("\"Evil\"")
        );
        assert_eq!(read.get("contacts").items().len(), 1);
        assert_eq!(
            asked(&body),
            Some(Asked {
                topic: "T".into(),
                about,
                contacts: vec!["soc@contoso.com".into()],
            })
        );
        let sent = message("x\\y");
        assert_eq!(asked(&sent), None, "a message is no question");
        assert_eq!(asked(""), None, "nor is what has no body");
        let sent = json::Json::parse(&sent).unwrap();
        assert_eq!(sent.get("body").get("content").as_text(), Some("x\\y"));
    }
}
