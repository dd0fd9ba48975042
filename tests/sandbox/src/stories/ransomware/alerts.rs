//! What the products reported of the attack, step by step.

use super::{
    super::{Alert, Product, evidence},
    Attack,
};
use crate::{rng::fingerprint, stories::File};

pub fn all(attack: &Attack) -> Vec<Alert> {
    let Attack {
        first,
        next,
        user,
        control,
        account,
        tool,
    } = attack;
    let tool_name = &tool.name;
    let dumper = system("rundll32.exe", "C:\\Windows\\System32");
    let shell = system(
        "powershell.exe",
        "C:\\Windows\\System32\\WindowsPowerShell\\v1.0",
    );
    let dump = "rundll32.exe C:\\Windows\\System32\\comsvcs.dll, MiniDump 712 \
        C:\\ProgramData\\Intel\\g.dmp full";
    let remote = format!(
        "{tool_name} -s {} -u CONTOSO\\{account} -c \"whoami /all & vssadmin list shadows\"",
        next.name
    );
    vec![
        Alert {
            title: "Suspicious access to LSASS service".into(),
            description: format!(
                "A process on {} read the memory of the Local Security \
                Authority, where credentials of signed-in accounts are held.",
                first.name
            ),
            category: "CredentialAccess",
            techniques: &["T1003.001", "T1218.011"],
            product: Product::Endpoint,
            severity: "high",
            minute: 0,
            evidence: vec![
                evidence::device(first, "suspicious", "compromised"),
                evidence::process(&dumper, dump, first, user, "malicious"),
                evidence::user(user, "suspicious", "compromised"),
            ],
        },
        Alert {
            title: format!("Suspicious file {tool_name} dropped and launched"),
            description: "An unsigned executable without reputation was written to a folder that \
                imitates a vendor's and started at once."
                .into(),
            category: "Execution",
            techniques: &["T1569.002", "T1036.005"],
            product: Product::Endpoint,
            severity: "medium",
            minute: 7,
            evidence: vec![
                evidence::device(first, "suspicious", "compromised"),
                evidence::file(tool, first, "malicious"),
                evidence::ip(control, "malicious", "commandAndControl"),
            ],
        },
        Alert {
            title: "Suspicious remote activity with a service account".into(),
            description: format!(
                "The account {account} started processes on {} from {}, which it \
                had never done before.",
                next.name, first.name
            ),
            category: "LateralMovement",
            techniques: &["T1021.002", "T1570"],
            product: Product::Identity,
            severity: "high",
            minute: 19,
            evidence: vec![
                evidence::device(first, "suspicious", "source"),
                evidence::device(next, "suspicious", "destination"),
                evidence::process(tool, &remote, first, user, "malicious"),
            ],
        },
        Alert {
            title: "Connection to a command and control address".into(),
            description: format!(
                "{tool_name} kept a connection to {} open and received \
                short messages at irregular intervals.",
                control.ip
            ),
            category: "CommandAndControl",
            techniques: &["T1071.001", "T1573"],
            product: Product::Endpoint,
            severity: "medium",
            minute: 9,
            evidence: vec![
                evidence::device(first, "suspicious", "source"),
                evidence::ip(control, "malicious", "commandAndControl"),
            ],
        },
        Alert {
            title: "Suspicious scheduled task".into(),
            description: format!(
                "A task that starts {tool_name} at every logon was registered on \
                {}.",
                next.name
            ),
            category: "Persistence",
            techniques: &["T1053.005"],
            product: Product::Endpoint,
            severity: "low",
            minute: 21,
            evidence: vec![
                evidence::device(next, "suspicious", "compromised"),
                evidence::file(tool, next, "malicious"),
            ],
        },
        Alert {
            title: "Attempt to turn off Microsoft Defender Antivirus protection".into(),
            description: format!(
                "A PowerShell command on {} tried to disable real-time \
                monitoring. Tamper protection refused it.",
                next.name
            ),
            category: "DefenseEvasion",
            techniques: &["T1562.001", "T1490"],
            product: Product::Endpoint,
            severity: "medium",
            minute: 24,
            evidence: vec![
                evidence::device(next, "suspicious", "attacked"),
                evidence::process(
                    &shell,
                    "powershell.exe -nop -w hidden -c \"Set-MpPreference \
                    -DisableRealtimeMonitoring $true\"",
                    next,
                    user,
                    "malicious",
                ),
                evidence::registry(
                    "SOFTWARE\\Policies\\Microsoft\\Windows \
                    Defender",
                    "DisableAntiSpyware",
                    "1",
                    next,
                ),
            ],
        },
    ]
}

/// A part of the operating system: the same file, and so the same hash, on every device.
fn system(name: &str, path: &str) -> File {
    File {
        name: name.to_owned(),
        path: path.to_owned(),
        sha1: fingerprint(name, 40),
        sha256: fingerprint(name, 64),
        size: 331_776,
    }
}
