import { spawn, type ChildProcess } from "node:child_process";
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { createInterface } from "node:readline";

const project = path.join(__dirname, "../../..");
const bundles = {
  /** What is deployed. */
  portal: path.join(project, "dist"),
  /** The same and `/gallery`, unoptimised. */
  gallery: process.env.GALLERY_DIST ?? path.join(project, "target/gallery-dist"),
  /** The same in the pseudo-locale, unoptimised. */
  pseudo: process.env.PSEUDO_DIST ?? path.join(project, "target/pseudo-dist"),
};
export type Bundle = keyof typeof bundles;

const program = process.env.SANDBOX_BIN ?? path.join(project, "target/debug/sandbox");

/** The origins of one sandbox, as its config.json names them. */
export type Host = "portal" | "login" | "graph" | "experts";

/** A sandbox process of our own: one tenant in memory, on a port that was free. */
export class Sandbox {
  private constructor(
    private readonly process: ChildProcess,
    private readonly port: number,
    private readonly bundle: string,
  ) {}

  static async start(incidents: number, actionSeconds: number, serves: Bundle = "portal"): Promise<Sandbox> {
    const bundle = bundles[serves];
    const size = ["--incidents", String(incidents), "--action-seconds", String(actionSeconds)];
    const options = ["--port", "0", "--db", ":memory:", ...size];
    const child = spawn(program, [...options, "--dist", bundle], {
      stdio: ["ignore", "pipe", "pipe"],
    });
    // The run may be broken off without a fixture's teardown; the sandbox must not outlive it.
    process.once("exit", () => child.kill());
    return new Sandbox(child, await portOf(child), bundle);
  }

  origin(host: Host): string {
    return `http://${host}.localhost:${this.port}`;
  }

  get origins(): string[] {
    return (["portal", "login", "graph", "experts"] as const).map((host) => this.origin(host));
  }

  /** Reads one of the endpoints that steer the sandbox: `get("mailbox")` asks `/sandbox/mailbox`. */
  async get(name: string): Promise<any> {
    return this.steer(name, {});
  }

  /** Steers the sandbox: `post("reset")`, `post("faults", { … })`. */
  async post(name: string, body: unknown = {}): Promise<any> {
    return this.steer(name, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    });
  }

  /** The settings it gives the portal. */
  async config(): Promise<any> {
    return (await fetch(`http://127.0.0.1:${this.port}/config.json`)).json();
  }

  /** A file of the bundle it serves. */
  async file(name: string): Promise<Buffer> {
    return readFile(path.join(this.bundle, name === "/" ? "index.html" : name));
  }

  /** The names of the bundle's files, at any depth. */
  async files(): Promise<string[]> {
    return (await readdir(this.bundle, { recursive: true })).map(String);
  }

  /** The tenant as it was at the start. */
  async reset(): Promise<void> {
    await this.post("reset");
  }

  /** Answers of the Experts API that did not agree with its document, since this was asked last. */
  async disagreements(): Promise<string[]> {
    const found: string[] = await this.get("contract");
    if (found.length > 0) await this.steer("contract", { method: "DELETE" });
    return found;
  }

  /** From here on everything fares well. */
  async endFaults(): Promise<void> {
    await this.steer("faults", { method: "DELETE" });
  }

  async stop(): Promise<void> {
    const ended = new Promise((resolve) => this.process.once("exit", resolve));
    if (this.process.kill()) await ended;
  }

  private async steer(name: string, init: RequestInit): Promise<any> {
    // Node does not resolve *.localhost everywhere; steering is answered on every host.
    const answer = await fetch(`http://127.0.0.1:${this.port}/sandbox/${name}`, init);
    const text = await answer.text();
    if (!answer.ok) {
      throw new Error(`/sandbox/${name} answered ${answer.status}: ${text}`);
    }
    return text === "" ? undefined : JSON.parse(text);
  }
}

/** Waits for the line in which the sandbox tells its address. */
async function portOf(child: ChildProcess): Promise<number> {
  const said: string[] = [];
  child.stderr!.on("data", (text) => said.push(String(text)));
  return new Promise((resolve, reject) => {
    child.once("error", (error) => reject(new Error(`${program} cannot be started: ${error.message}`)));
    child.once("exit", (code) => reject(new Error(`The sandbox ended with ${code}: ${said.join("")}`)));
    createInterface(child.stdout!).on("line", (line) => {
      const port = /http:\/\/portal\.localhost:(\d+)/.exec(line)?.[1];
      if (port) resolve(Number(port));
    });
  });
}
