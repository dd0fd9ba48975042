//! The Experts API's conversations: chats, inquiries, their messages, and what may be asked.

use super::client::{Call, Client};
use super::wire::conversation::{conversation, credits, listed, message};
use crate::domain::config::Resource;
use crate::domain::conversation::{Conversation, Kind, Message};
use crate::domain::error::ApiError;
use crate::domain::inquiry::Credits;
use crate::domain::json;
use crate::domain::url_query::encode;
use gloo_net::http::Method;

/// The most messages of one answer.
const WINDOW: usize = 100;
/// How long the service may hold a question about what is new, in seconds.
const WAIT: u32 = 25;

/// Where a new question goes.
pub const INQUIRIES: &str = "/inquiries";
/// Where the first message of a chat goes that is opened with it.
pub const FIRST_OF_CHAT: &str = "/chat/threads/{thread}/messages";

/// Where a message of a conversation goes.
pub fn messages_of(kind: Kind, id: &str) -> String {
    format!("{}/messages", path(kind, id))
}

/// Where an inquiry is closed.
pub fn closing_of(id: &str) -> String {
    format!("{}/close", path(Kind::Inquiry, id))
}

/// Which messages of a conversation.
#[derive(Clone, Copy)]
pub enum Window {
    Newest,
    After(i64),
    Before(i64),
}

/// Some messages of a conversation.
pub struct Messages {
    pub items: Vec<Message>,
    pub has_older: bool,
    pub has_newer: bool,
    /// Who else is typing.
    pub typing: Vec<String>,
}

/// What the caller may do with the service, and what there is of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rights {
    pub has_chat: bool,
    pub has_ask: bool,
    pub may_act: bool,
    pub may_ask: bool,
    pub denied: Option<String>,
}

fn path(kind: Kind, id: &str) -> String {
    let kind = match kind {
        Kind::Chat => "/chat/threads/",
        Kind::Inquiry => "/inquiries/",
    };
    format!("{kind}{}", encode(id))
}

impl Client {
    /// Whether there is an Experts API here.
    pub fn has_experts(&self) -> bool {
        self.experts().is_ok()
    }

