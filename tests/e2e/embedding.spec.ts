/** The portal inside another page: its tokens come from there, by a function or by a message port. */

import type { Frame } from "@playwright/test";
import { kept } from "./support/disk";
import { atRest, expect, type Page, type Person, test } from "./support/test";
import type { Sandbox } from "./support/sandbox";

test.use({ cleanTenant: true });

interface Asked {
  resource: string;
  scopes: string[];
  claims?: string;
  forceRefresh: boolean;
}

/** Gives somebody's tokens as a page around the portal would, and keeps what it was asked. */
async function tokens(page: Page, sandbox: Sandbox, person: Person = "Omar Haddad"): Promise<Asked[]> {
  const asked: Asked[] = [];
  await page.exposeFunction("tokenFor", async (question: Asked) => {
    asked.push(question);
    const answer = await sandbox.post("tokens", { person, resource: question.resource });
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

/** The page around mounts the portal at an address. */
async function mount(page: Page, address: string, options: { config: string; subject?: string }): Promise<void> {
  await page.route("**/boot.js", (route) => route.fulfill({ contentType: "text/javascript", body: "" }));
  await page.goto(address);
  await page.evaluate(async (options) => {
    const { js, wasm } = document.querySelector<HTMLElement>("script[data-wasm]")!.dataset;
    const portal = await import(js!);
    await portal.default({ module_or_path: wasm });
    const getToken = (question: object) => (window as any).tokenFor(question);
    portal.mount(document.querySelector("[data-portal]"), { ...options, getToken });
  }, options);
}

/** A page `around` the portal, from its own origin or another, holds it in a frame, and welcomes it. */
async function frame(page: Page, sandbox: Sandbox, around: string, welcome: { subject?: string }, address = "/incidents"): Promise<void> {
  // A document of this machine's.
  await page.goto(`${around}/no-such-page.txt`);
  await page.evaluate(
    ({ portal, welcome, address }) => {
      document.title = "The page around";
      document.documentElement.lang = "en";
      addEventListener("message", (event) => {
        if (event.origin !== portal || event.data?.type !== "experts.hello") return;
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = async ({ data }) => {
          const answer = await (window as any).tokenFor(data);
          port1.postMessage({ id: data.id, type: "token.response", ...answer });
        };
        const answer = { type: "experts.welcome", nonce: event.data.nonce, ...welcome };
        (event.source as Window).postMessage(answer, portal, [port2]);
      });
      const frame = document.createElement("iframe");
      frame.src = `${portal}${address}`;
      frame.title = "Defender Experts";
      frame.width = "1200";
      frame.height = "700";
      document.body.replaceChildren(frame);
    },
    { portal: sandbox.origin("portal"), welcome, address },
  );
}

/** The names under which texts are kept on this device. */
const names = async (frame: Frame) => (await kept(frame, "drafts")).map(([name]) => name);

test("a page that mounts the portal gives it tokens, and new ones once they are refused", async ({ page, sandbox, guard }) => {
  guard.expectStatus(401, 404);
  const asked = await tokens(page, sandbox);
  const config = await settings(sandbox);
  await mount(page, "/incidents", { config, subject: "omar" });
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
  await frame(page, sandbox, around, {});
  const portal = page.frameLocator("iframe");
  await expect(portal.getByRole("grid", { name: "Incidents" }).getByRole("link").first()).toBeVisible();
  expect(asked.map(({ resource }) => resource)).toContain("graph");
});

test("what is typed in a frame is kept under the name that the page around has for the person", async ({ page, sandbox, guard }) => {
  guard.expectStatus(401, 404);
  // Chromium under test gives a frame of another site no disk at all.
  const around = sandbox.origin("portal");
  await sandbox.post("framing", { origin: around });
  const config = await settings(sandbox, [around]);
  await page.route("**/config.json", (route) => route.fulfill({ contentType: "application/json", body: config }));
  await tokens(page, sandbox);
  const { investigating } = await sandbox.get("showcase");
  await frame(page, sandbox, around, { subject: "omar" }, `/incidents/${investigating.id}?tab=comments`);
  await page.frameLocator("iframe").getByRole("textbox", { name: "Add a comment" }).fill("Half a thought");
  const draft = `omar/incident/${investigating.id}/comment`;
  await expect.poll(() => names(page.frames()[1]!)).toContain(draft);
  expect((await names(page.frames()[1]!)).every((name) => name.startsWith("omar/"))).toBe(true);
});

test("two people at one device see nothing of each other's, though the page around names neither", async ({ context, sandbox, guard }) => {
  guard.expectStatus(401, 404);
  const { investigating } = await sandbox.get("showcase");
  const config = await settings(sandbox);
  const open = async (person: Person) => {
    const page = await context.newPage();
    await tokens(page, sandbox, person);
    await mount(page, `/incidents/${investigating.id}?tab=comments`, { config });
    const box = page.getByRole("textbox", { name: "Add a comment" });
    await expect(box).toBeVisible();
    await expect(page.getByRole("button", { name: person })).toBeVisible();
    return { page, box };
  };
  const omar = await open("Omar Haddad");
  await omar.box.fill("For no other eyes");
  await expect.poll(() => names(omar.page.mainFrame())).toHaveLength(2);
  await omar.page.close();

  const ada = await open("Ada Lindqvist");
  await ada.box.fill("Nor these");
  await expect.poll(() => names(ada.page.mainFrame())).toHaveLength(4);
  await expect(ada.box).toHaveValue("Nor these");
  await ada.page.close();

  const again = await open("Omar Haddad");
  await expect(again.box).toHaveValue("For no other eyes");
  await again.page.close();
});

test("what is typed is kept for nobody while it is not known who types", async ({ page, sandbox, guard }) => {
  guard.expectStatus(401, 403, 404);
  const { investigating } = await sandbox.get("showcase");
  await tokens(page, sandbox);
  await sandbox.post("faults", { host: "graph", method: "GET", pathContains: "/v1.0/me", status: 403, times: 1 });
  await mount(page, `/incidents/${investigating.id}?tab=comments`, { config: await settings(sandbox) });
  const box = page.getByRole("textbox", { name: "Add a comment" });
  await box.fill("Half a thought");
  await expect(page.getByText(/^This browser keeps nothing for this address/)).toBeVisible();
  expect(await names(page.mainFrame())).toEqual([]);
  // It is sent all the same.
  await page.getByRole("button", { name: "Add comment" }).click();
  await expect(page.getByRole("listitem").filter({ hasText: "Half a thought" })).toHaveCount(1);
});

test("whoever cannot be signed out from here is offered no such thing", async ({ page, sandbox }) => {
  await tokens(page, sandbox);
  await mount(page, "/incidents", { config: await settings(sandbox) });
  await page.getByRole("button", { name: "Omar Haddad" }).click();
  await expect(page.getByRole("menuitem", { name: "Preferences" })).toBeVisible();
  await expect(page.getByRole("menuitem", { name: "Sign out" })).toHaveCount(0);
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
  // Another service's token is on its way meanwhile: what is told for one is not lost with the other's answer.
  let letGo = () => {};
  const until = new Promise<void>((resolve) => (letGo = resolve));
  await page.route(token, async (route) => {
    if (route.request().postData()?.includes("grant_type=refresh_token")) await until;
    await route.continue();
  });
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
  await expect.poll(() => refusals).toBe(1);
  letGo();
  await expect(page.getByRole("tab", { name: "Summary" })).toBeVisible();
  // The head of the incident stands before the answer does: it is known from the list.
  await atRest(page);
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
