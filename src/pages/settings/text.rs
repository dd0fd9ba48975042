//! Words of the settings.

use crate::domain::error::ApiError;
use crate::domain::settings::Sections;
use crate::domain::settings::facts::day;
use crate::domain::time::Day;
use lexicon::t;

pub(super) const AREA: &str = t!("Defender Experts");
pub(super) const SETTINGS: &str = t!("Settings");
pub(super) const NAVIGATION: &str = t!("Defender Experts settings");
pub(super) const WHAT: &str = t!("The settings");
pub(super) const READ_ONLY: &str = t!("You can see everything here and change nothing.");
pub(super) const NOT_ONBOARDED: &str = t!(
    "The service has not been set up yet: the first run has not been submitted. What you save here is in force at once."
);

// The wizard.
pub(super) const GET_STARTED: &str = t!("Get started");
pub(super) const WELCOME: &str = t!(
    "Set up Defender Experts in four steps. Nothing takes effect before you submit; everything can be changed later."
);
pub(super) const WELCOME_KEPT: &str = t!(
    "What you fill in is kept at every step: go on another day or on another machine, alone or with another administrator."
);
pub(super) const WELCOME_SIGNED_IN: &str =
    t!("Stay signed in after you submit, until the set-up is complete.");
pub(super) const BEGIN: &str = t!("Begin");
pub(super) const CONTINUE: &str = t!("Continue");
pub(super) const ABOUT: [&str; 5] = [
    t!("What the experts may do in your tenant."),
    t!("Devices and users that the experts never act on."),
    t!("Whom the experts reach about incidents and reviews."),
    t!("Whether to talk with the experts on Teams."),
    t!("What will change when you submit."),
];
pub(super) const REVIEW: &str = t!("Review");
pub(super) const NEXT: &str = t!("Next");
pub(super) const BACK: &str = t!("Back");
pub(super) const SKIP: &str = t!("Skip");
pub(super) const SKIP_TITLE: &str = t!("Skip the exclusions?");
pub(super) const SKIP_TEXT: &str =
    t!("These additions are discarded, and what stands in force stays as it is:");
pub(super) const SKIP_NOTHING: &str = t!(
    "You have added nothing here. The exclusions stay as they are in force; you can change them at any time under Settings."
);
pub(super) const SKIP_CONFIRM: &str = t!("Discard and go on");
pub(super) const SUBMIT: &str = t!("Submit");
pub(super) const NOTHING_TO_SUBMIT: &str = t!("Nothing would change.");
pub(super) const SUBMITTED: &str = t!("Submitted");
pub(super) const SUBMITTED_TEXT: &str =
    t!("The service has confirmed your settings: they are in force.");
pub(super) const VIEW_READINESS: &str = t!("View readiness assessment");
pub(super) const DRAFT_HERE: &str = t!("Draft kept on this device");
pub(super) const DRAFT_SENDING: &str = t!("Saving the draft…");
pub(super) const DRAFT_THERE: &str = t!("Draft saved for all administrators");
pub(super) const DRAFT_FAILED: &str =
    t!("The draft is kept on this device only: the service did not take it.");
pub(super) const TO_MEND: &str = t!("Mend the steps that are marked before you submit.");
pub(super) const NO_CHANGE: &str = t!("No change.");

// Sections.
pub(super) const WOULD_CHANGE: &str = t!("What would change");
pub(super) const SETTING: &str = t!("Setting");
pub(super) const NOW: &str = t!("Now");
pub(super) const AFTER: &str = t!("After saving");
pub(super) const NOTHING: &str = t!("–");
pub(super) const SAVE: &str = t!("Save changes");
pub(super) const DISCARD: &str = t!("Discard changes");
pub(super) const NO_CHANGES: &str = t!("There is nothing to save: the form says what is in force.");
pub(super) const SAVED: &str = t!("Saved. The service has confirmed it.");
pub(super) const CONFLICT: &str = t!("Somebody else has changed this meanwhile.");
pub(super) const CONFLICT_TEXT: &str =
    t!("Nothing of yours has been saved or lost. These are both versions:");
