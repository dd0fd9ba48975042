//! The harness at work: one server an app, and single runs of the apps in turn, so that whatever else the machine
//! does meets both alike.

use super::{Options, folder, peers};
use crate::command::{program, quiet, say};
use crate::paths::{dist, root};
use crate::{setup, sizes};
use anyhow::{Context, Result, bail};
use serde_json::{Value, json};
use std::fs;
use std::io::{BufRead, BufReader};
use std::net::TcpListener;
use std::path::PathBuf;
use std::process::{Child, Stdio};
use std::time::Instant;

/// An app to measure.
pub(super) struct App {
    pub(super) name: &'static str,
    /// Its file among the harness's adapters, and the one for its report.
    pub(super) adapter: &'static str,
    pub(super) report_adapter: &'static str,
    /// What it is built into.
    pub(super) dist: PathBuf,
    /// The address of its queue.
    pub(super) queue: &'static str,
}

impl App {
    /// The portal: a copy of the bundle, with settings for the harness's server.
    pub(super) fn portal() -> Result<App> {
        let copy = folder().join("portal");
        if copy.exists() {
            fs::remove_dir_all(&copy)?;
        }
        if !dist().join("index.html").is_file() {
            bail!("there is no bundle in dist/: leave out --no-build");
        }
        for file in sizes::files(&dist())? {
            let to = copy.join(file.strip_prefix(dist())?);
            fs::create_dir_all(to.parent().context("a file is in a folder")?)?;
            fs::copy(&file, to)?;
        }
        let app = App {
            name: "portal",
            adapter: "mdr-portal.mjs",
            report_adapter: "mdr-portal-report.mjs",
            dist: copy,
            queue: "/incidents?status=all&range=all",
        };
        app.configure(page_size(0))?;
        Ok(app)
    }

    /// Nobody signs in, there is bare Graph on the same server and no budget; only the page size differs.
    fn configure(&self, page_size: usize) -> Result<()> {
        let config = json!({
            "graphBaseUrl": "v1.0",
            "graphPageSize": page_size,
            "graphRequestsPerMinute": null,
            "tasksBaseUrl": null,
            "expertsBaseUrl": null,
            "endpointBaseUrl": null,
            "auth": { "kind": "none" },
        });
        Ok(fs::write(
            self.dist.join("config.json"),
            config.to_string(),
        )?)
    }
}

/// The report is measured by itself, on a processor slowed down as in the peer's own figures.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Queue,
    Report,
}

const REPORT_CPU: &str = "4";
/// What is taken of the report's part; loading and memory belong to the other one.
const REPORT: [&str; 2] = ["reportOpen", "chartRedraw"];

/// Graph gives 50 incidents a page. Far more of them would measure round trips alone: there both apps ask for 1,000.
fn page_size(incidents: usize) -> usize {
    if incidents > 10_000 { 1_000 } else { 50 }
}

pub(super) fn chromium() -> Result<PathBuf> {
    setup::find_chromium().context("there is no Chromium: run `cargo xtask setup`")
}

