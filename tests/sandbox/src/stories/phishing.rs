//! Phishing: a credential page, then a mailbox rule that hides the traces, then consent to an app
//! that keeps access after the password is changed.

use super::{
    Alert, Indicator, Product, Scene, Story, Task,
    evidence::{self, Mail},
};

pub fn story(scene: &mut Scene) -> Story {
    let user = scene.user();
    let form = scene.pick(&[
        "Phishing led to mailbox rule for {}",
        "Mailbox of {} compromised after a phishing page",
        "Inbox rule and unfamiliar app after {} opened a phishing mail",
    ]);
    let name = form.replace("{}", user.name);
    tell(scene, user, name)
}

pub fn tell(scene: &mut Scene, user: &crate::tenant::cast::User, name: String) -> Story {
    let sender_at = scene.address();
    let session = scene.address();
    let domain = scene.domain();
    let page = format!("https://{domain}/contoso/sign-in");
    let sender = format!("no-reply@{domain}");
    let subject = scene.pick(&[
        "Your mailbox is almost full",
        "Shared document: Q3 supplier terms",
        "Voice message from an external caller",
        "Action needed: your payroll details",
    ]);
    let app = scene.pick(&[
        "Mail Organizer Plus",
        "PDF Quick Sign",
        "Calendar Assist 365",
        "Doc Merge Lite",
    ]);
    let rule = scene.pick(&["RSS", "..", "Archive 2", "zz"]);
    let (app_id, mail_id) = (scene.rng.guid(), scene.rng.guid());
    let read = scene.number(14, 240);
    let mail = Mail {
        id: &mail_id,
        subject,
        sender: &sender,
        to: user,
        from: &sender_at,
        url: &page,
    };

    let alerts = vec![
        Alert {
            title: "Email messages containing malicious URL removed after delivery".into(),
            description: format!(
                "A message to {} carried a link to a credential phishing page. It was delivered \
                    before the link was known to be malicious.",
                user.upn
            ),
            category: "InitialAccess",
            techniques: &["T1566.002"],
            product: Product::Office,
            severity: "informational",
            minute: 0,
            evidence: vec![
                evidence::message(&mail),
                evidence::url(&page, "malicious"),
                evidence::mailbox(user, "suspicious"),
            ],
        },
        Alert {
            title: "Unfamiliar sign-in properties".into(),
            description: format!(
                "{} signed in from {} in {}, an address and a browser never seen for this account.",
                user.upn, session.ip, session.land
            ),
            category: "InitialAccess",
            techniques: &["T1078.004"],
            product: Product::Entra,
            severity: "medium",
            minute: 11,
            evidence: vec![
                evidence::user(user, "suspicious", "compromised"),
                evidence::ip(&session, "malicious", "attacker"),
            ],
        },
        Alert {
            title: "Suspicious inbox manipulation rule".into(),
            description: format!(
                "A rule named \"{rule}\" was created that marks messages as read and moves them \
                    out of the inbox."
            ),
            category: "DefenseEvasion",
            techniques: &["T1564.008"],
            product: Product::CloudApps,
            severity: "medium",
            minute: 26,
            evidence: vec![
                evidence::user(user, "suspicious", "compromised"),
                evidence::mailbox(user, "suspicious"),
                evidence::ip(&session, "malicious", "attacker"),
                evidence::cloud_app("Microsoft Exchange Online", 20893),
            ],
        },
        Alert {
            title: "Suspicious OAuth app consent".into(),
            description: format!(
                "{} consented to \"{app}\", which asked for Mail.ReadWrite and offline access.",
                user.upn
            ),
            category: "Persistence",
            techniques: &["T1528", "T1098"],
            product: Product::AppGovernance,
            severity: "medium",
            minute: 41,
            evidence: vec![
                evidence::oauth_app(app, &app_id, "Unverified"),
                evidence::user(user, "suspicious", "compromised"),
            ],
        },
    ];

    let summary = format!(
        "## What happened\n\n\
         **{name}** ({title}) received a message with the subject *{subject}* from `{sender}` and \
         entered credentials on `{page}`. Eleven minutes later the account was used from `{ip}` \
         ({land}); the sign-in satisfied multifactor authentication with a token taken on the \
         same page.\n\n\
         The attacker then\n\n\
         - created an inbox rule called `{rule}` that hides replies mentioning *invoice*, \
         *payment* or *password*;\n\
         - opened {read} messages, most of them in threads with suppliers;\n\
         - consented to the app **{app}** (`{app_id}`), which keeps reading the mailbox even \
         after a password change.\n\n\
         ## Impact\n\n\
         We consider the content of the {read} opened messages known to the attacker. We found \
         **no** mail sent from the account and no sign-in to other applications. The pattern is \
         that of payment fraud in preparation: the hidden replies would have kept {given} from \
         noticing.\n\n\
         ## What we did\n\n\
         We reviewed the sign-ins of all recipients of the same message, removed the rule and \
         revoked the open sessions. One other person opened the page without entering anything.\n\n\
         ## What you need to do\n\n\
         The account stays usable for the attacker until the app is removed and the password is \
         changed. Please complete the actions below, the app first. If {given} recently received \
         changed bank details from a supplier, **verify them by telephone** before paying.",
        name = user.name,
        title = user.title,
        ip = session.ip,
        land = session.land,
        given = user.name.split(' ').next().unwrap_or(user.name),
    );

    Story {
        name,
        severity: "medium",
        description: format!(
            "Credential phishing against {} was followed by a hidden inbox rule \
            and consent to an unverified application.",
            user.upn
        ),
        classification: "truePositive",
        determination: "compromisedAccount",
        alerts,
        summary,
        devices: Vec::new(),
        indicators: vec![
            Indicator::new("url", page.clone(), "Credential phishing page"),
            Indicator::new("domain", domain, "Registered nine days before the message"),
            Indicator::new("ip", session.ip.clone(), "Sign-in with the stolen token"),
            Indicator::new("account", user.upn.clone(), "Compromised account"),
        ],
        timeline: vec![
            (
                0,
                format!("Message \"{subject}\" delivered to the inbox"),
                None,
            ),
            (6, "Credentials entered on the phishing page".into(), None),
            (11, format!("First sign-in from {}", session.ip), None),
            (26, format!("Inbox rule \"{rule}\" created"), None),
            (41, format!("Consent to \"{app}\" given"), None),
        ],
        tasks: vec![
            Task::did(
                "text",
                "Remove the inbox rule",
                "We deleted the rule and restored the \
                messages it had moved.",
            ),
            Task::did(
                "requireSignIn",
                format!("Revoke sessions of {}", user.name),
                "All refresh \
                tokens of the account were revoked.",
            )
            .user(user),
            Task::ask(
                format!("Remove the app {app} from your tenant"),
                "In the Entra admin \
                center open Enterprise applications, find the application and delete it. Deleting \
                it ends its access; blocking sign-in does not.",
            ),
            Task::ask_for(
                "softDeleteEmail",
                format!(
                    "Delete the message \"{subject}\" from all \
                mailboxes"
                ),
                "Soft-delete the message and its copies. Explorer lists the other \
                recipients under the network message id.",
            )
            .thing(mail_id, subject),
            Task::ask_for(
                "disableUser",
                format!(
                    "Disable the account of {} until the password is \
                changed",
                    user.name
                ),
                "Disable the account, set a new password with the user \
                present, register multifactor authentication anew, then enable it \
                again.",
            )
            .user(user),
        ],
        closing: format!(
            "The account of {} was secured: the rule and the application are gone, \
            the sessions were revoked and the password was changed. We watched the mailbox for a \
            day and saw nothing further.",
            user.name
        ),
        tags: &["Credential Phish"],
    }
}