pub(super) const THEIRS: &str = t!("Theirs, there now");
pub(super) const MINE: &str = t!("Yours, not saved");
pub(super) const KEEP_MINE: &str = t!("Go on with mine");
pub(super) const TAKE_THEIRS: &str = t!("Take theirs");
pub(super) const AUDIT: &str = t!("Change history");
pub(super) const AUDIT_WHAT: &str = t!("The change history");
pub(super) const AUDIT_EMPTY: &str = t!("Nobody has changed this yet.");
pub(super) const AUDIT_MORE: &str = t!("Only the newest 20 changes are listed.");
pub(super) const BEFORE: &str = t!("Before");
pub(super) const LATER: &str = t!("After");
pub(super) const FIRST_RUN: &str = t!("First run");
pub(super) const CANCEL_FIRST: &str = t!("Wait until the service has answered.");

pub(super) fn changed_by(by: &str) -> String {
    t!("Last changed by {by}")
}

// Permissions.
pub(super) const SERVICE_PROVIDER: &str = t!("Service provider access");
pub(super) const SERVICE_PROVIDER_TEXT: &str = t!(
    "Always required: without it there is no service. It is set up as delegated administration, with a cross-tenant access policy and a conditional access policy; both bear the suffix DO NOT DELETE. Each expert has access under a name of their own, raised just in time and for a limited period."
);
pub(super) const SERVICE_PROVIDER_FIXED: &str = t!("It cannot be switched off here.");
pub(super) const SKIPPING: &str = t!(
    "With service provider access alone the experts can sign in and see nothing: no incident is investigated, and nobody answers an attack for you."
);
pub(super) const DEFAULT: &str = t!("Default");
pub(super) const RECOMMENDED: &str = t!("Recommended");
pub(super) const MEANS: &str = t!("What it means");
pub(super) const LEVEL: &str = t!("Access level");
pub(super) const NOT_ALLOWED: &str = t!("What it does not allow");
pub(super) const INVESTIGATE_MEANS: &str = t!(
    "The experts read your incidents, alerts and devices, investigate, and tell you step by step what to do."
);
pub(super) const INVESTIGATE_LEVEL: &str = t!("Security Reader");
pub(super) const INVESTIGATE_NOT: &str = t!(
    "They change nothing: every response action becomes a task of yours, and an attack goes on until somebody of yours carries it out."
);
pub(super) const RESPOND_MEANS: &str = t!(
    "The experts isolate devices, quarantine files and stop attacks themselves, at any hour, and tell you what they did."
);
pub(super) const RESPOND_LEVEL: &str = t!("Security Operator");
pub(super) const RESPOND_NOT: &str = t!(
    "They never act on excluded devices and users: there you get remediation guidance instead. They change no policies and no settings."
);
pub(super) const MANAGE_EXCLUSIONS: &str = t!("Manage exclusions");