/// The servers of the apps, for one number of incidents.
pub(super) struct Harness<'a> {
    incidents: usize,
    apps: [(&'a App, Server); 2],
}

impl<'a> Harness<'a> {
    pub(super) fn start(incidents: usize, [react, portal]: [&'a App; 2]) -> Result<Harness<'a>> {
        for (ours, theirs) in [
            ("adapter.mjs", portal.adapter),
            ("adapter-report.mjs", portal.report_adapter),
        ] {
            let to = peers::copy().join("adapters").join(theirs);
            fs::copy(root().join("tests/bench").join(ours), to)?;
        }
        portal.configure(page_size(incidents))?;
        let start = |app: &'a App| Ok::<_, anyhow::Error>((app, Server::start(app, incidents)?));
        Ok(Harness {
            incidents,
            apps: [start(react)?, start(portal)?],
        })
    }

    /// What the harness wrote for each app, one value a run.
    pub(super) fn measure(&self, options: &Options) -> Result<[Vec<Value>; 2]> {
        let mut results = [Vec::new(), Vec::new()];
        for run in 1..=options.runs {
            for ((app, server), results) in self.apps.iter().zip(&mut results) {
                say(&format!(
                    "{} incidents, run {run} of {}, {} … ",
                    self.incidents, options.runs, app.name
                ));
                let start = Instant::now();
                // The first run of all fills the server's caches and is not recorded.
                let [result, report] = [Part::Queue, Part::Report]
                    .map(|part| self.once(app, server, options, part, run == 1));
                let result = &mut result?;
                for (key, figure) in report?["figures"].as_object().into_iter().flatten() {
                    if REPORT.contains(&key.as_str()) {
                        result["figures"][key] = figure.clone();
                    }
                }
                let idle = result["idleBefore"][0].as_f64().unwrap_or(0.0) * 100.0;
                let seconds = start.elapsed().as_secs();
                println!("{seconds} s, the machine {idle:.0} % idle before");
                if let Some(errors) = result["raw"][0]["errors"].as_array() {
                    println!("  exceptions in the page: {errors:?}");
                }
                results.push(result.take());
            }
        }
        Ok(results)
    }

    /// What the harness wrote of one part; nothing where none of its suites is wanted.
    fn once(
        &self,
        app: &App,
        server: &Server,
        options: &Options,
        part: Part,
        warm_up: bool,
    ) -> Result<Value> {
        let of_part = |suite: &&str| (*suite == "report") == (part == Part::Report);
        let suites: Vec<&str> = options.suite.split(',').filter(of_part).collect();
        if suites.is_empty() {
            return Ok(json!({ "figures": {} }));
        }
        let (adapter, slower) = match part {
            Part::Queue => (app.adapter, "1"),
            Part::Report => (app.report_adapter, REPORT_CPU),
        };
        let out = folder().join("run.json");
        fs::remove_file(&out).ok();
        let mut measure = program("node");
        measure.arg("measure.mjs").current_dir(peers::copy());
        measure.env("CHROMIUM", chromium()?);
        for (option, value) in [
            ("--adapter", format!("adapters/{adapter}")),
            ("--base", format!("http://127.0.0.1:{}", server.port)),
            ("--n", self.incidents.to_string()),
            ("--top", page_size(self.incidents).to_string()),
            ("--suite", suites.join(",")),
            ("--cpu", slower.into()),
            ("--runs", "1".into()),
            ("--warmup", u8::from(warm_up).to_string()),
            ("--patience", if options.quick { "3" } else { "60" }.into()),
            ("--out", out.to_string_lossy().into_owned()),
        ] {
            measure.args([option, &value]);
        }
        quiet(&mut measure, &folder().join("measure.log"))?;
        let text = fs::read_to_string(&out).context("the harness wrote no result")?;
        serde_json::from_str(&text).context("the harness's result is not JSON")
    }
}

/// The harness's server: incidents and one app on one origin. It ends with this value.
struct Server {
    process: Child,
    port: u16,
}

impl Server {
    fn start(app: &App, incidents: usize) -> Result<Server> {
        let port = TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
        let mut node = program("node");
        node.arg("server/server.mjs").current_dir(peers::copy());
        node.args(["--n", &incidents.to_string(), "--port", &port.to_string()]);
        node.arg("--dist").arg(&app.dist).stdout(Stdio::piped());
        let mut process = node.spawn().context("node cannot be started")?;
        let output = process.stdout.take();
        let server = Server { process, port };
        let mut line = String::new();
        if let Some(output) = output {
            BufReader::new(output).read_line(&mut line)?;
        }
        if !line.starts_with("serving") {
            bail!("the harness's server did not start");
        }
        Ok(server)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.process.kill().ok();
        self.process.wait().ok();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_are_as_long_as_graphs_unless_there_are_very_many() {
        assert_eq!([1_000, 10_000, 100_000].map(page_size), [50, 50, 1_000]);
    }
}