    /// What the caller may do with the service.
    pub async fn rights(&self) -> Result<Rights, ApiError> {
        let read = |wire: json::Reader<'_>| {
            let flag = |of: &'static str, name: &str| {
                let holder = wire.object(of).map(json::Reader::raw);
                holder.is_none_or(|holder| *holder.get(name) != json::Json::Bool(false))
            };
            let caller = wire.object("caller");
            Rights {
                has_chat: flag("features", "chat"),
                has_ask: flag("features", "ask"),
                may_act: flag("caller", "mayAct"),
                may_ask: flag("caller", "mayAsk"),
                denied: caller.and_then(|caller| caller.filled("deniedReason")),
            }
        };
        Ok(self.experts_document("/service", read).await?.0)
    }

    /// All conversations, the one with the newest message first.
    pub async fn conversations(&self) -> Result<Vec<Conversation>, ApiError> {
        let (mut all, mut cursor) = (Vec::new(), Some(String::new()));
        while let Some(from) = cursor.take() {
            let path = match from.as_str() {
                "" => "/messages?limit=100".to_owned(),
                from => format!("/messages?limit=100&cursor={}", encode(from)),
            };
            let ((items, next), _) = self
                .experts_document(&path, |wire| {
                    let items: Vec<_> = wire.needed_list("items").map(listed).collect();
                    (items, wire.filled("nextCursor"))
                })
                .await?;
            // A list that walks in circles ends, too.
            cursor = next.filter(|next| *next != from && !items.is_empty());
            all.extend(items);
        }
        Ok(all)
    }

    /// A conversation without its messages, and its version.
    pub async fn conversation(
        &self,
        kind: Kind,
        id: &str,
    ) -> Result<(Conversation, Option<String>), ApiError> {
        self.experts_document(&path(kind, id), |wire| conversation(wire, kind))
            .await
    }

    /// The chat about an incident, if one is open.
    pub async fn chat_of(&self, incident: &str) -> Result<Option<Conversation>, ApiError> {
        let path = format!("/chat/threads?incidentId={}&limit=1", encode(incident));
        let read = |wire: json::Reader<'_>| {
            let mut items = wire.needed_list("items");
            items.next().map(|item| conversation(item, Kind::Chat))
        };
        Ok(self.experts_document(&path, read).await?.0)
    }

    /// Messages of a conversation, oldest first.
    pub async fn messages(
        &self,
        kind: Kind,
        id: &str,
        which: Window,
    ) -> Result<Messages, ApiError> {
        let place = match which {
            Window::Newest => String::new(),
            Window::After(seq) => format!("&after={seq}"),
            Window::Before(seq) => format!("&before={seq}"),
        };
        let path = format!("{}/messages?limit={WINDOW}{place}", path(kind, id));
        let read = |wire: json::Reader<'_>| {
            let flag = |name| *wire.raw().get(name) == json::Json::Bool(true);
            Messages {
                items: wire.needed_list("items").map(message).collect(),
                has_older: flag("hasOlder"),
                has_newer: flag("hasNewer"),
                typing: wire.texts("typing").unwrap_or_default(),
            }
        };
        Ok(self.experts_document(&path, read).await?.0)
    }

    /// Puts the caller's read mark at a place.
    pub async fn mark_read(&self, kind: Kind, id: &str, up_to: i64) -> Result<(), ApiError> {
        let path = format!("{}/read", path(kind, id));
        let body = Some(format!("{{\"upTo\":{up_to}}}"));
        self.experts_write(Method::POST, &path, body, None, None)
            .await
            .map(drop)
    }

    /// Says that the caller is typing.
    pub async fn typing(&self, kind: Kind, id: &str) -> Result<(), ApiError> {
        let path = format!("{}/typing", path(kind, id));
        self.experts_write(Method::POST, &path, None, None, None)
            .await
            .map(drop)
    }

    /// The caller's verdict on a conversation: `up`, `down` or `none`.
    pub async fn feedback(&self, kind: Kind, id: &str, rating: &str) -> Result<(), ApiError> {
        let path = format!("{}/feedback", path(kind, id));
        let body = Some(json::object(&[("rating", rating)]));
        self.experts_write(Method::PUT, &path, body, None, None)
            .await
            .map(drop)
    }

    /// A message in another language, by machine.
    pub async fn translation(
        &self,
        kind: Kind,
        id: &str,
        message: &str,
        language: &str,
    ) -> Result<String, ApiError> {
        let (message, language) = (encode(message), encode(language));
        let path = format!(
            "{}/messages/{message}/translation?language={language}",
            path(kind, id)
        );
        let read = |wire: json::Reader<'_>| {
            let body = wire.object("body");
            body.map(|body| body.needed("content")).unwrap_or_default()
        };
        Ok(self.experts_document(&path, read).await?.0)
    }

    /// The content of a file that somebody has sent.
    pub async fn attachment(&self, id: &str) -> Result<Vec<u8>, ApiError> {
        let url = format!("{}/attachments/{}/content", self.experts()?, encode(id));
        let answer = self.answer(Call::get(Resource::Experts, url)).await?;
        Ok(answer.body)
    }

    /// How many inquiries are left; `None` where the service does not count them.
    pub async fn credits(&self) -> Result<Option<Credits>, ApiError> {
        match self.experts_document("/inquiries/credits", credits).await {
            Ok((credits, _)) => Ok(Some(credits)),
            Err(ApiError::NotFound { .. }) => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// What has happened in conversations after `after`: where events stand now, and the ids of what
    /// changed. Waits a while for something to happen.
    pub async fn changes(&self, after: Option<&str>) -> Result<(String, Vec<String>), ApiError> {
        let after = match after {
            Some(after) => format!("&after={}&wait={WAIT}", encode(after)),
            None => String::new(),
        };
        let url = format!(
            "{}/events/poll?topics=chat,inquiries{after}",
            self.experts()?
        );
        let answer = self.answer(Call::get(Resource::Experts, url)).await?;
        answer.read(|wire| {
            let id = |event: json::Reader<'_>| event.object("reference")?.text("id");
            (
                wire.needed("last"),
                wire.needed_list("items").filter_map(id).collect(),
            )
        })
    }
}
