//! Words of the chat about a managed response.

use lexicon::t;

pub(super) const WHAT: &str = t!("The chat");
pub(super) const NOT_PUBLISHED: &str = t!("No chat yet");
pub(super) const NOT_PUBLISHED_ADVICE: &str = t!(
    "A chat begins once Defender Experts have published a managed response for this incident. Until then you can ask them a question."
);
pub(super) const NOT_CONFIGURED: &str = t!("No service to talk to");
pub(super) const NOT_CONFIGURED_ADVICE: &str = t!(
    "This deployment has no Experts API. An administrator can set its address, expertsBaseUrl, in config.json."
);
pub(super) const NOT_OFFERED: &str = t!("Your service does not offer a chat");
pub(super) const BEGIN: &str = t!("Nobody has written yet. The first message opens the chat.");
pub(super) const MAY_NOT: &str = t!("Your role may read but not write here.");
pub(super) const WHO_MAY: &str = t!("Security Operator or higher can write here.");

pub(super) fn title(incident: &str) -> String {
    t!("Chat about incident {incident}")
}

/// An action as a message quotes it.
pub(super) fn action(title: &str, target: &str, status: &str) -> String {
    match target {
        "" => t!("Action: {title} ({status})"),
        target => t!("Action: {title}, {target} ({status})"),
    }
}

/// A piece of evidence as a message quotes it.
pub(super) fn evidence(kind: &str, name: &str, detail: &str) -> String {
    match detail {
        "" => t!("Evidence: {kind} {name}"),
        detail => t!("Evidence: {kind} {name} ({detail})"),
    }
}
