/** The portal inside another page: its tokens come from there, by a function or by a message port. */

import { expect, type Page, test } from "./support/test";
import type { Sandbox } from "./support/sandbox";

test.use({ cleanTenant: true });

interface Asked {
  resource: string;
  scopes: string[];
  claims?: string;
  forceRefresh: boolean;
}

/** Gives tokens as a page around the portal would, and keeps what it was asked. */
async function tokens(page: Page, sandbox: Sandbox): Promise<Asked[]> {
  const asked: Asked[] = [];
  await page.exposeFunction("tokenFor", async (question: Asked) => {
    asked.push(question);
    const answer = await sandbox.post("tokens", { person: "Omar Haddad", resource: question.resource });
    return { accessToken: answer.access_token, expiresOn: new Date(Date.now() + answer.expires_in * 1_000).toISOString() };
  });
  return asked;
}

/** The deployment's settings, with the sign-in left to the page around. */
async function settings(sandbox: Sandbox, origins: string[] = []): Promise<string> {
  const config = await sandbox.config();
  const { scopes } = config.auth;
  return JSON.stringify({ ...config, auth: { kind: "host", scopes }, host: { origins } });
}

test("a page that mounts the portal gives it tokens, and new ones once they are refused", async ({ page, sandbox, guard }) => {
  guard.expectStatus(401, 404);
  const asked = await tokens(page, sandbox);
  const config = await settings(sandbox);
  await page.route("**/boot.js", (route) => route.fulfill({ contentType: "text/javascript", body: "" }));
  await page.goto("/incidents");
  await page.evaluate(async (config) => {
    const { js, wasm } = document.querySelector<HTMLElement>("script[data-wasm]")!.dataset;
    const portal = await import(js!);
    await portal.default({ module_or_path: wasm });
    const getToken = (question: object) => (window as any).tokenFor(question);
    portal.mount(document.querySelector("[data-portal]"), { config, getToken, subject: "omar" });
  }, config);
  const grid = page.getByRole("grid", { name: "Incidents" });
  await expect(grid.getByRole("link").first()).toBeVisible();
  await expect(page.getByRole("button", { name: "Omar Haddad" })).toBeVisible();
  expect(new Set(asked.map(({ resource }) => resource))).toContain("graph");
  expect(asked.every(({ forceRefresh }) => !forceRefresh)).toBe(true);
  expect(asked.find(({ resource }) => resource === "graph")!.scopes).toContain("User.Read");
  // One question for all that wait.
  expect(asked.filter(({ resource }) => resource === "graph").length).toBeLessThanOrEqual(3);
  await sandbox.post("tokens/expire");
  await grid.getByRole("link").first().click();
  await expect(page.getByRole("tab", { name: "Summary" })).toBeVisible();
  await expect.poll(() => asked.some(({ forceRefresh }) => forceRefresh)).toBe(true);
  await expect(page.getByText("Your sign-in has ended.")).toHaveCount(0);
});

test("a portal in a frame gets its tokens through a port, from nobody but the page that may frame it", async ({ page, sandbox, guard }) => {
  guard.expectStatus(401, 404);
  const around = sandbox.origin("experts");
  await sandbox.post("framing", { origin: around });
  const config = await settings(sandbox, [around]);
  await page.route("**/config.json", (route) => route.fulfill({ contentType: "application/json", body: config }));
  const asked = await tokens(page, sandbox);
  // A document of this machine's, from another origin than the portal's.
  await page.goto(`${around}/no-such-page`);
  await page.evaluate((portal) => {
    document.title = "The page around";
    document.documentElement.lang = "en";
    addEventListener("message", (event) => {
      if (event.origin !== portal || event.data?.type !== "experts.hello") return;
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = async ({ data }) => {
        const answer = await (window as any).tokenFor(data);
        port1.postMessage({ id: data.id, type: "token.response", ...answer });
      };
      (event.source as Window).postMessage({ type: "experts.welcome", nonce: event.data.nonce }, portal, [port2]);
    });
    const frame = document.createElement("iframe");
    frame.src = `${portal}/incidents`;
    frame.title = "Defender Experts";
    frame.width = "1200";
    frame.height = "700";
    document.body.replaceChildren(frame);
  }, sandbox.origin("portal"));
  const portal = page.frameLocator("iframe");
  await expect(portal.getByRole("grid", { name: "Incidents" }).getByRole("link").first()).toBeVisible();
  expect(asked.map(({ resource }) => resource)).toContain("graph");
});

test("a portal that nobody gives tokens says who has to", async ({ page, sandbox }) => {
  const config = await settings(sandbox);
  await page.route("**/config.json", (route) => route.fulfill({ contentType: "application/json", body: config }));
  await page.goto("/");
  await expect(page.getByText(/This portal is signed in to by the page around it/)).toBeVisible();
});

test("a service that wants to know more of the sign-in is answered once, with what it asked for", async ({ page, sandbox, guard }) => {
  guard.expectStatus(401, 404);
  const claims = JSON.stringify({ access_token: { nbf: { essential: true, value: "1604106651" } } });
  const token = new RegExp("/token$");
  const told: string[] = [];
  page.on("request", (request) => {
    const sent = token.test(new URL(request.url()).pathname) && new URLSearchParams(request.postData() ?? "").get("claims");
    if (sent) told.push(sent);
  });
  await page.goto("/incidents");
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.getByRole("button", { name: "Omar Haddad" }).click();
  const grid = page.getByRole("grid", { name: "Incidents" });
  await expect(grid.getByRole("link").first()).toBeVisible();
  expect(told).toEqual([]);
  let refusals = 0;
  await page.route(/\/security\/incidents\/\d+\?/, async (route) => {
    if (route.request().method() !== "GET" || refusals > 0) return route.fallback();
    refusals += 1;
    await route.fulfill({
      status: 401,
      headers: {
        "access-control-allow-origin": sandbox.origin("portal"),
        "access-control-expose-headers": "WWW-Authenticate",
        "www-authenticate": `Bearer realm="", error="insufficient_claims", claims="${Buffer.from(claims).toString("base64")}"`,
      },
      json: { error: { code: "InvalidAuthenticationToken", message: "Continuous access evaluation resulted in challenge" } },
    });
  });
  await grid.getByRole("link").first().click();
  await expect(page.getByRole("tab", { name: "Summary" })).toBeVisible();
  expect(refusals).toBe(1);
  expect(told.map((sent) => JSON.parse(sent))).toEqual([
    { access_token: { xms_cc: { values: ["cp1"] }, nbf: { essential: true, value: "1604106651" } } },
  ]);
});

test("ten refusals in a row end in one question to the person, not in a storm", async ({ page, sandbox, guard }) => {
  guard.expectStatus(401);
  await page.goto("/incidents");
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.getByRole("button", { name: "Omar Haddad" }).click();
  await expect(page.getByRole("grid", { name: "Incidents" }).getByRole("link").first()).toBeVisible();
  let refused = 0;
  await page.route(/\/v1\.0\/security\/incidents\/\d+/, async (route) => {
    refused += 1;
    await route.fulfill({ status: 401, headers: { "access-control-allow-origin": sandbox.origin("portal") }, json: {} });
  });
  await page.getByRole("grid", { name: "Incidents" }).getByRole("link").first().click();
  await expect(page.getByText("Your sign-in has ended.").first()).toBeVisible();
  expect(refused).toBeLessThanOrEqual(2);
});
