/** What goes wrong at the OpenID provider and with its tokens: each is said in words, with what to do, and the page comes back. */

import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, type Page, signIn, signInByHand, test } from "./support/test";
import type { Sandbox } from "./support/sandbox";

test.use({ cleanTenant: true });

const LIST = "/incidents?range=7d";
const grid = (page: Page) => page.getByRole("grid", { name: "Incidents" });
const people = (page: Page) => page.getByRole("heading", { name: /^Sign in to Contoso/ });

/** To the provider's list of people. */
async function leave(page: Page, address = LIST): Promise<void> {
  await page.goto(address);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(people(page)).toBeVisible();
}

/** What the portal asked the provider for. */
const asked = (page: Page) => new URL(page.url()).searchParams;

/** The provider sends the browser back with an answer to what it was asked last. */
async function comeBack(page: Page, sandbox: Sandbox, answer: Record<string, string>, mark = "#"): Promise<void> {
  const fields = new URLSearchParams({ ...answer, state: asked(page).get("state")! });
  await page.goto(`${sandbox.origin("portal")}/${mark}${fields}`);
}

/** The sign-in is refused so, at the address it began at, and works when it is tried again. */
async function expectRefusal(page: Page, words: RegExp, path = LIST): Promise<void> {
  await expect(page.getByRole("heading", { name: "Sign-in did not succeed" })).toBeVisible();
  await expect(page.getByText(words)).toBeVisible();
  await expect(page).toHaveURL((url) => url.pathname + url.search + url.hash === path);
}

async function expectToWorkAgain(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.getByRole("button", { name: "Omar Haddad" }).click();
  await expect(grid(page).getByRole("link").first()).toBeVisible({ timeout: 15_000 });
  await expect(page).toHaveURL(/\/incidents\?range=7d$/);
}

test.describe("an answer of the sign-in page", () => {
  for (const [name, answer, words] of [
    [
      "that the person has cancelled it",
      { error: "access_denied", error_description: "AADSTS65004: User declined to consent to access the app.\r\nTrace ID: 1" },
      /^The sign-in was cancelled, or you are not allowed in\. Sign in when you are ready, .* The sign-in service says: AADSTS65004: User declined/,
    ],
    ["that says no more than no", { error: "access_denied" }, /^The sign-in was cancelled, .* ask an administrator for access\.$/],
    [
      "that nobody has consented",
      { error: "consent_required", error_description: "AADSTS65001: The user or administrator has not consented to use the application." },
      /^Nobody has agreed yet that the portal may use the services in your name\. .* an administrator has to agree for you\.$/,
    ],
    ["that somebody has to be asked", { error: "interaction_required", error_description: "AADSTS50076: Use multi-factor authentication." }, /Sign in again\./],
    [
      "that it is in trouble",
      { error: "temporarily_unavailable" },
      /^The sign-in service is failing \(503\)\. Try again in a minute\.$/,
    ],
    [
      "in words that only it knows",
      { error: "invalid_target", error_description: "AADSTS500011: The resource principal was not found.\r\nTrace ID: 2" },
      /^The sign-in service refused: AADSTS500011: The resource principal was not found\.$/,
    ],
  ] as const) {
    test(`${name} is told, and the page is kept`, async ({ page, sandbox }) => {
      await leave(page);
      await comeBack(page, sandbox, answer);
      await expectRefusal(page, words);
      await expectToWorkAgain(page);
    });
  }

  test("in the query is understood as one in the fragment", async ({ page, sandbox }) => {
    await leave(page);
    await comeBack(page, sandbox, { error: "access_denied" }, "?");
    await expectRefusal(page, /^The sign-in was cancelled/);
  });

  for (const error of ["login_required", "interaction_required", "consent_required"]) {
    test(`that it would have to ask (${error}) leads to asking where nobody was to be asked`, async ({ page, sandbox }) => {
      // Held at the provider, where the portal looks for a session.
      await page.route(/\/authorize\?.*prompt=none/, (route) => route.fulfill({ contentType: "text/html", body: "<title>Provider</title>" }));
      await page.goto(LIST);
      await expect(page).toHaveURL(/prompt=none/);
      await comeBack(page, sandbox, { error });
      await expect(page.getByRole("heading", { name: "Sign in to continue" })).toBeVisible();
      await expect(page.getByText("Sign-in did not succeed")).toHaveCount(0);
      await expectToWorkAgain(page);
    });
  }

  test("that has been used before signs nobody in", async ({ page, sandbox }) => {
    let used = "";
    page.on("response", async (response) => {
      const to = response.headers()["location"] ?? "";
      if (to.includes("code=")) used = to;
    });
    await signInByHand(page, "Omar Haddad", LIST);
    await expect(grid(page)).toBeVisible();
    expect(used).toContain("state=");
    await page.goto("about:blank");
    await page.goto(used);
    await expectRefusal(page, /^The answer of the sign-in page does not belong to this tab\. Sign in again\.$/, "/");
    await page.getByRole("button", { name: "Sign in" }).click();
    await expect(page.getByRole("heading", { level: 1, name: "Home" })).toBeVisible();
    await expect(page).toHaveURL(`${sandbox.origin("portal")}/`);
  });

  test("is no end of what somebody has typed, cancelled or not", async ({ page, sandbox, guard }) => {
    guard.expectStatus(401, 400);
    const { investigating } = await sandbox.get("showcase");
    const address = `/incidents/${investigating.id}?tab=comments`;
    await signInByHand(page, "Omar Haddad", address);
    const box = page.getByRole("textbox", { name: "Add a comment" });
    await box.fill("Half a thought");
    await sandbox.post("tokens/expire", { refresh: true, sessions: true });
    await page.getByRole("button", { name: "Add comment" }).click();
    await page.getByRole("main").getByRole("button", { name: "Sign in" }).click();
    await expect(people(page)).toBeVisible();
    await comeBack(page, sandbox, { error: "access_denied" });
    await expectRefusal(page, /^The sign-in was cancelled/, address);
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.getByRole("button", { name: "Omar Haddad" }).click();
    await expect(box).toHaveValue("Half a thought");
    await expect(page).toHaveURL((url) => url.pathname + url.search === address);
  });
});

