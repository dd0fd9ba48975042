//! Chats, inquiries and their messages, as the Experts API tells them.

use super::incident::time;
use crate::domain::conversation::{
    Attachment, Author, Conversation, Delivery, Kind, Message, Progress, State, Subject,
};
use crate::domain::inquiry::Credits;
use crate::domain::json::Reader;

/// One of `/messages`, one of `/chat/threads`, or one of `/inquiries`: they differ in names only.
pub(crate) fn conversation(wire: Reader<'_>, kind: Kind) -> Conversation {
    let about = wire.object("subject").or_else(|| wire.object("reference"));
    let about = match (about, wire.filled("incidentId")) {
        (None, Some(id)) => Subject {
            kind: "incident".into(),
            id,
            name: String::new(),
        },
        (about, _) => about.map(subject).unwrap_or_default(),
    };
    let by = |name| Some(wire.object(name)?.text("displayName").unwrap_or_default());
    let last = wire.object("lastMessage").map(|last| {
        let text = |name| last.text(name).unwrap_or_default();
        (text("author"), text("excerpt"))
    });
    let state = wire.str("state").or_else(|| wire.str("status"));
    Conversation {
        id: wire.needed("id"),
        kind,
        title: wire
            .filled("title")
            .or_else(|| wire.filled("topic"))
            .unwrap_or_default(),
        about,
        state: State::parse(state.unwrap_or("open")),
        progress: wire.str("progress").map(Progress::parse),
        submitter: by("submittedBy")
            .or_else(|| wire.text("submitter"))
            .unwrap_or_default(),
        updated: time(wire, "updatedAt").unwrap_or_default(),
        due: time(wire, "progressDueAt"),
        last,
        count: wire.int("messageCount").unwrap_or_default(),
        read_up_to: wire.int("readUpTo").unwrap_or_default(),
        unread: number(wire.int("unread")),
        feedback: wire.text("feedback").filter(|given| given != "none"),
        languages: wire.texts("translationLanguages").unwrap_or_default(),
        contacts: wire.texts("contacts").unwrap_or_default(),
        allowed: wire.texts("allowedActions").unwrap_or_default(),
        denied: wire.filled("deniedReason"),
    }
}

/// One of a list that holds both kinds.
pub(crate) fn listed(wire: Reader<'_>) -> Conversation {
    let kind = match wire.str("kind") {
        Some("chat") => Kind::Chat,
        _ => Kind::Inquiry,
    };
    conversation(wire, kind)
}

pub(crate) fn message(wire: Reader<'_>) -> Message {
    let (author, body) = (wire.object("author"), wire.object("body"));
    let kind = author.and_then(|author| author.str("kind"));
    let attachments = wire.list("attachments").into_iter().flatten();
    Message {
        id: wire.needed("id"),
        seq: wire.int("seq").unwrap_or_default(),
        key: wire.text("clientMessageId"),
        at: time(wire, "sentAt").unwrap_or_default(),
        author: Author::parse(kind.unwrap_or("system")),
        name: author
            .and_then(|author| author.text("displayName"))
            .unwrap_or_default(),
        markdown: body.and_then(|body| body.str("contentType")) == Some("markdown"),
        content: body
            .and_then(|body| body.text("content"))
            .unwrap_or_default(),
        attachments: attachments.map(attachment).collect(),
        progress: wire.str("progress").map(Progress::parse),
        delivery: Delivery::parse(wire.str("state").unwrap_or("sent")),
        teams: wire.str("channel") == Some("teams"),
    }
}

fn attachment(wire: Reader<'_>) -> Attachment {
    Attachment {
        id: wire.needed("id"),
        name: wire.text("name").unwrap_or_default(),
        size: wire.int("size").unwrap_or_default(),
        infected: wire.str("scan") == Some("infected"),
    }
}

pub(crate) fn credits(wire: Reader<'_>) -> Credits {
    let count = |name| wire.int(name).unwrap_or_default();
    Credits {
        left: count("left"),
        used: count("used"),
        granted: count("granted"),
        rolled_over: count("rolledOver"),
        rolls_over: time(wire, "rollsOverAt"),
        expires: time(wire, "expiresAt"),
    }
}

fn subject(wire: Reader<'_>) -> Subject {
    let text = |name| wire.text(name).unwrap_or_default();
    Subject {
        kind: text("kind"),
        id: text("id"),
        name: text("displayName"),
    }
}

pub(crate) fn number(count: Option<i64>) -> usize {
    count.and_then(|n| usize::try_from(n).ok()).unwrap_or(0)
}
