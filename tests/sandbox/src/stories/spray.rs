//! Password spray: one password tried on many accounts until one gives way, then a look around.

use super::{Alert, Indicator, Product, Scene, Story, Task, evidence};

pub fn story(scene: &mut Scene) -> Story {
    let user = scene.user();
    let from = scene.address();
    let second = scene.address();
    let tried = scene.number(38, 310);
    let protocol = scene.pick(&[
        "IMAP",
        "Exchange ActiveSync",
        "the Azure command line",
        "Exchange Web Services",
    ]);
    let factor = scene.pick(&[
        "an app password was still allowed for this account",
        "the account was in the group excluded from multifactor authentication",
        "the protocol does not ask for a second factor",
    ]);
    let name = format!(
        "Password spray against {tried} accounts, {} compromised",
        user.name
    );
    let alerts = vec![
        Alert {
            title: "Password spray".into(),
            description: format!(
                "{tried} accounts received one or two failed sign-ins each \
                within 50 minutes from {}.",
                from.ip
            ),
            category: "CredentialAccess",
            techniques: &["T1110.003"],
            product: Product::Entra,
            severity: "high",
            minute: 0,
            evidence: vec![
                evidence::user(user, "suspicious", "attacked"),
                evidence::ip(&from, "malicious", "attacker"),
            ],
        },
        Alert {
            title: "Successful sign-in after password spray".into(),
            description: format!(
                "{} signed in through {protocol} from the spraying \
                address.",
                user.upn
            ),
            category: "InitialAccess",
            techniques: &["T1078.004"],
            product: Product::Entra,
            severity: "high",
            minute: 47,
            evidence: vec![
                evidence::user(user, "suspicious", "compromised"),
                evidence::ip(&from, "malicious", "attacker"),
            ],
        },
        Alert {
            title: "Suspicious directory reconnaissance".into(),
            description: "The address list and the members of administrative groups were read \
                shortly after an unusual sign-in."
                .into(),
            category: "Discovery",
            techniques: &["T1087.004", "T1069.003"],
            product: Product::CloudApps,
            severity: "medium",
            minute: 58,
            evidence: vec![
                evidence::user(user, "suspicious", "compromised"),
                evidence::ip(&second, "suspicious", "source"),
                evidence::cloud_app("Microsoft Azure", 12260),
            ],
        },
    ];
    let summary = format!(
        "## What happened\n\n\
         From `{first}` ({land}) one password after another was tried on **{tried} accounts**, \
         slowly enough to stay below the lockout threshold. For **{name}** it was right: after 47 \
         minutes the account was opened through {protocol}. There {factor}.\n\n\
         Eleven minutes later a second address, `{second}`, read the address list and the members \
         of `Privileged Role Administrators`. That is a different tool and probably a different \
         person: access of this kind is sold.\n\n\
         ## Impact\n\n\
         - **One** account is compromised. {tried} accounts are known to the attacker to exist.\n\
         - No mail was sent, no file was opened, no permission was changed.\n\
         - Accounts with the same weak password that were not tried yet are at risk.\n\n\
         ## What we did\n\n\
         We revoked the sessions of the account, marked it as compromised so that your risk \
         policies apply, and checked the sign-ins of all {tried} accounts for the following 24 \
         hours.\n\n\
         ## What you need to do\n\n\
         Change the password with the user, and **close the way in**: legacy protocols should be \
         blocked by conditional access for everybody. Until then the spray can be repeated with \
         the next password.",
        first = from.ip,
        land = from.land,
        name = user.name,
        second = second.ip,
    );
    Story {
        name,
        severity: "medium",
        description: format!(
            "A password spray from {} succeeded for {}.",
            from.ip, user.upn
        ),
        classification: "truePositive",
        determination: "compromisedAccount",
        alerts,
        summary,
        devices: Vec::new(),
        indicators: vec![
            Indicator::new("ip", from.ip.clone(), "Source of the spray"),
            Indicator::new("ip", second.ip.clone(), "Used the account afterwards"),
            Indicator::new("account", user.upn.clone(), "Compromised account"),
        ],
        timeline: vec![
            (0, "First failed sign-ins of the series".into(), None),
            (47, format!("Successful sign-in through {protocol}"), None),
            (58, "Directory read from the second address".into(), None),
        ],
        tasks: vec![
            Task::did(
                "requireSignIn",
                format!("Revoke sessions of {}", user.name),
                "All refresh \
                tokens were revoked.",
            )
            .user(user),
            Task::did(
                "markUserAsCompromised",
                format!("Mark {} as compromised", user.name),
                "The \
                account now has high user risk.",
            )
            .user(user),
            Task::ask_for(
                "forceUserPasswordReset",
                format!(
                    "Have {} change the \
                password",
                    user.name
                ),
                "Require a change at the next sign-in, or set a temporary \
                password and hand it over in person.",
            )
            .user(user),
            Task::ask(
                "Block legacy authentication by conditional access",
                "Create a policy that \
                blocks Exchange ActiveSync and other clients for all users. Start in report-only \
                mode if you do not know who still uses them.",
            ),
            Task::ask(
                "Check the exclusions of your multifactor policy",
                "The group excluded from \
                multifactor authentication should be empty but for emergency accounts.",
            ),
        ],
        closing: format!(
            "The account of {} has a new password and no sessions from before. The \
            series of failed sign-ins ended the same day.",
            user.name
        ),
        tags: &["Password Spray"],
    }
}
