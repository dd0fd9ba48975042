/** Sign-in, renewal and sign-out at an OpenID provider that nobody here wrote. */

import { type ChildProcess, spawn } from "node:child_process";
import path from "node:path";
import { createInterface } from "node:readline";
import type { Browser, BrowserContext } from "@playwright/test";
import { expect, type Page, test } from "./support/test";
import type { Sandbox } from "./support/sandbox";

test.use({ cleanTenant: true });

/** To whom the provider gives refresh tokens. */
type Refresh = "always" | "to those who ask with a prompt";

/** The provider, and how to end it. */
async function start(portal: string, seconds: number, refresh: Refresh): Promise<{ issuer: string; process: ChildProcess }> {
  const child = spawn(process.execPath, [path.join(__dirname, "support/provider.mjs"), portal, String(seconds), refresh]);
  const said: string[] = [];
  child.stderr.on("data", (text) => said.push(String(text)));
  const issuer = await new Promise<string>((resolve, reject) => {
    child.once("exit", (code) => reject(new Error(`the provider ended with ${code}: ${said.join("")}`)));
    createInterface(child.stdout).on("line", (line) => {
      const address = /^listening (.*)$/.exec(line)?.[1];
      if (address) resolve(address);
    });
  });
  return { issuer, process: child };
}

/** The services take the provider's tokens: each is shown to the provider, and swapped for one of the tenant's. */
async function trust(context: BrowserContext, sandbox: Sandbox, issuer: string): Promise<Set<string>> {
  const seen = new Set<string>();
  const own: Record<string, string> = {};
  for (const resource of ["graph", "tasks", "experts", "endpoint"]) {
    own[resource] = (await sandbox.post("tokens", { person: "Omar Haddad", resource })).access_token;
  }
  await context.route(/^http:\/\/(graph|experts)\.localhost/, async (route) => {
    const request = route.request();
    const shown = request.headers()["authorization"];
    if (request.method() === "OPTIONS" || !shown) return route.continue();
    const known = await fetch(`${issuer}/me`, { headers: { authorization: shown } });
    const url = new URL(request.url());
    const paths: Record<string, string> = { beta: "tasks", v1: "experts", api: "endpoint" };
    const resource = url.hostname.startsWith("graph") ? "graph" : paths[url.pathname.split("/")[1]!]!;
    if (known.ok) seen.add(shown);
    await route.continue({ headers: { ...request.headers(), authorization: known.ok ? `Bearer ${own[resource]}` : "Bearer refused" } });
  });
  return seen;
}

async function signInThere(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.getByPlaceholder("Enter any login").fill("omar");
  await page.getByPlaceholder("and password").fill("anything");
  await page.getByRole("button", { name: "Sign-in" }).click();
  await page.getByRole("button", { name: "Continue" }).click();
}

interface Case {
  refresh: Refresh;
  /** How long a token lasts. The portal uses it until a minute before its end. */
  seconds: number;
  /** What of `auth` differs. */
  auth?: object;
  watch?: (context: BrowserContext) => unknown;
}

/** A page that is signed in there, at the list of incidents; `seen` are the tokens that services were shown. */
async function visit(
  { browser, sandbox }: { browser: Browser; sandbox: Sandbox },
  { refresh, seconds, auth, watch }: Case,
  walk: (page: Page, seen: Set<string>) => Promise<void>,
): Promise<void> {
  const { issuer, process: provider } = await start(`${sandbox.origin("portal")}/`, seconds, refresh);
  // The policy of the page names the sandbox's own provider.
  const context = await browser.newContext({ bypassCSP: true, baseURL: sandbox.origin("portal") });
  try {
    watch?.(context);
    const config = await sandbox.config();
    const scopes = { graph: ["graph"], tasks: ["tasks"], experts: ["experts"], endpoint: ["endpoint"] };
    const there = { kind: "oidc", authority: issuer, clientId: "mdr-portal", scopes, ...auth };
    await context.route("**/config.json", (route) => route.fulfill({ json: { ...config, auth: there } }));
    const seen = await trust(context, sandbox, issuer);
    const page = await context.newPage();
    await page.goto("/incidents?range=7d");
    await signInThere(page);
    await expect(page).toHaveURL(/\/incidents\?range=7d$/);
    await expect(links(page).first()).toBeVisible();
    await walk(page, seen);
  } finally {
    await context.close();
    provider.kill();
  }
}

const links = (page: Page) => page.getByRole("grid", { name: "Incidents" }).getByRole("link");

/** Asks the services for something. */
async function ask(page: Page): Promise<void> {
  await page.getByRole("link", { name: "Home", exact: true }).first().click();
  await page.getByRole("link", { name: "Incidents", exact: true }).click();
  await links(page).first().click();
  await expect(page.getByRole("tab", { name: "Summary" })).toBeVisible();
}

/** A token is good for two seconds more than the portal would still use it: the next question renews it. */
async function renew(page: Page, seen: Set<string>): Promise<void> {
  const before = seen.size;
  await expect(async () => {
    await ask(page);
    expect(seen.size).toBeGreaterThan(before);
  }).toPass({ timeout: 30_000 });
  await expect(page.getByText("Your sign-in has ended.")).toHaveCount(0);
}

