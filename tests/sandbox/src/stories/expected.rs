//! Informational, expected activity: real, but wanted.

use super::{Alert, Product, Scene, Story, closed, evidence, evidence::Mail};

const CLASS: &str = "informationalExpectedActivity";

pub fn penetration_test(scene: &mut Scene) -> Story {
    let (from, target) = (scene.cast.server("jump-01"), scene.server());
    let tester = scene.cast.user("Fatima Rahimi");
    let tool = scene.file("rubeus.exe", "C:\\Temp\\pt");
    closed(
        format!("Kerberoasting and relay attempts against {}", target.name),
        "high",
        (CLASS, "securityTesting"),
        vec![
            Alert {
                title: "Suspected Kerberos service ticket collection".into(),
                description: "An account asked for tickets of many services in a short \
                    time."
                    .into(),
                category: "CredentialAccess",
                techniques: &["T1558.003"],
                product: Product::Identity,
                severity: "high",
                minute: 0,
                evidence: vec![
                    evidence::device(from, "suspicious", "attacker"),
                    evidence::process(
                        &tool,
                        "rubeus.exe kerberoast \
                        /nowrap",
                        from,
                        tester,
                        "malicious",
                    ),
                    evidence::user(tester, "suspicious", "attacker"),
                ],
            },
            Alert {
                title: "Suspected relay of NTLM authentication".into(),
                description: "Credentials of one device were presented to another.".into(),
                category: "LateralMovement",
                techniques: &["T1557.001"],
                product: Product::Identity,
                severity: "medium",
                minute: 22,
                evidence: vec![evidence::device(target, "suspicious", "attacked")],
            },
        ],
        "This is the penetration test your security team announced to us for this week: the \
            source device, the account and the hours are those of the announcement, and your \
            contact confirmed it when we asked. We treated it as real until then. Two things \
            worth keeping from it: three service accounts still accept RC4, and SMB signing is \
            not required on the target. Closed as expected activity."
            .into(),
    )
}

pub fn business_application(scene: &mut Scene) -> Story {
    let server = scene.cast.server("app-erp-01");
    let owner = scene.cast.user("Lee Gu");
    let macro_file = scene.file("Dispo_Export.xlsm", "\\\\file-01\\logistics");
    closed(
        format!("Office macro starts scripts on {}", server.name),
        "medium",
        (CLASS, "lineOfBusinessApplication"),
        vec![Alert {
            title: "Office application ran suspicious commands".into(),
            description:
                "A spreadsheet started the script host with a command line built at run time."
                    .into(),
            category: "Execution",
            techniques: &["T1059.005"],
            product: Product::Endpoint,
            severity: "medium",
            minute: 0,
            evidence: vec![
                evidence::device(server, "suspicious", "contextual"),
                evidence::file(&macro_file, server, "suspicious"),
                evidence::user(owner, "noThreatsFound", "contextual"),
            ],
        }],
        format!(
            "The spreadsheet is your logistics export. It has run every night for at least a \
                year, unchanged since spring, and {} is its owner. What it does is unusual but \
                wanted. We recommend to sign the macro, so that it can be allowed by name and an \
                altered copy would still be reported.",
            owner.name
        ),
    )
}

pub fn phishing_drill(scene: &mut Scene) -> Story {
    let user = scene.user();
    let from = scene.address();
    let id = scene.rng.guid();
    let mail = Mail {
        id: &id,
        subject: "Parking permit: confirm your vehicle",
        sender: "facility@drill-training.example",
        to: user,
        from: &from,
        url: "https://drill-training.example/permit",
    };
    closed(
        format!("Phishing messages reported by {} and others", user.name),
        "informational",
        (CLASS, "securityTesting"),
        vec![Alert {
            title: "Email reported by user as malware or phish".into(),
            description: "Several people reported the same message within minutes.".into(),
            category: "InitialAccess",
            techniques: &["T1566.002"],
            product: Product::Office,
            severity: "informational",
            minute: 0,
            evidence: vec![
                evidence::message(&mail),
                evidence::mailbox(user, "noThreatsFound"),
            ],
        }],
        "The messages are those of your own awareness training; the sender and the links are \
            registered for it. Well done by everybody who reported them. Nothing else to \
            do."
        .into(),
    )
}