test.describe("what the token endpoint says", () => {
  const TOKEN = { host: "login", method: "POST", pathContains: "/token" };
  const refusal = (error: string, description: string) => ({
    status: 400,
    body: { error, error_description: `${description}\r\nTrace ID: 3`, error_codes: [1], correlation_id: "c-1" },
  });

  for (const [name, fault, words] of [
    [
      "the portal is registered as another kind of application",
      refusal("invalid_request", "AADSTS9002326: Cross-origin token redemption is permitted only for the 'Single-Page Application' client-type."),
      /^The sign-in service refused: The portal's address is not registered as a single-page application .* An administrator can change its type/,
    ],
    [
      "nobody has consented",
      refusal("invalid_grant", "AADSTS65001: The user or administrator has not consented to use the application."),
      /^Nobody has agreed yet that the portal may use the services in your name\./,
    ],
    ["a code is spent", refusal("invalid_grant", "AADSTS54005: OAuth2 Authorization code was already redeemed."), /Sign in again\.$/],
    ["it fails", { status: 503 }, /^The sign-in service is failing \(503\)\. Try again in a minute\.$/],
    [
      "a web page instead of tokens",
      { status: 200, contentType: "text/html", body: "<!doctype html><title>Network sign-in</title>" },
      /^The sign-in was stopped: the answer of the sign-in service could not be read\./,
    ],
  ] as const) {
    test(`${name}: told, and the page is kept`, async ({ page, sandbox, guard }) => {
      guard.expectStatus(400, 503);
      await leave(page);
      await sandbox.post("faults", { ...TOKEN, ...fault });
      await page.getByRole("button", { name: "Omar Haddad" }).click();
      await expectRefusal(page, words);
      await page.getByRole("button", { name: "Sign in" }).click();
      await expect(grid(page).getByRole("link").first()).toBeVisible({ timeout: 15_000 });
      await expect(page).toHaveURL(/\/incidents\?range=7d$/);
    });
  }

  const now = () => Math.floor(Date.now() / 1_000);

  /** The provider's next answer states `change` in place of what it would. */
  async function state(page: Page, sandbox: Sandbox, change: (ours: string) => object): Promise<void> {
    const { authority, clientId } = (await sandbox.config()).auth;
    const { access_token } = await sandbox.post("tokens", { person: "Omar Haddad", resource: "graph" });
    const claims = { iss: authority, aud: clientId, iat: now(), exp: now() + 600, sub: "omar", nonce: asked(page).get("nonce"), ...change(clientId) };
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
    const body = { token_type: "Bearer", expires_in: 600, access_token, id_token: `${part({ alg: "none" })}.${part(claims)}.` };
    await sandbox.post("faults", { ...TOKEN, status: 200, body });
  }

  for (const [name, change, words] of [
    ["of another attempt", () => ({ nonce: "another" }), /^The sign-in was stopped: the answer belongs to another attempt\. Try again; if it happens again, tell your administrator\.$/],
    ["without a nonce", () => ({ nonce: undefined }), /^The sign-in was stopped: the answer belongs to another attempt\./],
    ["for another application", () => ({ aud: "another" }), /^The sign-in was stopped: the answer is meant for another application\./],
    ["for a list of others", () => ({ aud: ["another"] }), /^The sign-in was stopped: the answer is meant for another application\./],
    ["for this portal among others, at nobody's asking", (ours: string) => ({ aud: [ours, "another"] }), /^The sign-in was stopped: the answer is meant for another application\./],
    ["of another provider", () => ({ iss: "https://login.example/v2.0" }), /^The sign-in was stopped: another provider issued the answer\./],
    ["that had expired before it was made", () => ({ iat: now(), exp: now() - 1 }), /^The sign-in was stopped: the answer had expired when it came\./],
    ["that names nobody", () => ({ sub: undefined }), /^The sign-in was stopped: the answer of the sign-in service could not be read\./],
  ] as const) {
    test(`a statement ${name} signs nobody in`, async ({ page, sandbox }) => {
      await leave(page);
      await state(page, sandbox, change);
      await page.getByRole("button", { name: "Omar Haddad" }).click();
      await expectRefusal(page, words);
      await page.getByRole("button", { name: "Sign in" }).click();
      await expect(grid(page).getByRole("link").first()).toBeVisible({ timeout: 15_000 });
    });
  }

  for (const [name, change] of [
    ["alone in a list", (ours: string) => ({ aud: [ours] })],
    ["among others, at its own asking", (ours: string) => ({ aud: ["another", ours], azp: ours })],
  ] as const) {
    test(`a statement that names this portal ${name} signs in`, async ({ page, sandbox }) => {
      await leave(page);
      await state(page, sandbox, change);
      await page.getByRole("button", { name: "Omar Haddad" }).click();
      await expect(grid(page).getByRole("link").first()).toBeVisible({ timeout: 15_000 });
    });
  }

  test("one service that nobody has consented to takes none of the others with it", async ({ page, sandbox, guard }) => {
    guard.expectStatus(400);
    const { ransomware } = await sandbox.get("showcase");
    await leave(page, `/incidents/${ransomware.id}?panel=managed-response`);
    // The first token is Graph's; every other one is refused, as often as it is asked for.
    const refused = refusal("invalid_grant", "AADSTS65001: The user or administrator has not consented to use the application.");
    await page.route(/\/token$/, async (route) => {
      const wanted = new URLSearchParams(route.request().postData() ?? "").get("scope") ?? "";
      if (route.request().method() !== "POST" || !wanted.includes("api://")) return route.continue();
      await route.fulfill({ status: 400, json: refused.body, headers: { "access-control-allow-origin": sandbox.origin("portal") } });
    });
    await page.getByRole("button", { name: "Omar Haddad" }).click();
    const flyout = page.getByRole("dialog", { name: "Managed response" });
    await expect(flyout.getByRole("heading", { name: /^No access to / }).first()).toBeVisible();
    await expect(flyout.getByText(/^Nobody has agreed yet that the portal may use this service in your name\./).first()).toBeVisible();
    await expect(page.getByText("Your sign-in has ended.")).toHaveCount(0);
    await page.keyboard.press("Escape");
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(ransomware.displayName);
  });

  test("one service that wants more of the sign-in leaves the others theirs, and gets it at the next one", async ({ page, sandbox, guard }) => {
    guard.expectStatus(400);
    const { ransomware } = await sandbox.get("showcase");
    const address = `/incidents/${ransomware.id}?panel=managed-response`;
    const wanted = { essential: true, values: ["c-7"] };
    const refused = {
      ...refusal("invalid_grant", "AADSTS50076: Due to a configuration change, you must use multi-factor authentication.").body,
      suberror: "basic_action",
      claims: JSON.stringify({ access_token: { capolids: wanted } }),
    };
    await leave(page, address);
    const token = /\/token$/;
    let refusals = 0;
    await page.route(token, async (route) => {
      const scope = new URLSearchParams(route.request().postData() ?? "").get("scope") ?? "";
      if (route.request().method() !== "POST" || !scope.includes("api://mdr-experts")) return route.continue();
      refusals += 1;
      await route.fulfill({ status: 400, json: refused, headers: { "access-control-allow-origin": sandbox.origin("portal") } });
    });
    await page.getByRole("button", { name: "Omar Haddad" }).click();
    const flyout = page.getByRole("dialog", { name: "Managed response" });
    await expect(flyout.getByText("Your sign-in has ended.", { exact: true })).toBeVisible();
    await page.keyboard.press("Escape");

    // What another service answers says nothing of this one: the question to the person stays.
    const banner = page.getByRole("main").getByText(/^Your sign-in has ended\. What you see stays as it was/);
    await page.getByRole("link", { name: "Alerts", exact: true }).click();
    await expect(page.getByRole("grid", { name: "Alerts" }).getByRole("link").first()).toBeVisible();
    await expect(banner).toBeVisible();
    await page.getByRole("link", { name: "Incidents", exact: true }).click();
    await expect(grid(page).getByRole("link").first()).toBeVisible();
    await expect(banner).toBeVisible();
    expect(refusals, "asked once").toBe(1);

    await page.unroute(token);
    const leaving = page.waitForRequest(/\/authorize\?/);
    const back = page.waitForResponse(token);
    await page.getByRole("main").getByRole("button", { name: "Sign in" }).click();
    const sent = new URL((await leaving).url()).searchParams.get("claims");
    expect(JSON.parse(sent!)).toEqual({ access_token: { xms_cc: { values: ["cp1"] }, capolids: wanted } });
    await back;
    await page.goto(address);
    await expect(flyout.getByText(/An attacker working by hand/)).toBeVisible();
    await expect(page.getByText("Your sign-in has ended.")).toHaveCount(0);
  });
});

