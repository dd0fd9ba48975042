//! Small matters outside the experts' scope, which the customer's own people close.

use super::{Alert, Product, Scene, Story, closed, evidence, evidence::Mail};

pub fn blocked_malware(scene: &mut Scene) -> Story {
    let user = scene.user();
    let laptop = scene.machine_of(user);
    let kind = scene.pick(&["Wacatac", "Phonzy", "Sabsik", "Tnega"]);
    let file = scene.file(
        "order_details.iso",
        &format!("C:\\Users\\{}\\Downloads", user.account),
    );
    closed(
        format!("'{kind}' malware was prevented on {}", laptop.name),
        scene.pick(&["low", "informational"]),
        ("truePositive", "malware"),
        vec![Alert {
            title: format!("'{kind}' malware was prevented"),
            description: "Antivirus removed the file when it was written. It was not opened."
                .into(),
            category: "Malware",
            techniques: &["T1204.002"],
            product: Product::Antivirus,
            severity: "informational",
            minute: 0,
            evidence: vec![
                evidence::device(laptop, "noThreatsFound", "contextual"),
                evidence::file(&file, laptop, "malicious"),
            ],
        }],
        "Removed by antivirus, device scanned, user informed.".into(),
    )
}

pub fn unwanted_software(scene: &mut Scene) -> Story {
    let user = scene.user();
    let laptop = scene.machine_of(user);
    let product = scene.pick(&[
        "a toolbar",
        "a torrent client",
        "a coin miner in a browser extension",
        "a registry cleaner",
    ]);
    let file = scene.file("bundle_setup.exe", "C:\\Users\\Public\\Downloads");
    closed(
        format!("Unwanted software on {}", laptop.name),
        "low",
        ("truePositive", "unwantedSoftware"),
        vec![Alert {
            title: "An active potentially unwanted application was detected".into(),
            description: format!("The device has {product}."),
            category: "UnwantedSoftware",
            techniques: &[],
            product: Product::Antivirus,
            severity: "low",
            minute: 0,
            evidence: vec![
                evidence::device(laptop, "noThreatsFound", "contextual"),
                evidence::file(&file, laptop, "suspicious"),
                evidence::user(user, "noThreatsFound", "contextual"),
            ],
        }],
        "Uninstalled with the user on the phone.".into(),
    )
}

pub fn reported_mail(scene: &mut Scene) -> Story {
    let user = scene.user();
    let from = scene.address();
    let domain = scene.domain();
    let id = scene.rng.guid();
    // Senders write what they like, markup, formulas and reversed text among it.
    let subject = scene.pick(&[
        "Invoice overdue",
        "Parcel could not be delivered",
        "Invitation to tender",
        "Salary adjustment 2026",
        "<b>URGENT</b> transfer <script>alert(1)</script>",
        "=HYPERLINK(\"http://pay.example\",\"open\")",
        "Statement_\u{202e}fdp.exe",
    ]);
    let url = format!("https://{domain}/view");
    let mail = Mail {
        id: &id,
        subject,
        sender: &format!("info@{domain}"),
        to: user,
        from: &from,
        url: &url,
    };
    closed(
        format!("Email reported by {}: {subject}", user.name),
        scene.pick(&["low", "informational"]),
        scene.pick(&[
            ("truePositive", "phishing"),
            ("falsePositive", "notMalicious"),
        ]),
        vec![Alert {
            title: "Email reported by user as malware or phish".into(),
            description: format!("The message \"{subject}\" was reported from the inbox."),
            category: "InitialAccess",
            techniques: &["T1566"],
            product: Product::Office,
            severity: "low",
            minute: 0,
            evidence: vec![
                evidence::message(&mail),
                evidence::url(&url, "suspicious"),
                evidence::mailbox(user, "noThreatsFound"),
            ],
        }],
        "Checked and answered to the reporter.".into(),
    )
}
