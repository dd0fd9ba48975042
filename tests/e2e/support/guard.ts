import type { BrowserContext, Page } from "@playwright/test";
import { axeFindings } from "./axe";

/**
 * Watches every page of a test for what must never happen: an error on the console, an exception,
 * a violated content security policy, a request to somebody else, and at the end an axe finding.
 */
export class Guard {
  private readonly problems: string[] = [];
  private readonly expected: RegExp[] = [];

  static async watch(context: BrowserContext, origins: string[]): Promise<Guard> {
    const guard = new Guard();
    context.on("console", (message) => {
      if (message.type() === "error") guard.note(`console: ${message.text()}`);
    });
    context.on("weberror", (error) => guard.note(`exception: ${error.error().message}`));
    context.on("request", (request) => {
      const url = new URL(request.url());
      const ours = origins.includes(url.origin) || ["data:", "blob:", "about:"].includes(url.protocol);
      if (!ours) guard.note(`request to another origin: ${request.url()}`);
    });
    // The browser reports some violations to the page only, not to the console.
    await context.addInitScript(() => {
      addEventListener("securitypolicyviolation", (event) => {
        console.error(`${event.effectiveDirective} refused ${event.blockedURI} (${event.sourceFile}:${event.lineNumber})`);
      });
    });
    return guard;
  }

  /** The spec makes an API answer so: the browser's own report of it on the console is no problem. */
  expectStatus(...statuses: number[]): void {
    for (const status of statuses) {
      this.expectError(new RegExp(`^console: Failed to load resource: the server responded with a status of ${status} `));
    }
  }

  /** The spec makes connections fail: the browser's own report of it on the console is no problem. */
  expectLostConnection(): void {
    this.expectError(/^console: Failed to load resource: net::ERR_/);
  }

  /** The spec brings a problem about on purpose; the pattern is held against what a failure prints. */
  expectError(pattern: RegExp): void {
    this.expected.push(pattern);
  }

  /** What went wrong and was not expected, after a look at the page as the test left it. */
  async findings(page: Page): Promise<string[]> {
    if (!page.isClosed() && page.url().startsWith("http")) {
      this.problems.push(...(await axeFindings(page)));
    }
    return this.problems.filter((problem) => !this.expected.some((pattern) => pattern.test(problem)));
  }

  private note(problem: string): void {
    this.problems.push(problem);
  }
}
