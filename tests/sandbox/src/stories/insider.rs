//! Somebody from inside takes data along: mass download, then a copy to a private place.

use super::{Alert, Indicator, Product, Scene, Story, Task, evidence, part};

pub fn story(scene: &mut Scene) -> Story {
    let user = scene.user();
    let laptop = scene.machine_of(user);
    let home = scene.address();
    let count = scene.number(740, 6200);
    let gigabytes = scene.number(2, 38);
    let site = scene.pick(&[
        "Product design",
        "Customer contracts",
        "Pricing and margins",
        "Tender archive",
    ]);
    let place = scene.pick(&[
        "a private cloud storage account",
        "a USB drive",
        "a personal mail account",
    ]);
    let archive = scene.file(
        "backup_private.7z",
        &format!("C:\\Users\\{}\\Documents", user.account),
    );
    let name = format!("Mass download from \"{site}\" by {}", user.name);
    let severity = scene.pick(&["medium", "medium", "low"]);
    let alerts = vec![
        Alert {
            title: "Mass download by a single user".into(),
            description: format!(
                "{} downloaded {count} files within two hours, more than in the six months before.",
                user.upn
            ),
            category: "Exfiltration",
            techniques: &["T1530"],
            product: Product::CloudApps,
            severity: "medium",
            minute: 0,
            evidence: vec![
                evidence::user(user, "suspicious", "policyViolator"),
                evidence::ip(&home, "unknown", "source"),
                evidence::cloud_app("Microsoft SharePoint Online", 20892),
            ],
        },
        Alert {
            title: "Sensitive files compressed and copied".into(),
            description: format!(
                "A password-protected archive of {gigabytes} GB was written on {} and copied to \
                    {place}.",
                laptop.name
            ),
            category: "Collection",
            techniques: &["T1560.001", "T1052.001"],
            product: Product::Endpoint,
            severity,
            minute: 73,
            evidence: vec![
                evidence::device(laptop, "suspicious", "source"),
                evidence::file(&archive, laptop, "suspicious"),
                evidence::user(user, "suspicious", "policyViolator"),
            ],
        },
    ];
    let summary = format!(
        "## What happened\n\n\
         **{name}** ({title}) downloaded **{count} files** from the site *{site}* within two \
         hours, packed them with `7z -p` into `{file}` ({gigabytes} GB) and copied the archive to \
         {place}. The sign-in was the person's own, from the device and the address they use \
         every evening; we see **no sign of a stolen account**.\n\n\
         ## Impact\n\n\
         - The site is labelled *Confidential*. {third} of the files carry that label themselves.\n\
         - The archive left the device at the end of the second hour. What became of it \
         afterwards we cannot see.\n\n\
         ## What we did\n\n\
         We preserved the list of files and the device's timeline. We did **not** contact the \
         user and did not touch the account: whether there is an agreement, a notice period or an \
         investigation is not ours to know.\n\n\
         ## What you need to do\n\n\
         Please involve HR and legal before anything else. If the download was agreed, mark the \
         incident as expected activity. If it was not, the steps below limit what can still be \
         taken.",
        name = user.name,
        title = user.title,
        file = archive.name,
        third = count / 3,
    );
    Story {
        name,
        severity,
        description: format!(
            "{} downloaded {count} files from a confidential site and moved them \
            out of reach.",
            user.upn
        ),
        classification: "truePositive",
        determination: "maliciousUserActivity",
        alerts,
        summary,
        devices: vec![part(laptop, "Archive written and copied")],
        indicators: vec![
            Indicator::new("account", user.upn.clone(), "Downloaded the files"),
            Indicator::new("sha256", archive.sha256.clone(), "Archive"),
        ],
        timeline: vec![
            (0, "First of the downloads".into(), None),
            (
                73,
                format!("Archive of {gigabytes} GB written"),
                Some(laptop.name.clone()),
            ),
            (
                96,
                format!("Archive copied to {place}"),
                Some(laptop.name.clone()),
            ),
        ],
        tasks: vec![
            Task::did(
                "collectInvestigationPackage",
                format!(
                    "Collect investigation package from \
                {}",
                    laptop.name
                ),
                "Taken before the device is used further.",
            )
            .on(laptop),
            Task::ask(
                "Clarify with HR and legal",
                "Find out whether the download was agreed. Do \
                not speak to the user before they advise you.",
            ),
            Task::ask_for(
                "disableUser",
                format!("Disable the account of {}", user.name),
                "Only \
                after HR and legal agree. It ends access to mail, files and the device's cloud \
                services.",
            )
            .user(user),
            Task::ask_for(
                "isolateDevice",
                format!("Isolate device {}", laptop.name),
                "Keeps the \
                archive on the device from being copied again.",
            )
            .on(laptop),
        ],
        closing: format!(
            "The customer clarified the matter with {} and closed it \
            internally.",
            user.name
        ),
        tags: &["Data exfiltration"],
    }
}
