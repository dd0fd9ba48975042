//! Incidents that are in every tenant, so that demonstrations and tests know what they will find.

use super::{
    Alert, Indicator, Product, Scene, Story, Task, benign, evidence, part, phishing, ransomware,
    stealer,
};

/// How far a showcase incident has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    Awaiting,
    Investigating,
    Dismissed,
    /// Merged into the showcase incident of this name.
    MergedInto(&'static str),
}

pub struct Fixed {
    pub name: &'static str,
    pub stage: Stage,
    /// Minutes since it was created and, for those with a conclusion, until the experts had it.
    pub age: i64,
    pub concluded_after: i64,
    pub tell: fn(&mut Scene) -> Story,
}

pub const ALL: [Fixed; 6] = [
    Fixed {
        name: "ransomware",
        stage: Stage::Awaiting,
        age: 5 * 60 + 13,
        concluded_after: 96,
        tell: ransomware::on_prod_sql,
    },
    Fixed {
        name: "phishing",
        stage: Stage::Awaiting,
        age: 27 * 60,
        concluded_after: 131,
        tell: phishing_of_megan,
    },
    Fixed {
        name: "release",
        stage: Stage::Awaiting,
        age: 51 * 60,
        concluded_after: 22 * 60,
        tell: release,
    },
    Fixed {
        name: "investigating",
        stage: Stage::Investigating,
        age: 38,
        concluded_after: 0,
        tell: under_investigation,
    },
    Fixed {
        name: "falsePositive",
        stage: Stage::Dismissed,
        age: 44 * 60,
        concluded_after: 74,
        tell: benign::admin_tool,
    },
    Fixed {
        name: "redirected",
        stage: Stage::MergedInto("ransomware"),
        age: 5 * 60 + 31,
        concluded_after: 0,
        tell: merged,
    },
];

fn phishing_of_megan(scene: &mut Scene) -> Story {
    let megan = scene.cast.user("Megan Bowen");
    let name = "Phishing led to inbox rule and OAuth consent for Megan Bowen";
    phishing::tell(scene, megan, name.into())
}

fn under_investigation(scene: &mut Scene) -> Story {
    let mut story = stealer::tell(scene, scene.cast.user("Tobias Kern"));
    story.name = "Possible information stealer on lt-tkern under investigation".into();
    story
}

fn merged(scene: &mut Scene) -> Story {
    let mut story = ransomware::on_prod_sql(scene);
    story.name = "Suspicious access to LSASS service on one endpoint".into();
    story
}

/// The end of a contained attack: two devices are clean and may go back to work.
fn release(scene: &mut Scene) -> Story {
    let server = scene.cast.server("app-erp-01");
    let user = scene.cast.user("Elena Popescu");
    let laptop = scene.cast.machine_of(user);
    let loader = scene.file("invoice_0931.js", "C:\\Users\\epopescu\\Downloads");
    let control = scene.address();
    Story {
        name: "Contained script loader on app-erp-01 and lt-epopescu, ready for release".into(),
        severity: "medium",
        description:
            "A script loader was contained on two devices. Both are clean and can be released."
                .into(),
        classification: "truePositive",
        determination: "malware",
        alerts: vec![
            Alert {
                title: "Suspicious JavaScript process".into(),
                description:
                    "A script from the downloads folder started PowerShell with an encoded command."
                        .into(),
                category: "Execution",
                techniques: &["T1059.007", "T1204.002"],
                product: Product::Endpoint,
                severity: "medium",
                minute: 0,
                evidence: vec![
                    evidence::device(laptop, "suspicious", "compromised"),
                    evidence::file(&loader, laptop, "malicious"),
                    evidence::user(user, "suspicious", "compromised"),
                    evidence::ip(&control, "malicious", "commandAndControl"),
                ],
            },
            Alert {
                title: "Suspicious connection to a file share".into(),
                description: "The same script was copied to a share of the ERP server.".into(),
                category: "LateralMovement",
                techniques: &["T1080"],
                product: Product::Endpoint,
                severity: "medium",
                minute: 32,
                evidence: vec![
                    evidence::device(server, "suspicious", "destination"),
                    evidence::file(&loader, server, "malicious"),
                ],
            },
        ],
        summary: format!(
            "## What happened\n\n\
             **Elena Popescu** opened `{file}` from a message about an invoice. The script \
             fetched a loader from `{ip}` and copied itself to a share on **app-erp-01**. We \
             isolated the laptop and restricted the server within 40 minutes of the first \
             alert.\n\n\
             ## Impact\n\n\
             - The loader ran for six minutes on the laptop and did not fetch a second stage.\n\
             - On the server the file was written but **never started**.\n\n\
             ## What we did\n\n\
             We removed the script from both devices, ran full antivirus scans and compared \
             services, tasks and accounts with the state of a week ago. Both devices are clean.\n\n\
             ## What you need to do\n\n\
             The containment interrupts work and is no longer needed. **Release the laptop from \
             isolation** and **remove the app restriction from the server** when it suits you; \
             neither needs a restart.",
            file = loader.name,
            ip = control.ip,
        ),
        devices: vec![
            part(laptop, "Script opened, isolated"),
            part(server, "Script copied, app execution restricted"),
        ],
        indicators: vec![
            Indicator::new("sha256", loader.sha256.clone(), "Script loader"),
            Indicator::new("ip", control.ip.clone(), "Loader's download address"),
        ],
        timeline: vec![
            (0, "Script opened".into(), Some(laptop.name.clone())),
            (6, "Loader stopped".into(), Some(laptop.name.clone())),
            (
                32,
                "Script copied to a share".into(),
                Some(server.name.clone()),
            ),
            (
                40,
                "Device isolated by Defender Experts".into(),
                Some(laptop.name.clone()),
            ),
            (
                43,
                "App execution restricted by Defender Experts".into(),
                Some(server.name.clone()),
            ),
        ],
        tasks: vec![
            Task::did(
                "isolateDevice",
                "Isolate device lt-epopescu",
                "The laptop was isolated during the investigation.",
            )
            .on(laptop),
            Task::did(
                "restrictAppExecution",
                "Restrict app execution on app-erp-01",
                "The server was restricted during the investigation.",
            )
            .on(server),
            Task::did(
                "stopAndQuarantineFile",
                format!("Quarantine file {}", loader.name),
                "The script was quarantined on both devices.",
            )
            .file(&loader, laptop),
            Task::ask_for(
                "unIsolateDevice",
                "Release device lt-epopescu from isolation",
                "The laptop gets back its full network connection.",
            )
            .on(laptop),
            Task::ask_for(
                "unRestrictAppExecution",
                "Remove app restriction from app-erp-01",
                "Programs not signed by Microsoft can run again on the server.",
            )
            .on(server),
        ],
        closing: "Both devices are back in normal operation.".into(),
        tags: &[],
    }
}