test("a token that is meant for another service is told from a sign-in that has ended, and asked for once", async ({ page, sandbox, guard }) => {
  guard.expectStatus(401);
  const { ransomware } = await sandbox.get("showcase");
  await leave(page, `/incidents/${ransomware.id}?panel=managed-response`);
  const { access_token } = await sandbox.post("tokens", { person: "Omar Haddad", resource: "graph" });
  await page.route(/\/token$/, async (route) => {
    const wanted = new URLSearchParams(route.request().postData() ?? "").get("scope") ?? "";
    if (route.request().method() !== "POST" || !wanted.includes("api://mdr-experts")) return route.continue();
    const json = { token_type: "Bearer", expires_in: 600, access_token };
    await route.fulfill({ json, headers: { "access-control-allow-origin": sandbox.origin("portal") } });
  });
  await page.getByRole("button", { name: "Omar Haddad" }).click();
  const summary = page.getByRole("dialog", { name: "Managed response" }).getByRole("region", { name: "Investigation summary" });
  await expect(summary.getByRole("heading", { name: /^No access to / })).toBeVisible();
  await expect(summary.getByText(/^The service refuses the portal's token, as it is meant for another service\. Tell your administrator: .*auth\.scopes/)).toBeVisible();
  await expect(summary.getByText(/^Request id /)).toBeVisible();
  await expect(page.getByText("Your sign-in has ended.")).toHaveCount(0);
  const read = (await sandbox.get("requests")).filter((one: { path: string }) => one.path.endsWith("/managed-response"));
  expect(read.map((one: { status: number }) => one.status)).toEqual([401]);
});

test.describe("a provider that", () => {
  /** A provider on this machine that tells no browser that its answers may be read. */
  async function withoutCors(answer: (path: string, base: string) => object): Promise<{ issuer: string; close: () => void }> {
    const server = createServer((request, response) => {
      response.setHeader("content-type", "application/json");
      response.end(JSON.stringify(answer(request.url ?? "", issuer)));
    });
    await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
    const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    return { issuer, close: () => server.close() };
  }

  test("lets no page read its answers is told from one that is not there", async ({ browser, sandbox }) => {
    const { issuer, close } = await withoutCors((_, base) => ({ issuer: base, authorization_endpoint: base, token_endpoint: base }));
    // The policy of the page names the sandbox's own provider.
    const context = await browser.newContext({ bypassCSP: true, baseURL: sandbox.origin("portal") });
    try {
      const config = await sandbox.config();
      await context.route("**/config.json", (route) => route.fulfill({ json: { ...config, auth: { ...config.auth, authority: issuer } } }));
      const page = await context.newPage();
      await page.goto(LIST);
      await expectRefusal(page, /^The sign-in service at http:\/\/127\.0\.0\.1:\d+ answers, but does not let this portal read that\. An administrator has to allow the portal's address there \(CORS\)/);
      close();
      // Nobody listens there any more.
      await page.unroute("**/config.json");
      await page.getByRole("button", { name: "Sign in" }).click();
      await expect(page.getByText(/could not be reached\. Check your network, then try again\.$/)).toBeVisible();
      await expect(page).toHaveURL(/\/incidents\?range=7d$/);
    } finally {
      await context.close();
      close();
    }
  });

  test("a connection that fails once on the way to the provider stops nobody", async ({ page, guard }) => {
    guard.expectLostConnection();
    await page.route("**/.well-known/openid-configuration", (route) => route.abort("connectionreset"), { times: 1 });
    await signInByHand(page, "Omar Haddad", LIST);
    await expect(grid(page)).toBeVisible();
  });
});

test.describe("answers of a service", () => {
  const LISTS = { host: "graph", method: "GET", pathContains: "/security/incidents?" };

  test("an error under a success's status is an error, with the id to quote", async ({ page, sandbox }) => {
    const body = { error: { code: "generalException", message: "Something went wrong upstream." } };
    await sandbox.post("faults", { ...LISTS, status: 200, body, times: 2 });
    await signIn(page, "Omar Haddad", "/incidents");
    await expect(page.getByRole("heading", { name: "The incident queue could not be loaded: the answer could not be understood" })).toBeVisible();
    await expect(page.getByText(/Tell your administrator: an error in place of data: generalException\./)).toBeVisible();
    await expect(page.getByText(/^Request id [0-9a-f-]{36}/)).toBeVisible();
    await page.getByRole("button", { name: "Try again" }).click();
    await expect(grid(page)).toBeVisible();
  });

  test("nor is it taken for a document without content", async ({ page, sandbox }) => {
    const { ransomware } = await sandbox.get("showcase");
    const body = { error: { code: "generalException", message: "Later." } };
    await sandbox.post("faults", { host: "experts", method: "GET", pathContains: "/managed-response", status: 200, body });
    await signIn(page, "Omar Haddad", `/incidents/${ransomware.id}?panel=managed-response`);
    const summary = page.getByRole("dialog", { name: "Managed response" }).getByRole("region", { name: "Investigation summary" });
    await expect(summary.getByText(/an error in place of data: generalException/)).toBeVisible();
    await summary.getByRole("button", { name: "Try again" }).click();
    await expect(summary.getByText(/An attacker working by hand/)).toBeVisible();
  });

  test("one that is larger than the portal takes is refused while it comes, and the page goes on", async ({ page }) => {
    let large = 2;
    await page.route(/\/security\/incidents\?/, async (route) => {
      if (route.request().method() !== "GET" || large-- <= 0) return route.fallback();
      await route.fulfill({ contentType: "application/json", body: `{"value":[]${" ".repeat(21 << 20)}}` });
    });
    await signIn(page, "Omar Haddad", "/incidents");
    await expect(page.getByRole("heading", { name: "The incident queue could not be loaded: the answer is too large" })).toBeVisible();
    await expect(page.getByText(/^The portal accepts at most 20 MB\. Narrow the range and try again\./)).toBeVisible();
    await page.getByRole("button", { name: "Try again" }).click();
    await expect(grid(page)).toBeVisible();
  });
});