pub fn new_administrator(scene: &mut Scene) -> Story {
    let user = scene.user();
    let by = scene.cast.user("Fatima Rahimi");
    closed(
        format!("{} added to a privileged group", user.name),
        "low",
        (CLASS, "confirmedActivity"),
        vec![Alert {
            title: "Suspicious additions to sensitive groups".into(),
            description: format!("{} was added to Server Operators by {}.", user.upn, by.upn),
            category: "PrivilegeEscalation",
            techniques: &["T1098"],
            product: Product::Identity,
            severity: "low",
            minute: 0,
            evidence: vec![
                evidence::user(user, "noThreatsFound", "added"),
                evidence::user(by, "noThreatsFound", "contextual"),
            ],
        }],
        format!(
            "The change was made by {} from the usual workstation, an hour after the request was \
                approved. We asked whether the membership is meant to last, because groups of \
                this kind are better granted for hours than for good. Confirmed activity.",
            by.name
        ),
    )
}

pub fn backup_job(scene: &mut Scene) -> Story {
    let server = scene.server();
    let admin = scene.cast.user("Jonas Weber");
    let tool = scene.file("vssadmin.exe", "C:\\Windows\\System32");
    closed(
        format!("Shadow copies deleted on {}", server.name),
        "medium",
        (CLASS, "lineOfBusinessApplication"),
        vec![Alert {
            title: "File backups were deleted".into(),
            description: "Shadow copies were removed, as ransomware does before it encrypts."
                .into(),
            category: "Impact",
            techniques: &["T1490"],
            product: Product::Endpoint,
            severity: "medium",
            minute: 0,
            evidence: vec![
                evidence::device(server, "noThreatsFound", "contextual"),
                evidence::process(
                    &tool,
                    "vssadmin delete shadows /for=E: /oldest",
                    server,
                    admin,
                    "suspicious",
                ),
            ],
        }],
        format!(
            "The backup agent on {} removes its oldest copy when the volume fills up. Parent \
                process, account and schedule are those of the agent, the other copies are in \
                place, and last night's backup is complete. Expected; we would rather see the \
                volume enlarged than the alert suppressed.",
            server.name
        ),
    )
}

pub fn deployment(scene: &mut Scene) -> Story {
    let server = scene.cast.server("dc-01");
    let admin = scene.cast.user("Fatima Rahimi");
    let count = scene.number(12, 140);
    let shell = scene.file(
        "powershell.exe",
        "C:\\Windows\\System32\\WindowsPowerShell\\v1.0",
    );
    let package = scene.pick(&[
        "a printer driver",
        "new root certificates",
        "the VPN client",
        "a firewall policy",
    ]);
    closed(
        format!("Encoded PowerShell on {count} devices"),
        scene.pick(&["medium", "low"]),
        (CLASS, "confirmedActivity"),
        vec![Alert {
            title: "Suspicious PowerShell command line".into(),
            description:
                "An encoded command was started through a scheduled task created by policy.".into(),
            category: "Execution",
            techniques: &["T1059.001", "T1053.005"],
            product: Product::Endpoint,
            severity: "medium",
            minute: 0,
            evidence: vec![
                evidence::device(server, "noThreatsFound", "source"),
                evidence::process(
                    &shell,
                    "powershell.exe -NonInteractive -enc SQBuAHMAdABhAGwAbAA=",
                    server,
                    admin,
                    "suspicious",
                ),
                evidence::user(admin, "noThreatsFound", "contextual"),
            ],
        }],
        format!(
            "The command installs {package} and was rolled out by {} through group policy to \
                {count} devices this morning. Decoded, it contains nothing else. Confirmed as \
                planned. Signed scripts instead of encoded commands would spare both of us the \
                question next time.",
            admin.name
        ),
    )
}
