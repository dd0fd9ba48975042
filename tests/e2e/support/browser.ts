/** A browser with a profile of its own, which can be killed and started again on the same profile. */

import { type BrowserContext, chromium, type LaunchOptions } from "@playwright/test";
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { keepAwake } from "./awake";

type ContextOptions = NonNullable<Parameters<typeof chromium.launchPersistentContext>[1]>;

export class Browser {
  private readonly profile = mkdtempSync(path.join(tmpdir(), "portal-profile-"));
  private context: BrowserContext | undefined;

  /** `made` is called with each new context, before any page is opened in it. */
  constructor(
    private readonly options: LaunchOptions & ContextOptions,
    private readonly made: (context: BrowserContext) => Promise<unknown>,
  ) {}

  async start(): Promise<BrowserContext> {
    this.context = await chromium.launchPersistentContext(this.profile, this.options);
    keepAwake(this.context);
    await this.made(this.context);
    return this.context;
  }

  /** SIGKILL to the browser and everything it has started: nothing is told to anybody, nothing saved. */
  async kill(): Promise<void> {
    const closed = new Promise((resolve) => this.context?.once("close", resolve));
    for (const id of this.processes()) {
      try {
        process.kill(id, "SIGKILL");
      } catch {
        // It went with the one before it.
      }
    }
    await closed;
  }

  async stop(): Promise<void> {
    await this.context?.close();
    rmSync(this.profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }

  private processes(): number[] {
    const list = execFileSync("ps", ["-A", "-o", "pid=,ppid=,args="], { encoding: "utf8", maxBuffer: 1 << 26 });
    const all = list.trim().split("\n").map((line) => {
      const [id, parent, ...words] = line.trim().split(/\s+/);
      return { id: Number(id), parent: Number(parent), words: words.join(" ") };
    });
    const found = new Set(all.filter(({ words }) => words.includes(`--user-data-dir=${this.profile}`)).map(({ id }) => id));
    let before: number;
    do {
      before = found.size;
      for (const { id, parent } of all) if (found.has(parent)) found.add(id);
    } while (found.size > before);
    return [...found];
  }
}
