//! An information stealer: a search result, a fake download, browser secrets on their way out.

use super::{Alert, Indicator, Product, Scene, Story, Task, evidence, part};
use crate::tenant::cast::User;

pub fn story(scene: &mut Scene) -> Story {
    let user = scene.user();
    tell(scene, user)
}

pub fn tell(scene: &mut Scene, user: &User) -> Story {
    let laptop = scene.machine_of(user);
    let sink = scene.address();
    let domain = scene.domain();
    let product = scene.pick(&[
        "PDF converter",
        "video editor",
        "remote desktop client",
        "screen recorder",
    ]);
    let setup = scene.file(
        "Setup_x64.exe",
        &format!("C:\\Users\\{}\\Downloads", user.account),
    );
    let url = format!("https://{domain}/download");
    let minutes = scene.number(2, 9);
    let command = format!("\"{}\\{}\" /silent", setup.path, setup.name);
    let name = scene
        .pick(&[
            "Information stealer on {}",
            "Browser credentials read on {}",
        ])
        .replace("{}", &laptop.name);
    let severity = scene.pick(&["high", "medium"]);
    let alerts = vec![
        Alert {
            title: "Suspicious download from an unknown site".into(),
            description: format!(
                "A program presented as a {product} was downloaded from a site registered this \
                    week."
            ),
            category: "InitialAccess",
            techniques: &["T1189", "T1204.002"],
            product: Product::Endpoint,
            severity: "low",
            minute: 0,
            evidence: vec![
                evidence::device(laptop, "suspicious", "compromised"),
                evidence::file(&setup, laptop, "malicious"),
                evidence::url(&url, "malicious"),
            ],
        },
        Alert {
            title: "Possible theft of passwords and other sensitive web browser information".into(),
            description:
                "A process that is not a browser opened the browsers' password and cookie stores."
                    .into(),
            category: "CredentialAccess",
            techniques: &["T1555.003", "T1539"],
            product: Product::Endpoint,
            severity: "high",
            minute: minutes,
            evidence: vec![
                evidence::device(laptop, "suspicious", "compromised"),
                evidence::process(&setup, &command, laptop, user, "malicious"),
                evidence::user(user, "suspicious", "compromised"),
            ],
        },
        Alert {
            title: "Connection to a suspected collection server".into(),
            description: format!(
                "About 900 kB were sent to {} right after the stores were read.",
                sink.ip
            ),
            category: "Exfiltration",
            techniques: &["T1041"],
            product: Product::Xdr,
            severity: "medium",
            minute: minutes + 1,
            evidence: vec![
                evidence::device(laptop, "suspicious", "compromised"),
                evidence::ip(&sink, "malicious", "destination"),
            ],
        },
    ];
    let summary = format!(
        "## What happened\n\n\
         Looking for a {product}, **{user}** chose an advertisement above the search results and \
         ran `{file}` from `{url}`. Within {minutes} minutes the program had read the saved \
         passwords and cookies of two browsers and sent about 900 kB to `{ip}`.\n\n\
         It left nothing behind to start again: it takes what it finds and ends.\n\n\
         ## Impact\n\n\
         - **Every password saved in a browser on {device}** must be regarded as known, private \
         ones too.\n\
         - Cookies give access without password or second factor for as long as their sessions \
         last.\n\
         - We saw no use of the stolen data so far. It is usually sold within a day or two.\n\n\
         ## What we did\n\n\
         The domain and the file are blocked in your tenant. We revoked the user's sessions, \
         which makes the stolen cookies of Microsoft services worthless. Cookies of other \
         services are **not** covered by that.\n\n\
         ## What you need to do\n\n\
         Reset the user's password, quarantine the program, and have the user change the \
         passwords of all other services that were saved, **from another device**. Restricting \
         app execution keeps a second attempt from starting until the device is set up anew.",
        user = user.name,
        file = setup.name,
        ip = sink.ip,
        device = laptop.name,
    );
    Story {
        name,
        severity,
        description: format!(
            "A fake {product} read saved passwords and cookies on {} and sent them out.",
            laptop.name
        ),
        classification: "truePositive",
        determination: "malware",
        alerts,
        summary,
        devices: vec![part(laptop, "Stealer ran here")],
        indicators: vec![
            Indicator::new("sha256", setup.sha256.clone(), "Stealer"),
            Indicator::new("url", url, "Download page"),
            Indicator::new("domain", domain, "Advertised site"),
            Indicator::new("ip", sink.ip.clone(), "Collection server"),
        ],
        timeline: vec![
            (
                0,
                format!("{} downloaded", setup.name),
                Some(laptop.name.clone()),
            ),
            (
                minutes,
                "Password and cookie stores read".into(),
                Some(laptop.name.clone()),
            ),
            (
                minutes + 1,
                "Data sent out".into(),
                Some(laptop.name.clone()),
            ),
        ],
        tasks: vec![
            Task::did(
                "submitIocRule",
                "Block the program and its site",
                "Hash and domain are blocked in the tenant.",
            )
            .thing(setup.sha1.clone(), setup.name.clone()),
            Task::did(
                "requireSignIn",
                format!("Revoke sessions of {}", user.name),
                "Stolen cookies of Microsoft services no longer work.",
            )
            .user(user),
            Task::ask_for(
                "stopAndQuarantineFile",
                format!("Quarantine file {}", setup.name),
                "Removes the program from the downloads folder.",
            )
            .file(&setup, laptop),
            Task::ask_for(
                "restrictAppExecution",
                format!("Restrict app execution on {}", laptop.name),
                "Until the device is set up anew.",
            )
            .on(laptop),
            Task::ask(
                format!("Have {} change all saved passwords", user.name),
                "From another device, beginning with mail and banking. The list of saved sites is \
                    in the browser's password manager.",
            ),
        ],
        closing: format!(
            "{} was set up anew and the passwords were changed. None of the stolen sessions was \
                used.",
            laptop.name
        ),
        tags: &[],
    }
}
