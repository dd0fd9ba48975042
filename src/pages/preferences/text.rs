//! Words of the preferences.

use crate::domain::notification::Scope;
use lexicon::t;

pub(super) const TITLE: &str = t!("Preferences");
pub(super) const SUBTITLE: &str = t!("Kept in this browser, for everybody who uses it.");
pub(super) const LOOK: &str = t!("Appearance");
pub(super) const THEME: &str = t!("Theme");
pub(super) const THEMES: [&str; 3] = [t!("Same as system"), t!("Light"), t!("Dark")];
pub(super) const DENSITY: &str = t!("Density");
pub(super) const DENSITIES: [&str; 2] = [t!("Comfortable"), t!("Compact")];
pub(super) const TIME: &str = t!("Time");
pub(super) const KEYS: &str = t!("Keyboard");
pub(super) const LETTERS: &str = t!("Keys without Ctrl");
pub(super) const LETTERS_HINT: &str = t!(
    "Such as j and k for the next and the previous row, or ? for all of them. Switch them off where a voice or a screen reader types by itself."
);
pub(super) const DRAFTS: &str = t!("Drafts");
pub(super) const KEEP_DRAFTS: &str = t!("Keep what I type on this device until it is sent");
pub(super) const KEEP_DRAFTS_HINT: &str = t!(
    "It survives a reload and a crash, for a month at most, and is deleted when you sign out. Switched off, it is gone with the page: what is kept here now is deleted at once."
);

pub(super) const NOTIFICATIONS: &str = t!("Notifications");
pub(super) const BROWSER: &str = t!("Notify me by this browser");
pub(super) const BROWSER_HINT: &str = t!(
    "Once for each event, however many tabs are open, while at least one is. It says what kind of event it is and nothing of it, as it may stand on a locked screen."
);
pub(super) const REFUSED: &str = t!(
    "This browser does not allow it. Allow notifications for this address in the browser's settings, then switch it on again."
);
pub(super) const EVENTS: &str = t!("Events");
pub(super) const EVENTS_HINT: &str = t!(
    "Mine are incidents that are assigned to you, and conversations that you asked for or wrote in."
);
pub(super) const QUIET: &str = t!("Quiet hours");
pub(super) const QUIET_HINT: &str =
    t!("In your time zone. The same time twice is no quiet hours at all.");
pub(super) const QUIET_FROM: &str = t!("From");
pub(super) const QUIET_TO: &str = t!("To");

/// A kind of event.
pub(super) fn kind(kind: &str) -> &'static str {
    match kind {
        "managedResponse" => t!("Managed responses"),
        "chatReply" => t!("Chat replies"),
        "inquiryAnswer" => t!("Answers to inquiries"),
        "readinessChange" => t!("Readiness changes"),
        "serviceReview" => t!("Service reviews"),
        _ => t!("Hunting notifications"),
    }
}

/// How much of a kind of event.
pub(super) fn scope(scope: Scope) -> &'static str {
    [t!("My organization"), t!("Mine"), t!("Nothing")][scope as usize]
}
