//! Words of the shell and of the pages before sign-in.

use crate::domain::time::amount;
use crate::state::session::Why;

pub(super) const PRODUCT: &str = "Defender Experts";
pub(super) const PORTAL: &str = "Managed detection and response";
pub(super) const SKIP: &str = "Skip to content";
pub(super) const NAVIGATION: &str = "Main";
pub(super) const THEME: &str = "Theme";
pub(super) const THEMES: [&str; 3] = ["Same as system", "Light", "Dark"];
pub(super) const PALETTE: &str = "Search and commands";
pub(super) const PALETTE_HINT: &str = "A page, an incident's id or name, or what to do";
pub(super) const PALETTE_NONE: &str =
    "Nothing matches. Incidents that have not been read are found by their id.";
pub(super) const PALETTE_GROUPS: [&str; 2] = ["Commands", "Incidents"];
pub(super) const SHORTCUTS: &str = "Keyboard shortcuts";
pub(super) const SHORTCUTS_OFF: &str = "Keys without Ctrl are switched off in the preferences.";
pub(super) const MENU: &str = "Menu";
pub(super) const COLLAPSE: &str = "Collapse menu";
pub(super) const EXPAND: &str = "Expand menu";
pub(super) const SIGN_IN: &str = "Sign in";
pub(super) const SIGN_OUT: &str = "Sign out";
pub(super) const SIGN_OUT_QUESTION: &str = "Sign out now?";
pub(super) const SIGN_OUT_TEXTS: &str = "This text has not been sent. Signing out deletes it:";
pub(super) const SIGN_OUT_DECISIONS: &str = "These decisions are not settled. They stay on this device, and what became of them is looked up when you sign in here again:";
pub(super) const SIGN_OUT_UNKEPT: &str =
    "These decisions are not settled, and this browser does not keep them:";
pub(super) const STARTING: &str = "Signing in…";
pub(super) const SESSION_ENDED: &str = "Your sign-in has ended.";
pub(super) const SESSION_ENDED_ADVICE: &str =
    "What you see stays as it was last loaded. Sign in again to go on; you come back to this page.";
pub(super) const LOST_ADVICE: &str = "What you see may be old, and what you type stays. Everything is refreshed by itself when the connection is back.";
pub(super) const CONNECTED: &str = "The connection is back.";
pub(super) const OLD: &str = "Not up to date.";
pub(super) const CHANGES: &str = "What has changed";
pub(super) const OVERDUE: &str =
    "Changes have not been loaded for some minutes. Try again, or wait: it is tried every minute.";
pub(super) const PAGE: &str = "This page";
pub(super) const TOOLS: &str = "The menus";
pub(super) const UNKEPT: &str = "This browser keeps nothing for this address: it refuses, or has no room left. What you type is lost when the page is reloaded or closed. Finish before you leave, or allow site data for this address.";
pub(super) const NOT_FOUND: &str = "Page not found";
pub(super) const NOT_FOUND_ADVICE: &str =
    "No page has this address. It may be mistyped, or from another version of the portal.";
pub(super) const TO_HOME: &str = "Go to Home";
pub(super) const CONFIG_MISSING: &str = "The file could not be fetched.";
pub(super) const CONFIG_TITLE: &str = "The portal cannot start";
pub(super) const CONFIG_ADVICE: &str = "Its settings are in the file config.json beside index.html. An administrator can mend it there and reload this page.";
pub(super) const CONFIG_EXAMPLE: &str = "It should look like this";

/// How many decisions wait for the person, and how many for an outcome.
pub(super) fn decisions(resting: usize, under_way: usize) -> (usize, &'static str) {
    match (resting, under_way) {
        (0, 1) => (1, "decision without an outcome yet"),
        (0, all) => (all, "decisions without an outcome yet"),
        (1, _) => (1, "decision needs you"),
        (all, _) => (all, "decisions need you"),
    }
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
        ["incident", id, _] => format!("Comment on incident {id}: {shown}"),
        _ => shown,
    }
}

/// What the sign-in page says first.
pub(super) fn sign_in_title(why: &Why) -> &'static str {
    match why {
        Why::NoSession => "Sign in to continue",
        Why::Left => "You are signed out",
        Why::Failed(_) => "Sign-in did not succeed",
    }
}

/// Since when nothing can be reached.
pub(super) fn lost(since: &str) -> String {
    format!("No connection since {since}.")
}

/// How wrong this computer's clock is, in milliseconds ahead.
pub(super) fn wrong_clock(ahead: i64) -> String {
    let (by, way) = (amount(ahead.abs()), if ahead > 0 { "fast" } else { "slow" });
    format!(
        "The clock of this computer is {by} {way}. Times and ranges here follow the sign-in service's clock instead. Set the computer's clock right."
    )
}

/// What is wrong with the settings.
pub(super) fn config_problem(member: &str, problem: &str) -> String {
    if member.is_empty() {
        format!("config.json: {problem}")
    } else {
        format!("config.json, member \"{member}\": {problem}")
    }
}

/// A command that leads to a page.
pub(super) fn go_to(page: &str) -> String {
    format!("Go to {page}")
}

/// An incident that is found by its id alone.
pub(super) fn open_incident(id: &str) -> String {
    format!("Open incident {id}")
}
