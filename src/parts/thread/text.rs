//! Words of a conversation.

use crate::domain::conversation::{Author, Message};
use crate::domain::text::visible;
use lexicon::t;

pub(super) const WHAT: &str = t!("The conversation");
pub(super) const MESSAGES: &str = t!("Messages");
pub(super) const EMPTY: &str = t!("Nothing has been written here yet.");
pub(super) const OLDER: &str = t!("Show older messages");
pub(super) const OLDER_WHAT: &str = t!("The list of older messages");
pub(super) const NEW: &str = t!("New");
pub(super) const YOU: &str = t!("You");
pub(super) const TEAMS: &str = t!("Written in Teams");
pub(super) const INFECTED: &str = t!("Infected: kept from everybody");
pub(super) const DOWNLOAD: &str = t!("Download");
pub(super) const NOT_DOWNLOADED: &str = t!("The file could not be downloaded. Try again.");
pub(super) const TRANSLATE: &str = t!("Translate messages");
pub(super) const ORIGINAL: &str = t!("Original only");
pub(super) const TRANSLATED: &str = t!("Translated by a machine; the original counts");
pub(super) const TRANSLATING: &str = t!("Translating…");
pub(super) const NOT_TRANSLATED: &str = t!("The translation could not be loaded.");
pub(super) const THUMBS_UP: &str = t!("Thumbs up");
pub(super) const THUMBS_DOWN: &str = t!("Thumbs down");
pub(super) const READER_RATES_NOT: &str =
    t!("your verdict was refused; Security Reader or higher can give one");
pub(super) const NOT_RATED: &str = t!("your verdict did not arrive; try again");
pub(super) const MESSAGE: &str = t!("Message");
pub(super) const HINT: &str = t!("Ctrl+Enter sends.");
pub(super) const SEND: &str = t!("Send");
pub(super) const NOTHING: &str = t!("Write a message first.");
pub(super) const TOO_LONG: &str = t!("A message has at most 8,000 characters.");
pub(super) const QUOTE: &str = t!("Quote");
pub(super) const ATTACH: &str = t!("Attach files");
pub(super) const ATTACHED: &str = t!("Attached files");
pub(super) const TOO_MANY: &str = t!("At most 10 files go with one message.");
pub(super) const FILES_HINT: &str = t!("Texts and pictures, at most 10 of 10 MB each.");
pub(super) const WITHDRAW: &str = t!("Withdraw");
pub(super) const EDIT: &str = t!("Edit");
pub(super) const AGAIN: &str = t!("Send again");
pub(super) const DISCARD: &str = t!("Discard");
pub(super) const PENDING: &str = t!("Not yet with the service");
pub(super) const UNKEPT: &str = t!(
    "This browser keeps nothing for the portal: what is not sent yet would not survive a reload."
);
pub(super) const CLOSED: &str = t!("This conversation is closed.");

/// The word that tells who speaks, beside the name.
pub(super) fn role(message: &Message, own: bool) -> String {
    match (&message.author, own) {
        (Author::Customer, true) => YOU.to_owned(),
        (author, _) => author.label().into_owned(),
    }
}

pub(super) fn typing(names: &[String]) -> String {
    let name = visible(&names.join(", ")).into_owned();
    t!("{name} is typing…")
}

pub(super) fn remove(name: &str) -> String {
    let name = visible(name);
    t!("Remove {name}")
}

pub(super) fn download(name: &str) -> String {
    let name = visible(name);
    t!("Download {name}")
}

pub(super) fn title(conversation: &str) -> String {
    t!("Message in “{conversation}”")
}

/// A language of the service in its own words.
pub(super) fn language(code: &str) -> String {
    match code {
        "en" => "English",
        "es" => "Español",
        "ja" => "日本語",
        "pt-BR" => "Português (Brasil)",
        "pt-PT" => "Português (Portugal)",
        other => other,
    }
    .to_owned()
}
