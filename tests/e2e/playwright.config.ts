import { defineConfig } from "@playwright/test";
import { execFileSync } from "node:child_process";
import path from "node:path";

/** `cargo xtask test` names its target folder; a run by hand finds the usual one. */
const output = process.env.E2E_OUTPUT ?? path.join(__dirname, "../../target/e2e");

export default defineConfig({
  testDir: ".",
  outputDir: path.join(output, "results"),
  fullyParallel: true,
  workers: 2,
  // A test that fails once and passes once has found something: it is not run again.
  retries: 0,
  forbidOnly: !!process.env.CI,
  timeout: 30_000,
  globalTimeout: process.env.PORTAL_THOROUGH ? 0 : 30 * 60_000,
  // Pictures are taken when asked for by name: `playwright test --grep @screens`.
  grepInvert: process.argv.some((word) => word.includes("@screens")) ? undefined : /@screens/,
  reporter: [["list"], ["json", { outputFile: path.join(output, "report.json") }]],
  use: {
    // One place and language on every machine; a spec about time zones chooses its own.
    locale: "en-US",
    timezoneId: "Europe/Vienna",
    viewport: { width: 1440, height: 900 },
    // What axe sees between two backgrounds, or of a message that fades in, is a contrast that nobody reads by. It also takes a
    // sixth of the time of all tests.
    contextOptions: { reducedMotion: "reduce" },
    actionTimeout: 10_000,
    // Actions, network and console of a failed test, and a picture of its end. Filming every test would take a fifth of
    // the time of all of them; `--trace on` has film and copies of the page at every step.
    trace: { mode: "retain-on-failure", screenshots: false, snapshots: false },
    screenshot: "only-on-failure",
    launchOptions: {
      executablePath: process.env.CHROMIUM ?? onPath("chromium"),
      args: [
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
      ],
    },
  },
});

function onPath(program: string): string {
  return execFileSync("sh", ["-c", `command -v ${program}`], { encoding: "utf8" }).trim();
}