// Exclusions.
pub(super) const EXCLUSIONS: &str = t!("Exclusions");
pub(super) const DEVICE_GROUPS: &str = t!("Device groups");
pub(super) const USER_GROUPS: &str = t!("User groups");
pub(super) const EXCLUSIONS_TEXT: &str = t!(
    "The experts never act on what is excluded. They still investigate it, and you get remediation guidance instead."
);
pub(super) const ADD_DEVICE_GROUPS: &str = t!("Add device groups");
pub(super) const ADD_USER_GROUPS: &str = t!("Add user groups");
pub(super) const REMOVE_DEVICE_GROUP: &str = t!("Remove device group");
pub(super) const REMOVE_USER_GROUP: &str = t!("Remove user group");
pub(super) const NO_DEVICE_GROUPS: &str = t!("No device groups are excluded");
pub(super) const NO_USER_GROUPS: &str = t!("No user groups are excluded");
pub(super) const SEARCH_DEVICE_GROUPS: &str = t!("Search device groups");
pub(super) const SEARCH_USER_GROUPS: &str = t!("Search user groups");
pub(super) const FOUND: &str = t!("Groups found");
pub(super) const ONLY_DEVICE_GROUPS: &str = t!(
    "Only existing device groups are listed. Create one in Microsoft Defender under Settings > Endpoints > Permissions > Device groups, then choose Refresh."
);
pub(super) const ONLY_USER_GROUPS: &str = t!(
    "Only existing security groups of Microsoft Entra are listed; accounts that are on-premises alone cannot be excluded. Create a group in the Entra admin center under Groups > All groups, then choose Refresh."
);
pub(super) const REFRESH: &str = t!("Refresh");
pub(super) const ALREADY: &str = t!("Excluded already.");
pub(super) const NO_MATCH: &str = t!("No group matches");
pub(super) const GROUPS_WHAT: &str = t!("The groups");
pub(super) const CANCEL: &str = t!("Cancel");
pub(super) const CHOOSE: &str = t!("Tick at least one group.");
pub(super) const MEMBERS_UNKNOWN: &str = t!("Members not known");
pub(super) const DEVICES_NOT_TOLD: &str = t!("Number of devices not told by the service");
pub(super) const MEMBERS_READING: &str = t!("Counting members…");
pub(super) const HIGH_DEVICES_TEXT: &str = t!(
    "Servers that your organization runs on, and devices marked critical in exposure management, count as high-value. They are not listed here."
);
pub(super) const HIGH_USERS_TEXT: &str = t!(
    "Accounts with privileged roles, and accounts marked as priority or sensitive, count as high-value. They are not listed here."
);
pub(super) const HIGH_WARNING: &str = t!(
    "What becomes high-value in future is excluded by itself, without anybody being asked. An attack there goes on until somebody of yours stops it."
);
pub(super) const MOST: &str = t!("These are the first; write more of the name to narrow.");

pub(super) fn members(count: usize) -> String {
    t!(count, "{count} member", "{count} members")
}

pub(super) fn add_chosen(count: usize) -> String {
    t!(count, "Add {count} group", "Add {count} groups")
}

// Contacts.
pub(super) const CONTACTS: &str = t!("Contacts");
pub(super) const CONTACTS_TEXT: &str = t!(
    "The experts mail and call these people and teams. Contacts for incidents should be reachable at all times: somebody has to answer on the night it matters. Every new contact is told by mail."
);
pub(super) const NO_CONTACTS: &str = t!("No contacts yet");
pub(super) const ADD_CONTACT: &str = t!("Add a contact");
pub(super) const EDIT_CONTACT: &str = t!("Change the contact");
pub(super) const PERSON: &str = t!("Contact person or team");
pub(super) const PERSON_HINT: &str =
    t!("Search your directory, or write an address of somebody else below.");
pub(super) const DIRECTORY: &str = t!("The directory");
pub(super) const MAIL: &str = t!("Email");
pub(super) const PHONE: &str = t!("Phone number");
pub(super) const PHONE_HINT: &str =
    t!("Optional, with the country's code. Used in emergencies only.");