test("a provider nobody here wrote signs a person in, renews and signs out", async ({ browser, sandbox }) => {
  test.slow();
  await visit({ browser, sandbox }, { refresh: "always", seconds: 62 }, async (page, seen) => {
    // A reload asks nobody.
    await page.reload();
    await expect(links(page).first()).toBeVisible();
    await expect(page).toHaveURL(/\/incidents\?range=7d$/);

    await renew(page, seen);

    await page.getByRole("button", { name: "Omar Haddad" }).click();
    await page.getByRole("menuitem", { name: "Sign out" }).click();
    await page.getByRole("button", { name: "Yes, sign me out" }).click();
    await expect(page.getByRole("heading", { name: "You are signed out" })).toBeVisible();
    await page.getByRole("button", { name: "Sign in" }).click();
    await expect(page.getByPlaceholder("Enter any login")).toBeVisible();
  });
});

const ASKED: Refresh = "to those who ask with a prompt";
const summary = (page: Page) => page.getByRole("dialog", { name: "Managed response" }).getByRole("region", { name: "Investigation summary" });

test("a provider that gives nothing to renew with signs in for every service, by its one token", async ({ browser, sandbox }) => {
  const { ransomware } = await sandbox.get("showcase");
  await visit({ browser, sandbox }, { refresh: ASKED, seconds: 600 }, async (page, seen) => {
    await ask(page);
    await page.getByRole("link", { name: "Home", exact: true }).first().click();
    await expect(page.getByRole("heading", { level: 1, name: "Home" })).toBeVisible();
    expect(seen.size, "one token").toBe(1);
    await page.goto(`/incidents/${ransomware.id}?panel=managed-response`);
    await expect(summary(page).getByText(/An attacker working by hand/)).toBeVisible();
    await expect(page.getByText("Your sign-in has ended.")).toHaveCount(0);
  });
});

test("a service that the one token is not good for says why, and what an administrator can do", async ({ browser, sandbox }) => {
  const { ransomware } = await sandbox.get("showcase");
  // The provider strikes out what it does not know.
  const scopes = { graph: ["graph"], tasks: ["tasks"], experts: ["experts", "experts.more"], endpoint: ["endpoint"] };
  await visit({ browser, sandbox }, { refresh: ASKED, seconds: 600, auth: { scopes } }, async (page) => {
    await page.goto(`/incidents/${ransomware.id}?panel=managed-response`);
    await expect(summary(page).getByRole("heading", { name: /^No access to / })).toBeVisible();
    await expect(summary(page).getByText(/has given the portal no refresh token, .* auth\.parameters in config\.json can ask for a refresh token/)).toBeVisible();
    await expect(page.getByText("Your sign-in has ended.")).toHaveCount(0);
  });
});

test("once the one token has ended somebody is asked to sign in again, which works", async ({ browser, sandbox }) => {
  test.slow();
  await visit({ browser, sandbox }, { refresh: ASKED, seconds: 70 }, async (page) => {
    const ended = page.getByRole("main").getByText(/^Your sign-in has ended\. What you see stays as it was/);
    await expect(async () => {
      await page.getByRole("link", { name: "Alerts", exact: true }).click();
      await page.getByRole("link", { name: "Incidents", exact: true }).click();
      await expect(ended).toBeVisible({ timeout: 1_000 });
    }).toPass({ timeout: 30_000 });
    const leaving = page.waitForRequest(/\/auth\?/);
    await page.getByRole("main").getByRole("button", { name: "Sign in" }).first().click();
    await leaving;
    await expect(ended).toHaveCount(0);
    await expect(links(page).first()).toBeVisible();
  });
});

test("a provider that has to be asked for more is asked for it by config.json, and then renews", async ({ browser, sandbox }) => {
  test.slow();
  const sent: URLSearchParams[] = [];
  const auth = { parameters: { prompt: "consent", audience: "https://api", client_id: "another" } };
  const watch = (context: BrowserContext) =>
    context.on("request", (request) => {
      const url = new URL(request.url());
      if (url.pathname === "/auth") sent.push(url.searchParams);
      if (url.pathname === "/token" && request.method() === "POST") sent.push(new URLSearchParams(request.postData() ?? ""));
    });
  await visit({ browser, sandbox }, { refresh: ASKED, seconds: 62, auth, watch }, async (page, seen) => {
    await renew(page, seen);
    // First nobody was to be asked anything; then the person was; then came the tokens.
    const prompts = sent.filter((one) => one.has("response_type")).map((one) => one.get("prompt"));
    expect(prompts).toEqual(["none", "consent"]);
    expect(sent.some((one) => one.get("grant_type") === "refresh_token")).toBe(true);
    expect(sent.every((one) => one.get("audience") === "https://api")).toBe(true);
    expect(sent.every((one) => one.getAll("client_id").join() === "mdr-portal")).toBe(true);
  });
});
