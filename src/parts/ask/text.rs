//! Words of the dialog.

use crate::domain::conversation::Subject;
use lexicon::t;

pub(super) const PURPOSES: &str = t!("Consult an expert to:");
pub(super) const PURPOSE: [&str; 3] = [
    t!("Gather additional information on alerts and incidents, including root causes and scope."),
    t!(
        "Gain clarity into suspicious devices, alerts, or incidents and get the next steps if faced with an advanced attacker."
    ),
    t!(
        "Determine risks and available protections related to activity groups, campaigns, or emerging attacker techniques."
    ),
];
pub(super) const URGENCY: &str = t!(
    "Ask Defender Experts is not a security incident response service. In an emergency turn to your own security incident response team; if you have none, create a support request in the Premier Services Hub."
);
pub(super) const TOPIC: &str = t!("Inquiry topic");
pub(super) const QUESTION: &str = t!("Your question");
pub(super) const QUESTION_HINT: &str =
    t!("Enough context to start. Ctrl+Enter sends. The draft is kept on this device.");
pub(super) const CONTACTS: &str = t!("Contacts to notify");
pub(super) const CONTACTS_HINT: &str =
    t!("They get a mail when an answer is posted. A name of your directory, or a mail address.");
pub(super) const REMOVE_CONTEXT: &str = t!("Remove context");
pub(super) const SEND: &str = t!("Send question");
pub(super) const CANCEL: &str = t!("Cancel");
pub(super) const WAIT: &str = t!("Wait until the question is kept on this device.");
pub(super) const DONE: &str = t!("Close");
pub(super) const ANOTHER: &str = t!("Ask another question");
pub(super) const BACK: &str = t!("Edit the question");
pub(super) const SENT: &str = t!("Your question has been sent.");
pub(super) const UNDER_WAY: &str =
    t!("Your question is kept on this device and is sent once, as soon as it can be.");
pub(super) const REFUSED: &str = t!("The service refused the question.");
pub(super) const FOLLOW: &str =
    t!("Follow it in Defender Experts messages, where the answer is posted.");
pub(super) const OPEN_INQUIRY: &str = t!("Open the inquiry");
pub(super) const MESSAGES: &str = t!("Defender Experts messages");
pub(super) const NOT_CONFIGURED: &str = t!(
    "This deployment has no Experts API. An administrator can set its address, expertsBaseUrl, in config.json."
);
pub(super) const NOT_OFFERED: &str = t!("Your service does not offer Ask Defender Experts.");
pub(super) const NO_CREDITS: &str =
    t!("No inquiries are left in this quarter. The service may refuse the question.");
pub(super) const MAY_NOT: &str = t!("Your role may not ask.");
pub(super) const WHO_MAY: &str =
    t!("Security Reader, Security Operator or an administrator can ask.");
pub(super) const TOO_MANY: &str = t!("At most 10 contacts are notified.");

/// What is asked about, on its chip.
pub(super) fn context(about: &Subject) -> String {
    let (id, name) = (&about.id, &about.name);
    let named = |words: String| match name.as_str() {
        "" => words,
        name => format!("{words}: {name}"),
    };
    match about.kind.as_str() {
        "incident" => named(t!("Incident {id}")),
        "alert" => named(t!("Alert {id}")),
        "device" => match name.as_str() {
            "" => t!("Device {id}"),
            name => t!("Device {name}"),
        },
        "user" => t!("User {name}"),
        _ => String::new(),
    }
}

pub(super) fn credits(left: i64, granted: i64, rolled: i64) -> String {
    let count = usize::try_from(left).unwrap_or_default();
    let left = t!(
        count,
        "{count} inquiry left this quarter",
        "{count} inquiries left this quarter"
    );
    match rolled {
        0 => t!("{left} ({granted} granted)."),
        rolled => t!("{left} ({granted} granted, {rolled} rolled over)."),
    }
}

pub(super) fn rolls_over(at: &str) -> String {
    t!("Unused ones roll over on {at}.")
}

pub(super) fn expires(at: &str) -> String {
    t!("They expire on {at}.")
}