pub(super) const CONTACT_FOR: &str = t!("Contact for");
pub(super) const REACHED: &str = t!("Can be reached");
pub(super) const NOT_STATED: &str = t!("Hours not stated");
pub(super) const ALWAYS: &str = t!("Around the clock");
pub(super) const AT_HOURS: &str = t!("At these hours");
pub(super) const ZONE: &str = t!("Time zone of the contact");
pub(super) const FROM: &str = t!("From");
pub(super) const TO: &str = t!("To");
pub(super) const DAYS: &str = t!("Days");
pub(super) const MORE_HOURS: &str = t!("Add more hours");
pub(super) const FEWER_HOURS: &str = t!("Remove these hours");
pub(super) const ADD: &str = t!("Add");
pub(super) const CHANGE: &str = t!("Change");
pub(super) const CLEAR: &str = t!("Clear");
pub(super) const EDIT: &str = t!("Edit");
pub(super) const REMOVE: &str = t!("Remove");
pub(super) const UP: &str = t!("Call earlier");
pub(super) const DOWN: &str = t!("Call later");
pub(super) const FIRST: &str = t!("It is called first already.");
pub(super) const LAST: &str = t!("It is called last already.");
pub(super) const ONLY_INCIDENTS: &str = t!("Only contacts for incidents are called.");
pub(super) const CONTACT: &str = t!("Contact");
pub(super) const CALL: &str = t!("Call");
pub(super) const HOURS: &str = t!("Hours");
pub(super) const TOLD: &str = t!("Told");
pub(super) const NOT_SAVED: &str = t!("After saving");
pub(super) const PENDING: &str = t!("Mail on its way");
pub(super) const NOTIFIED: &str = t!("Notified");
pub(super) const BOUNCED: &str = t!("Mail bounced");
pub(super) const GONE: &str = t!("No longer in the directory");
pub(super) const ACTIONS: &str = t!("Actions");
pub(super) const NO_PHONE: &str = t!("No phone");
pub(super) const HALF: &str =
    t!("What you write here is kept, but is no contact before you add it.");

pub(super) fn of(action: &str, name: &str) -> String {
    t!("{action}: {name}")
}

// Coverage.
pub(super) const COVERAGE: &str = t!("When nobody can be reached by phone");
pub(super) const COVERED: &str = t!("Somebody can be reached by phone at every hour of the week.");
pub(super) const NEVER: &str = t!("Nobody can be reached by phone at any hour of the week.");
pub(super) const DAY: &str = t!("Day");
pub(super) const NOBODY: &str = t!("Nobody from – to");
pub(super) const ALL_COVERED: &str = t!("Always somebody");
pub(super) const WHOLE_DAY: &str = t!("The whole day");

pub(super) fn uncovered(minutes: i64) -> String {
    let (hours, rest) = (minutes / 60, minutes % 60);
    if rest == 0 {
        return t!("Nobody can be reached by phone for {hours} of the coming week's hours.");
    }
    t!("Nobody can be reached by phone for {hours} h {rest} min of the coming week.")
}

pub(super) fn coverage_zone(zone: &str) -> String {
    t!("The coming seven days, in {zone}.")
}

pub(super) fn not_counted(count: usize) -> String {
    t!(
        count,
        "{count} contact for incidents states no phone or no hours and is not counted.",
        "{count} contacts for incidents state no phone or no hours and are not counted."
    )
}

pub(super) fn left(count: usize) -> String {
    t!(
        count,
        "{count} contact for incidents is no longer in the directory and is not counted.",
        "{count} contacts for incidents are no longer in the directory and are not counted."
    )
}

// Teams.
pub(super) const TEAMS_TEXT: &str = t!(
    "A private team, Defender Experts team, is created with a channel, Managed response. You talk with the experts there about incidents; everything stands in the portal's chat as well."
);
pub(super) const TEAMS_READ: &str = t!(
    "The experts can read all messages in that team. Add only people who may share what they write there."
);
pub(super) const TEAMS_MEMBERS: &str = t!(
    "Members are added in Teams: at the team choose More options (…) > Manage team > Add member."
);
pub(super) const TEAMS_FINAL: &str = t!(
    "Removing Defender Experts from Teams cannot be reversed: the team is disconnected for good and its messages no longer reach the experts."
);
pub(super) const TEAMS_NEEDS: &str =
    t!("It needs the role Security Administrator or higher, and a Teams licence.");
pub(super) const TEAMS_HUNTING: &str =
    t!("Findings of hunts come one way into a channel of their own, Hunting notifications.");
pub(super) const TEAMS_STATE: &str = t!("State");
pub(super) const TEAMS_OPEN: &str = t!("Open Teams channel");
pub(super) const TEAMS_REMOVED: &str =
    t!("The connection was removed, which cannot be reversed. Ask your service delivery manager.");
