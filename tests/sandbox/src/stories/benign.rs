//! False positives: what looked like an attack and was not.

use super::{Alert, Product, Scene, Story, evidence};

pub fn admin_tool(scene: &mut Scene) -> Story {
    let admin = scene.cast.user("Marek Zielinski");
    let (from, to) = (scene.cast.server("jump-01"), scene.server());
    let tool = scene.file("PSEXESVC.exe", "C:\\Windows");
    let ticket = scene.number(10_400, 19_900);
    let command = format!(
        "PsExec64.exe \\\\{} -s powershell Restart-Service Spooler",
        to.name
    );
    harmless(
        format!("PsExec service installed on {}", to.name),
        "medium",
        "notMalicious",
        vec![Alert {
            title: "Suspicious remote service creation".into(),
            description: "A service that runs commands for a remote administrator was created."
                .into(),
            category: "LateralMovement",
            techniques: &["T1569.002", "T1021.002"],
            product: Product::Endpoint,
            severity: "medium",
            minute: 0,
            evidence: vec![
                evidence::device(from, "noThreatsFound", "source"),
                evidence::device(to, "noThreatsFound", "destination"),
                evidence::process(&tool, &command, to, admin, "noThreatsFound"),
                evidence::user(admin, "noThreatsFound", "contextual"),
            ],
        }],
        format!(
            "We looked at this because PsExec is used by attackers as well. Here it was started \
                by {} from the jump host, in working hours, to restart the print service, and the \
                change is recorded under CHG{ticket}. The account, its origin and the command \
                agree with earlier use. We close the incident as a false positive. If you do not \
                want to see these alerts, a suppression rule for the jump host is enough; we can \
                propose one.",
            admin.name
        ),
    )
}

pub fn travel(scene: &mut Scene) -> Story {
    let user = scene.user();
    let (home, away) = (scene.address(), scene.address());
    harmless(
        format!("Impossible travel activity of {}", user.name),
        "medium",
        "notMalicious",
        vec![Alert {
            title: "Impossible travel activity".into(),
            description: format!(
                "{} signed in from {} and, 24 minutes later, from {}.",
                user.upn, home.city, away.city
            ),
            category: "InitialAccess",
            techniques: &["T1078"],
            product: Product::CloudApps,
            severity: "medium",
            minute: 0,
            evidence: vec![
                evidence::user(user, "noThreatsFound", "contextual"),
                evidence::ip(&home, "noThreatsFound", "source"),
                evidence::ip(&away, "noThreatsFound", "source"),
            ],
        }],
        format!(
            "The second address, {}, belongs to the exit of a mobile provider's network, which \
                many of your colleagues use as well. Device, browser and token are the ones the \
                person has had for months, and multifactor authentication was answered on the \
                registered phone. Nothing in the mailbox or the files was touched in an unusual \
                way. False positive.",
            away.ip
        ),
    )
}

pub fn installer(scene: &mut Scene) -> Story {
    let user = scene.user();
    let laptop = scene.machine_of(user);
    let product = scene.pick(&[
        "label printer driver",
        "tax software update",
        "measuring device toolkit",
    ]);
    let file = scene.file("is-0K3TU.tmp", "C:\\Users\\Public\\Temp");
    harmless(
        format!(
            "Suspicious file launched by an installer on {}",
            laptop.name
        ),
        "low",
        "notMalicious",
        vec![Alert {
            title: "An uncommon file was created and added to a Run key".into(),
            description: "A rarely seen program made itself start with Windows.".into(),
            category: "Persistence",
            techniques: &["T1547.001"],
            product: Product::Endpoint,
            severity: "low",
            minute: 0,
            evidence: vec![
                evidence::device(laptop, "noThreatsFound", "contextual"),
                evidence::file(&file, laptop, "noThreatsFound"),
                evidence::registry(
                    "SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Run",
                    "Updater",
                    "C:\\Program Files\\Updater\\upd.exe",
                    laptop,
                ),
            ],
        }],
        format!(
            "The file belongs to a {product} which {} installed from the vendor's site. It is \
                signed, the signature is valid and its behaviour is what the vendor describes. \
                The alert came up because few customers have this version. False positive; the \
                detection's owners were told.",
            user.name
        ),
    )
}

pub fn scanner(scene: &mut Scene) -> Story {
    let server = scene.server();
    let source = scene.address();
    harmless(
        format!("Multiple failed connections to {}", server.name),
        "low",
        "notEnoughDataToValidate",
        vec![Alert {
            title: "Network connections to many ports".into(),
            description: "One source tried many ports of the device within seconds.".into(),
            category: "Discovery",
            techniques: &["T1046"],
            product: Product::Identity,
            severity: "low",
            minute: 0,
            evidence: vec![
                evidence::device(server, "noThreatsFound", "attacked"),
                evidence::ip(&source, "unknown", "source"),
            ],
        }],
        "Ports were tried for eleven seconds, all connections were refused, and nothing followed \
            within the next days. The address resolves to a shared service whose user cannot be \
            found out. There is too little to call it an attack, and nothing that asks for \
            action. We close it and keep the address on watch."
            .into(),
    )
}

pub fn sync_client(scene: &mut Scene) -> Story {
    let user = scene.user();
    let laptop = scene.machine_of(user);
    let count = scene.number(900, 7800);
    harmless(
        format!("Unusual number of files read by {}", user.name),
        "low",
        "notMalicious",
        vec![Alert {
            title: "Mass download by a single user".into(),
            description: format!("{} read {count} files within an hour.", user.upn),
            category: "Exfiltration",
            techniques: &["T1530"],
            product: Product::CloudApps,
            severity: "low",
            minute: 0,
            evidence: vec![
                evidence::user(user, "noThreatsFound", "contextual"),
                evidence::device(laptop, "noThreatsFound", "contextual"),
                evidence::cloud_app("Microsoft OneDrive for Business", 15600),
            ],
        }],
        format!(
            "{} was given a new device, {}, and the sync client fetched the person's own library \
                in one go. All files went to this managed device, none left it. False positive.",
            user.name, laptop.name
        ),
    )
}

pub fn test_string(scene: &mut Scene) -> Story {
    let developer = scene.cast.user("Henrietta Mueller");
    let server = scene.cast.server("build-02");
    let tool = scene.file("detection_tests.exe", "D:\\agent\\_work\\17\\s\\bin");
    harmless(
        format!("Credential theft tool reported on {}", server.name),
        "medium",
        "notMalicious",
        vec![Alert {
            title: "'HackTool' was detected".into(),
            description: "A file carries strings known from a credential theft tool.".into(),
            category: "CredentialAccess",
            techniques: &["T1003"],
            product: Product::Antivirus,
            severity: "medium",
            minute: 0,
            evidence: vec![
                evidence::device(server, "noThreatsFound", "contextual"),
                evidence::file(&tool, server, "suspicious"),
                evidence::user(developer, "noThreatsFound", "contextual"),
            ],
        }],
        format!(
            "The program is a set of unit tests which {} maintains: it holds the tool's strings \
                to check that your own log parser finds them, and none of its code. It is built \
                on this server every night. False positive; an exclusion for this one path would \
                keep the build from being interrupted.",
            developer.name
        ),
    )
}

fn harmless(
    name: String,
    severity: &'static str,
    determination: &'static str,
    alerts: Vec<Alert>,
    closing: String,
) -> Story {
    super::closed(
        name,
        severity,
        ("falsePositive", determination),
        alerts,
        closing,
    )
}
