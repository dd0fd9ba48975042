/** Sign-in, renewal and sign-out at an OpenID provider that nobody here wrote. */

import { type ChildProcess, spawn } from "node:child_process";
import path from "node:path";
import { createInterface } from "node:readline";
import type { BrowserContext } from "@playwright/test";
import { expect, type Page, test } from "./support/test";
import type { Sandbox } from "./support/sandbox";

test.use({ cleanTenant: true });

/** The provider, and how to end it. */
async function start(portal: string, seconds: number): Promise<{ issuer: string; process: ChildProcess }> {
  const child = spawn(process.execPath, [path.join(__dirname, "support/provider.mjs"), portal, String(seconds)]);
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

test("a provider nobody here wrote signs a person in, renews and signs out", async ({ browser, sandbox }) => {
  test.slow();
  const portal = `${sandbox.origin("portal")}/`;
  const { issuer, process: provider } = await start(portal, 62);
  // The policy of the page names the sandbox's own provider.
  const context = await browser.newContext({ bypassCSP: true, baseURL: sandbox.origin("portal") });
  try {
    const config = await sandbox.config();
    const auth = { kind: "oidc", authority: issuer, clientId: "mdr-portal", scopes: { graph: ["graph"], tasks: ["tasks"], experts: ["experts"], endpoint: ["endpoint"] } };
    await context.route("**/config.json", (route) => route.fulfill({ json: { ...config, auth } }));
    const seen = await trust(context, sandbox, issuer);
    const page = await context.newPage();
    await page.goto("/incidents?range=7d");
    await signInThere(page);
    await expect(page).toHaveURL(/\/incidents\?range=7d$/);
    const grid = page.getByRole("grid", { name: "Incidents" });
    await expect(grid.getByRole("link").first()).toBeVisible();

    // A reload asks nobody.
    await page.reload();
    await expect(grid.getByRole("link").first()).toBeVisible();
    await expect(page).toHaveURL(/\/incidents\?range=7d$/);

    // A token is good for two seconds more than the portal would still use it: the next question renews it.
    const before = seen.size;
    await expect(async () => {
      await page.getByRole("link", { name: "Home", exact: true }).first().click();
      await page.getByRole("link", { name: "Incidents", exact: true }).click();
      await grid.getByRole("link").first().click();
      await expect(page.getByRole("tab", { name: "Summary" })).toBeVisible();
      expect(seen.size).toBeGreaterThan(before);
    }).toPass({ timeout: 30_000 });
    await expect(page.getByText("Your sign-in has ended.")).toHaveCount(0);

    await page.getByRole("button", { name: "Omar Haddad" }).click();
    await page.getByRole("menuitem", { name: "Sign out" }).click();
    await page.getByRole("button", { name: "Yes, sign me out" }).click();
    await expect(page.getByRole("heading", { name: "You are signed out" })).toBeVisible();
    await page.getByRole("button", { name: "Sign in" }).click();
    await expect(page.getByPlaceholder("Enter any login")).toBeVisible();
  } finally {
    await context.close();
    provider.kill();
  }
});
