//! A web shell: an unpatched upload form, a script in the web root, commands as the service.

use super::{Alert, Indicator, Product, Scene, Story, Task, evidence, part};

pub fn story(scene: &mut Scene) -> Story {
    let server = scene.cast.server(
        scene
            .rng
            .pick(&["prod-web-01", "prod-web-02", "app-erp-01"]),
    );
    let admin = scene.cast.user("Marek Zielinski");
    let from = scene.address();
    let page = scene.pick(&["help.aspx", "iisstart2.aspx", "errorFS.aspx", "theme.aspx"]);
    let shell = scene.file(page, "C:\\inetpub\\wwwroot\\assets\\upload");
    let worker = scene.file("w3wp.exe", "C:\\Windows\\System32\\inetsrv");
    let requests = scene.number(12, 90);
    let name = format!("Web shell on {}", server.name);
    let alerts = vec![
        Alert {
            title: "Possible web shell installation".into(),
            description: format!(
                "The web server's worker process wrote a script, {page}, to a \
                folder it serves."
            ),
            category: "Persistence",
            techniques: &["T1505.003"],
            product: Product::Endpoint,
            severity: "high",
            minute: 0,
            evidence: vec![
                evidence::device(server, "suspicious", "compromised"),
                evidence::file(&shell, server, "malicious"),
                evidence::ip(&from, "malicious", "attacker"),
            ],
        },
        Alert {
            title: "Suspicious processes spawned by a web server".into(),
            description: "The worker process started a command interpreter that listed accounts \
                and network connections."
                .into(),
            category: "Discovery",
            techniques: &["T1059.003", "T1033", "T1049"],
            product: Product::Endpoint,
            severity: "medium",
            minute: 14,
            evidence: vec![
                evidence::device(server, "suspicious", "compromised"),
                evidence::process(
                    &worker,
                    "cmd.exe /c \"whoami & net localgroup administrators & \
                    netstat -ano\"",
                    server,
                    admin,
                    "malicious",
                ),
            ],
        },
    ];
    let summary = format!(
        "## What happened\n\n\
         Through the upload form of the public site on **{server}** an attacker placed the script \
         `{path}\\{page}` and called it {requests} times from `{ip}` ({land}). Each call ran one \
         command with the rights of the web server's service account.\n\n\
         The commands looked around: who am I, which accounts exist, what is this server \
         connected to. The form accepts any file since its last release; the file type is checked \
         in the browser only.\n\n\
         ## Impact\n\n\
         - The attacker could read everything the application can read, **the database connection \
         string included**.\n\
         - We found no attempt to raise privileges and no connection to other servers.\n\n\
         ## What we did\n\n\
         We collected the web server's logs of the last 30 days, compared the web root with the \
         release and found no second script. The address is blocked for the tenant's devices; at \
         your perimeter we cannot block it.\n\n\
         ## What you need to do\n\n\
         Quarantine the script now. **As long as the form is open the attacker can upload the \
         next one**, so take the form offline until it is fixed. Then change the database \
         password, because it must be regarded as read.",
        server = server.name,
        path = shell.path,
        ip = from.ip,
        land = from.land,
    );
    Story {
        name,
        severity: "high",
        description: format!(
            "A web shell was uploaded to {} and used to run \
            commands.",
            server.name
        ),
        classification: "truePositive",
        determination: "multiStagedAttack",
        alerts,
        summary,
        devices: vec![part(server, "Web shell uploaded")],
        indicators: vec![
            Indicator::new("sha256", shell.sha256.clone(), "Web shell"),
            Indicator::new("ip", from.ip.clone(), "Called the web shell"),
        ],
        timeline: vec![
            (0, format!("{page} uploaded"), Some(server.name.clone())),
            (14, "First command run".into(), Some(server.name.clone())),
            (
                52,
                format!("Last of {requests} calls"),
                Some(server.name.clone()),
            ),
        ],
        tasks: vec![
            Task::did(
                "collectInvestigationPackage",
                format!(
                    "Collect investigation package from \
                {}",
                    server.name
                ),
                "With the web server's logs of 30 days.",
            )
            .on(server),
            Task::ask_for(
                "stopAndQuarantineFile",
                format!("Quarantine file {page}"),
                "Removes \
                the script from the web root.",
            )
            .file(&shell, server),
            Task::ask_for(
                "isolateDevice",
                format!("Isolate device {}", server.name),
                "Takes the \
                public site offline. If that is not possible now, take at least the upload form \
                offline and skip this action.",
            )
            .on(server),
            Task::ask(
                "Fix the upload form",
                "Check the file type on the server, store uploads \
                outside the web root and never run them.",
            ),
            Task::ask(
                "Change the application's database password",
                "The web server's \
                configuration holds it in plain text.",
            ),
        ],
        closing: format!(
            "The script is gone, the form is fixed and the database password was \
            changed. No further calls reached {}.",
            server.name
        ),
        tags: &["Critical asset"],
    }
}
