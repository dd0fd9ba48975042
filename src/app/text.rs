//! Words of the shell and of the pages before sign-in.

use crate::domain::time::amount;
use crate::state::session::Why;
use lexicon::t;

pub(super) const PRODUCT: &str = t!("Defender Experts");
pub(super) const PORTAL: &str = t!("Managed detection and response");
pub(super) const SKIP: &str = t!("Skip to content");
pub(super) const SETTINGS: &str = t!("Settings");
pub(super) const NAVIGATION: &str = t!("Main");
pub(super) const THEME: &str = t!("Theme");
pub(super) const THEMES: [&str; 3] = [t!("Same as system"), t!("Light"), t!("Dark")];
pub(super) const PALETTE: &str = t!("Search and commands");
pub(super) const PALETTE_HINT: &str = t!("A page, an incident's id or name, or what to do");
pub(super) const PALETTE_NONE: &str =
    t!("Nothing matches. Incidents that have not been read are found by their id.");
pub(super) const PALETTE_GROUPS: [&str; 2] = [t!("Commands"), t!("Incidents")];
pub(super) const SHORTCUTS: &str = t!("Keyboard shortcuts");
pub(super) const SHORTCUTS_OFF: &str = t!("Keys without Ctrl are switched off in the preferences.");
pub(super) const MENU: &str = t!("Menu");
pub(super) const COLLAPSE: &str = t!("Collapse menu");
pub(super) const EXPAND: &str = t!("Expand menu");
pub(super) const SIGN_IN: &str = t!("Sign in");
pub(super) const SIGN_OUT: &str = t!("Sign out");
pub(super) const SIGN_OUT_QUESTION: &str = t!("Sign out now?");
pub(super) const OUTBOX: &str = t!("Outbox");
pub(super) const OUTBOX_EMPTY: &str = t!("Nothing is left: everything has been sent and settled.");
pub(super) const OUTBOX_MEANS: &str = t!(
    "What you decided or wrote and no service has confirmed. What has not been sent can be taken back: what you wrote is then in its box again. What has been sent is read back until its outcome is known."
);
pub(super) const WITHDRAW: &str = t!("Withdraw");
pub(super) const EDIT_QUESTION: &str = t!("Edit the question");
pub(super) const CHECK: &str = t!("Check again");
pub(super) const DISMISS: &str = t!("Dismiss");
pub(super) const SEND_AGAIN: &str = t!("Send again");
pub(super) const SIGN_OUT_TEXTS: &str = t!("This text has not been sent. Signing out deletes it:");
pub(super) const SIGN_OUT_DECISIONS: &str = t!(
    "These decisions are not settled. They stay on this device, and what became of them is looked up when you sign in here again:"
);
pub(super) const SIGN_OUT_UNKEPT: &str =
    t!("These decisions are not settled, and this browser does not keep them:");
pub(super) const STARTING: &str = t!("Signing in…");
pub(super) const SESSION_ENDED: &str = t!("Your sign-in has ended.");
pub(super) const SESSION_ENDED_ADVICE: &str = t!(
    "What you see stays as it was last loaded. Sign in again to go on; you come back to this page."
);
pub(super) const LOST_ADVICE: &str = t!(
    "What you see may be old, and what you type stays. Everything is refreshed by itself when the connection is back."
);
pub(super) const CONNECTED: &str = t!("The connection is back.");
pub(super) const OLD: &str = t!("Not up to date.");
pub(super) const CHANGES: &str = t!("What has changed");
pub(super) const OVERDUE: &str = t!(
    "Changes have not been loaded for some minutes. Try again, or wait: it is tried every minute."
);
pub(super) const PAGE: &str = t!("This page");
pub(super) const TOOLS: &str = t!("The menus");
pub(super) const UNKEPT: &str = t!(
    "This browser keeps nothing for this address: it refuses, or has no room left. What you type is lost when the page is reloaded or closed. Finish before you leave, or allow site data for this address."
);
pub(super) const NOT_FOUND: &str = t!("Page not found");
pub(super) const NOT_FOUND_ADVICE: &str =
    t!("No page has this address. It may be mistyped, or from another version of the portal.");