pub(super) const TEAMS_OFF_TITLE: &str = t!("Remove Defender Experts from Teams?");
pub(super) const TEAMS_OFF: &str = t!("Save and remove");

/// The state of the connection, and whether it is still changing.
pub(super) fn teams_state(state: &str) -> String {
    match state {
        "off" => t!("Off").into(),
        "provisioning" => t!("Being set up…").into(),
        "on" => t!("Connected").into(),
        "disconnecting" => t!("Being removed…").into(),
        "removed" => t!("Removed for good").into(),
        "failed" => t!("Could not be set up").into(),
        other => other.to_owned(),
    }
}

/// What can be done about a failure.
pub(super) fn teams_failure(code: &str) -> &'static str {
    match code {
        "appBlocked" => t!(
            "Allow the app Defender Experts in the Teams admin center under Teams apps > Manage apps. It can take up to 24 hours to take effect; then save again."
        ),
        "channelArchived" => {
            t!("The channel was archived or deleted. Restore it in Teams, then save again.")
        }
        "groupCreationDisabled" => t!(
            "Your organization does not let apps create groups. Allow it in Microsoft Entra, then save again."
        ),
        _ => t!("Switch it off and on again, or ask your service delivery manager."),
    }
}

// What went wrong.
/// A write that did not end well: what happened, and what now.
pub(super) fn failed(error: &ApiError, sections: &Sections) -> (String, String) {
    match error {
        ApiError::Invalid {
            message, fields, ..
        } => {
            let named = fields.iter().map(|field| {
                let detail = &field.detail;
                match sections.culprit(&field.field) {
                    Some(name) => format!("{name}: {detail}"),
                    None => format!("{}: {detail}", field.field),
                }
            });
            let said = named.collect::<Vec<_>>().join("; ");
            let said = if said.is_empty() {
                message.clone()
            } else {
                said
            };
            let advice = t!("Nothing was saved. Mend it here and save again.");
            (
                t!("The service refused the settings").into(),
                format!("{said} {advice}"),
            )
        }
        ApiError::Forbidden { .. }
        | ApiError::SignedOut { .. }
        | ApiError::Busy { .. }
        | ApiError::NotConfigured { .. } => {
            let words = error.wording(WHAT);
            (words.title, words.advice)
        }
        ApiError::Conflict { message, .. } => (
            t!("Not saved").into(),
            t!("The service says: {message} What you filled in is kept here."),
        ),
        ApiError::Server { status, .. } => (
            NOT_KNOWN.into(),
            t!(
                "The service failed ({status}). What you filled in is kept; try again: it is compared with what is in force first, so nothing happens twice."
            ),
        ),
        _ => (NOT_KNOWN.into(), NO_ANSWER.into()),
    }
}

const NOT_KNOWN: &str = t!("It is not known whether this was saved");
const NO_ANSWER: &str = t!(
    "The answer of the service did not arrive or made no sense. What you filled in is kept; try again: it is compared with what is in force first, so nothing happens twice."
);

pub(super) fn added(count: usize) -> String {
    t!(count, "{count} group added", "{count} groups added")
}

pub(super) const IN_THE_LIST: &str = t!("Among the contacts");

/// What somebody found is, and their address.
pub(super) fn kind(kind: &str, detail: &str) -> String {
    match kind {
        "group" => t!("Team: {detail}"),
        _ => detail.to_owned(),
    }
}

/// Where something is announced to be wrong.
pub(super) const MEND: &str = t!("Mend this step");

/// `Mon 23 Nov`. The first day of 1970 was a Thursday.
pub(super) fn weekday(date: Day) -> String {
    let at = usize::try_from((date.0 + 3).rem_euclid(7)).unwrap_or_default();
    format!("{} {}", day(at), date.short())
}

pub(super) const TEAMS_REPLIES: &str =
    t!("The experts read replies to their own posts only, not what else is written in that team.");
