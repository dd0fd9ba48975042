//! What precedes ransomware: credentials dumped on one server, the next ones reached with them,
//! backups and defences tampered with.

mod alerts;

use super::{File, Indicator, Scene, Story, Task, part, scene::Address};
use crate::{
    store::tasks::Outcome,
    tenant::cast::{Device, User},
};

pub fn story(scene: &mut Scene) -> Story {
    let first = scene.server();
    let mut next = scene.server();
    while next.name == first.name {
        next = scene.server();
    }
    let form = scene.pick(&[
        "Credential dumping and lateral movement from {}",
        "Hands-on-keyboard activity on {}",
        "Attack using remote services, first seen on {}",
    ]);
    let name = form.replace("{}", &first.name);
    let by_hand = Attack {
        first,
        next,
        user: scene.user(),
        control: scene.address(),
        account: scene.pick(&[
            "svc-backup",
            "svc-deploy",
            "svc-sqlagent",
            "adm-maintenance",
        ]),
        tool: tool(scene),
    };
    tell(by_hand, name)
}

/// What differs from one such attack to the next.
struct Attack<'a> {
    first: &'a Device,
    next: &'a Device,
    /// Signed in to the first server when its credentials were taken.
    user: &'a User,
    control: Address,
    /// The service account used to reach the next server.
    account: &'static str,
    tool: File,
}

fn tool(scene: &mut Scene) -> File {
    let name = scene.pick(&[
        "hostcfg.exe",
        "svcupd64.exe",
        "ntsvchelp.exe",
        "winrdlv.exe",
    ]);
    scene.file(name, "C:\\ProgramData\\Intel")
}

/// The showcase tells it with fixed names: tests and demonstrations look for them.
pub fn on_prod_sql(scene: &mut Scene) -> Story {
    let name = "Ransomware precursor on prod-sql-02: credential dumping and lateral movement";
    let mut control = scene.address();
    control.ip = "203.0.113.77".into();
    let attack = Attack {
        first: scene.cast.server("prod-sql-02"),
        next: scene.cast.server("prod-sql-01"),
        user: scene.cast.user("Jonas Weber"),
        control,
        account: "svc-backup",
        tool: tool(scene),
    };
    tell(attack, name.into())
}

fn tell(attack: Attack, name: String) -> Story {
    let alerts = alerts::all(&attack);
    let Attack {
        first,
        next,
        control,
        account,
        tool,
        ..
    } = attack;
    let (tool_name, control) = (tool.name.clone(), control.ip);
    let summary = format!(
        "## What happened\n\n\
         An attacker working by hand obtained credentials on **{first}** and used them to reach \
         **{next}**. On {first} the memory of `lsass.exe` was written to \
         `C:\\ProgramData\\Intel\\g.dmp` through `comsvcs.dll`. Seven minutes later the unsigned \
         tool `{tool_name}` appeared beside it, connected to `{control}` and ran commands on \
         {next} as `CONTOSO\\{account}`.\n\n\
         The order of steps (credentials, a second server, listing of shadow copies, an attempt \
         to switch off the antivirus) is what we see **in the hours before ransomware is \
         deployed**. Encryption had not begun when we last looked.\n\n\
         ## Impact\n\n\
         - Every account signed in to {first} in the last day must be regarded as known to the \
         attacker, `{account}` with certainty.\n\
         - {next} accepted the remote commands. Tamper protection kept the antivirus running.\n\
         - We found no sign of data leaving the network: the connection to `{control}` carried \
         less than 2 MB in total.\n\n\
         ## What we did\n\n\
         We blocked the file hash and the address in your tenant, searched all onboarded devices \
         for both and found them on these two only. A full investigation package of {next} was \
         collected before anything could be removed.\n\n\
         ## What you need to do\n\n\
         **Isolate {first} first.** It is excluded from the actions we may take ourselves. Then \
         quarantine the tool, restrict what may run on {next} and rotate the service account's \
         password: as long as it is valid the attacker can return by another way. The remaining \
         actions can follow within the day.\n\n\
         If {first} cannot be taken off the network now, tell us, and restrict inbound \
         administration to a jump host in the meantime.",
        first = first.name,
        next = next.name,
    );

    Story {
        name,
        severity: "high",
        description: format!(
            "Credentials were dumped on {} and used to run commands on {}; \
            defences and backups were probed.",
            first.name, next.name
        ),
        classification: "truePositive",
        determination: "multiStagedAttack",
        alerts,
        summary,
        devices: vec![
            part(first, "First compromised, credentials dumped"),
            part(
                next,
                "Reached \
            with stolen credentials",
            ),
        ],
        indicators: vec![
            Indicator::new("sha256", tool.sha256.clone(), "Remote execution tool"),
            Indicator::new("ip", control.clone(), "Command and control"),
            Indicator::new(
                "account",
                format!("CONTOSO\\{account}"),
                "Used for lateral movement",
            ),
        ],
        timeline: vec![
            (
                0,
                "Memory of lsass.exe written to g.dmp".into(),
                Some(first.name.clone()),
            ),
            (
                7,
                format!("{tool_name} written and started"),
                Some(first.name.clone()),
            ),
            (
                9,
                format!("First connection to {control}"),
                Some(first.name.clone()),
            ),
            (
                19,
                format!("Commands run as {account}"),
                Some(next.name.clone()),
            ),
            (
                24,
                "Attempt to disable the antivirus refused".into(),
                Some(next.name.clone()),
            ),
        ],
        tasks: vec![
            Task::did(
                "submitIocRule",
                format!("Block {tool_name} in the tenant"),
                "The file's \
                hash is blocked on all onboarded devices.",
            )
            .thing(tool.sha1.clone(), tool_name.clone()),
            Task::did(
                "collectInvestigationPackage",
                format!(
                    "Collect investigation package from \
                {}",
                    next.name
                ),
                "The package is with our investigators.",
            )
            .on(next),
            Task::ask_for(
                "isolateDevice",
                format!("Isolate device {}", first.name),
                "Cuts the \
                device off from the network except for Defender for Endpoint. Sessions of its \
                users and dependent services end; plan for the outage of the database.",
            )
            .on(first),
            Task::ask_for(
                "stopAndQuarantineFile",
                format!("Quarantine file {tool_name}"),
                "Stops \
                running copies, quarantines the file and removes what starts it again.",
            )
            .file(&tool, first)
            .ends(Outcome::FailOnce(
                "The file could not be quarantined: it is locked by \
                    process 4312 (hostcfg service). The process was stopped; try again."
                    .into(),
            )),
            Task::ask_for(
                "restrictAppExecution",
                format!(
                    "Restrict app execution on \
                {}",
                    next.name
                ),
                "Only programs signed by Microsoft can start until the \
                restriction is removed.",
            )
            .on(next),
            Task::ask(
                format!("Rotate the password of {account}"),
                "Change the password twice, so \
                that the old one is not accepted from replication, and update the jobs that use \
                the account. Make it a group managed service account if you can.",
            ),
            Task::ask(
                "Review local administrators on all SQL servers",
                "Remove accounts that are \
                not needed. This hardens the servers and is not urgent: skip it if your own \
                review is already planned.",
            ),
        ],
        closing: format!(
            "Both servers were contained and rebuilt or cleaned, the account \
            {account} has a new password. No further activity was seen from the attacker's \
            address or tool."
        ),
        tags: &["Ransomware"],
    }
}