pub(super) const TO_HOME: &str = t!("Go to Home");
pub(super) const CONFIG_MISSING: &str = t!("The file could not be fetched.");
pub(super) const CONFIG_TITLE: &str = t!("The portal cannot start");
pub(super) const CONFIG_ADVICE: &str = t!(
    "Its settings are in the file config.json beside index.html. An administrator can mend it there and reload this page."
);
pub(super) const CONFIG_EXAMPLE: &str = t!("It should look like this");

/// How many decisions wait for the person, and how many for an outcome.
pub(super) fn decisions(resting: usize, under_way: usize) -> (usize, String) {
    match (resting, under_way) {
        (0, all) => {
            let words = t!(
                all,
                "decision without an outcome yet",
                "decisions without an outcome yet"
            );
            (all, words)
        }
        (all, _) => (all, t!(all, "decision needs you", "decisions need you")),
    }
}

/// How many letters have not been sent, or perhaps not.
pub(super) fn letters(count: usize) -> (usize, String) {
    (
        count,
        t!(count, "message not sent yet", "messages not sent yet"),
    )
}

/// A decision in a list.
pub(super) fn decision(title: &str, standing: &str) -> String {
    format!("{title}: {standing}")
}

/// A text in a list, by the name of its draft.
pub(super) fn unsent(field: &str, text: &str) -> String {
    const SHOWN: usize = 80;
    let mut shown: String = text.trim().chars().take(SHOWN).collect();
    if text.trim().chars().count() > SHOWN {
        shown.push('…');
    }
    match field.split('/').collect::<Vec<_>>()[..] {
        ["incident", id, _] => t!("Comment on incident {id}: {shown}"),
        ["settings", ..] => t!("Settings of Defender Experts that have not been saved").into(),
        _ => shown,
    }
}

/// What the sign-in page says first.
pub(super) fn sign_in_title(why: &Why) -> &'static str {
    match why {
        Why::NoSession => t!("Sign in to continue"),
        Why::Left => t!("You are signed out"),
        Why::Failed(_) => t!("Sign-in did not succeed"),
    }
}

/// Since when nothing can be reached.
pub(super) fn lost(since: &str) -> String {
    t!("No connection since {since}.")
}

/// How wrong this computer's clock is, in milliseconds ahead.
pub(super) fn wrong_clock(ahead: i64) -> String {
    let (by, way) = (
        amount(ahead.abs()),
        if ahead > 0 { t!("fast") } else { t!("slow") },
    );
    t!(
        "The clock of this computer is {by} {way}. Times and ranges here follow the sign-in service's clock instead. Set the computer's clock right."
    )
}

/// What is wrong with the settings.
pub(super) fn config_problem(member: &str, problem: &str) -> String {
    if member.is_empty() {
        t!("config.json: {problem}")
    } else {
        t!("config.json, member \"{member}\": {problem}")
    }
}

/// A command that leads to a page.
pub(super) fn go_to(page: &str) -> String {
    t!("Go to {page}")
}

/// An incident that is found by its id alone.
pub(super) fn open_incident(id: &str) -> String {
    t!("Open incident {id}")
}

pub(super) const NOTHING_NEW: &str = t!("Nothing new");
pub(super) const ALL_READ: &str = t!("You have read everything.");
pub(super) const MORE_ADVICE: &str = t!("They follow once these are read.");
pub(super) const MARK_ALL: &str = t!("Mark all as read");
pub(super) const NOT_MARKED: &str = t!("Not everything could be marked as read. Try again.");
pub(super) const BELL_WHAT: &str = t!("The list of notifications");

/// How many are unread and not listed.
pub(super) fn more(count: usize) -> String {
    t!(count, "{count} more", "{count} more")
}

/// The bell's name.
pub(super) fn notifications(unread: usize) -> String {
    match unread {
        0 => t!("Notifications").into(),
        _ => t!(
            unread,
            "Notifications, {unread} unread",
            "Notifications, {unread} unread"
        ),
    }
}

/// What a browser's notification says: the kind of event and nothing of it.
pub(super) fn interruption(kind: &str) -> (String, String) {
    let body = match kind {
        "managedResponse" => t!("The experts have published a managed response."),
        "chatReply" => t!("The experts have answered in a chat."),
        "inquiryAnswer" => t!("The experts have answered an inquiry."),
        "readinessChange" => t!("The readiness assessment has changed."),
        "serviceReview" => t!("There is news about a service review."),
        "huntingNotification" => t!("The experts have found something in a hunt."),
        _ => t!("There is something new."),
    };
    (PRODUCT.into(), body.into())
}
