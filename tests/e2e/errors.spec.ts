import { atRest, expect, leap, type Page, signIn, test } from "./support/test";

test.use({ cleanTenant: true });

/** What stands above every page. */
const banner = (page: Page, words: RegExp) => page.getByRole("main").getByText(words);
const flyout = (page: Page) => page.getByRole("dialog", { name: "Managed response" });
const loading = (page: Page) => page.getByRole("main").getByText("Loading…", { exact: true }).first();

/** Holds matching requests back until they are let go. */
async function hold(page: Page, pattern: RegExp): Promise<() => void> {
  let letGo = () => {};
  const until = new Promise<void>((resolve) => (letGo = resolve));
  await page.route(pattern, async (route) => {
    await until;
    await route.continue();
  });
  return letGo;
}

/** The id to quote is there, and is the one that the service gave. */
async function expectRequestId(page: Page): Promise<void> {
  const line = page.getByText(/^Request id /).first();
  await expect(line).toHaveText(/^Request id [0-9a-f-]{36}/);
  await expect(line.getByRole("button", { name: "Copy request id" })).toBeVisible();
}

test("the queue: loading, failed with a retry, ready, and not up to date with its age", async ({ page, sandbox, guard }) => {
  guard.expectStatus(500);
  await page.clock.install();
  await sandbox.post("faults", { host: "graph", pathContains: "/security/incidents", status: 500, times: 2 });
  const letGo = await hold(page, /graph\.localhost.*\/security\/incidents/);
  await signIn(page, "Omar Haddad", "/incidents");
  await expect(loading(page)).toBeVisible();
  letGo();
  await expect(page.getByRole("heading", { name: "The incident queue could not be loaded: the service failed (500)" })).toBeVisible();
  await expectRequestId(page);
  // Two lists fail. What fails only after the button was pressed is for the button once more.
  await atRest(page);
  await page.getByRole("button", { name: "Try again" }).click();
  const grid = page.getByRole("grid", { name: "Incidents" });
  await expect(grid).toBeVisible();
  await expect(page.getByRole("main")).not.toContainText("Not up to date.");

  await atRest(page);
  await sandbox.post("faults", { host: "graph", pathContains: "/security/incidents", status: 500 });
  await leap(page, 70_000);
  await expect(banner(page, /Not up to date\..*What has changed could not be loaded: the service failed \(500\)/)).toBeVisible();
  await leap(page, 35_000);
  await expect(page.getByText(/^Loaded [12] min ago$/)).toBeVisible();
  await expectRequestId(page);
  await expect(grid).toBeVisible();
  await page.getByRole("button", { name: "Try again" }).click();
  await expect(page.getByText("Not up to date.")).toHaveCount(0);
});

test("Home: loading, failed with a retry, ready, and not up to date with its age", async ({ page, sandbox, guard }) => {
  guard.expectStatus(500);
  await page.clock.install();
  await sandbox.post("faults", { host: "graph", pathContains: "/security/incidents", status: 500, times: 2 });
  const letGo = await hold(page, /graph\.localhost.*\/security\/incidents/);
  await signIn(page, "Omar Haddad");
  await expect(loading(page)).toBeVisible();
  letGo();
  const card = page.getByRole("region", { name: "Defender Experts" });
  await expect(card.getByRole("heading", { name: "What awaits your action could not be loaded: the service failed (500)" })).toBeVisible();
  await expectRequestId(page);
  await atRest(page);
  await card.getByRole("button", { name: "Try again" }).click();
  await expect(card.getByRole("link", { name: /awaiting your action$/ })).toBeVisible();
  await expect(page.getByRole("region", { name: "Last 30 days" }).getByRole("link").last()).toHaveText(/^\d+/);

  await atRest(page);
  await sandbox.post("faults", { host: "graph", pathContains: "/security/incidents", status: 500 });
  await leap(page, 70_000);
  await expect(banner(page, /Not up to date\..*the service failed \(500\)/)).toBeVisible();
  await leap(page, 35_000);
  await expect(page.getByText(/^Loaded [12] min ago$/)).toBeVisible();
  await expect(card.getByRole("link", { name: /awaiting your action$/ })).toBeVisible();
});

test("an incident: loading, failed with a retry, ready, and not up to date with its age", async ({ page, sandbox, guard }) => {
  guard.expectStatus(500);
  const { investigating } = await sandbox.get("showcase");
  const one = { host: "graph", pathContains: `/security/incidents/${investigating.id}`, status: 500 };
  // Not one that awaits the customer: those are known from a list.
  await sandbox.post("faults", one);
  const letGo = await hold(page, /graph\.localhost.*\$expand=alerts/);
  await signIn(page, "Omar Haddad", `/incidents/${investigating.id}`);
  await expect(loading(page)).toBeVisible();
  letGo();
  await expect(page.getByRole("heading", { name: "The incident could not be loaded: the service failed (500)" })).toBeVisible();
  await expectRequestId(page);
  await page.getByRole("button", { name: "Try again" }).click();
  const title = page.getByRole("heading", { level: 1 });
  await expect(title).toHaveText(investigating.displayName);
  await expect(page.getByRole("main"), "the button has gone").toBeFocused();

  await page.getByRole("link", { name: "Home", exact: true }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Home" })).toBeVisible();
  await atRest(page);
  await sandbox.post("faults", one);
  await page.goBack();
  await expect(banner(page, /Not up to date\..*The incident could not be loaded: the service failed \(500\)/)).toBeVisible();
  await expect(page.getByText(/^Loaded (just now|\d min ago)$/)).toBeVisible();
  await expectRequestId(page);
  await expect(title).toHaveText(investigating.displayName);
  await page.getByRole("button", { name: "Try again" }).click();
  await expect(page.getByText("Not up to date.")).toHaveCount(0);
  await expect(page.getByRole("main")).toBeFocused();
});

test("a managed response: loading, failed with a retry, ready, and not up to date with its age", async ({ page, sandbox, guard }) => {
  guard.expectStatus(500);
  const { ransomware } = await sandbox.get("showcase");
  const one = { host: "experts", method: "GET", pathContains: "managed-response", status: 500 };
  await sandbox.post("faults", one);
  const letGo = await hold(page, /experts\.localhost.*\/managed-response$/);
  await signIn(page, "Omar Haddad", `/incidents/${ransomware.id}?panel=managed-response`);
  const summary = flyout(page).getByRole("region", { name: "Investigation summary" });
  await expect(summary.getByText("Loading…")).toBeVisible();
  letGo();
  await expect(summary.getByRole("heading", { name: /could not be loaded: the service failed \(500\)/ })).toBeVisible();
  await expectRequestId(page);
  await summary.getByRole("button", { name: "Try again" }).click();
  await expect(summary.getByText(/An attacker working by hand/)).toBeVisible();
  await expect(flyout(page).getByRole("heading", { name: "Managed response" }), "the button has gone").toBeFocused();

  await page.keyboard.press("Escape");
  await expect(flyout(page)).toHaveCount(0);
  await atRest(page);
  await sandbox.post("faults", one);
  await page.getByRole("button", { name: /^(View m|M)anaged response$/ }).first().click();
  await expect(summary.getByText(/Not up to date\..*the service failed \(500\)/)).toBeVisible();
  await expect(summary.getByText(/^Loaded (just now|\d min ago)$/)).toBeVisible();
  await expect(summary.getByText(/An attacker working by hand/)).toBeVisible();
  await summary.getByRole("button", { name: "Try again" }).click();
  await expect(summary.getByText("Not up to date.")).toHaveCount(0);
});

test("without a network every page says since when, and is fresh again by itself when it is back", async ({ page, context, sandbox, guard }) => {
  guard.expectLostConnection();
  const { ransomware } = await sandbox.get("showcase");
  await signIn(page, "Omar Haddad", `/incidents/${ransomware.id}`);
  const title = page.getByRole("heading", { level: 1 });
  await expect(title).toHaveText(ransomware.displayName);
  await page.getByRole("link", { name: "Home", exact: true }).click();
  await expect(page.getByRole("region", { name: "Last 30 days" }).getByRole("link").first()).toHaveText(/^\d+/);

  await context.setOffline(true);
  const lost = banner(page, /^No connection since \d+ \w+, \d\d:\d\d\. What you see may be old/);
  await expect(lost).toBeVisible();
  await page.getByRole("link", { name: "Incidents", exact: true }).click();
  await expect(title).toHaveText("Incidents");
  await expect(lost).toBeVisible();
  await page.goBack();
  await page.goBack();
  await expect(title).toHaveText(ransomware.displayName);
  await expect(lost).toBeVisible();
  await expect(banner(page, /The incident could not be loaded: no connection/)).toBeVisible();
  // Above what covers the page, too.
  await page.getByRole("button", { name: /^(View m|M)anaged response$/ }).first().click();
  await expect(flyout(page).getByText(/^No connection since/)).toBeVisible();
  await expect(flyout(page).getByRole("heading", { name: /could not be loaded: no connection/ }).first()).toBeVisible();

  await sandbox.post(`incidents/${ransomware.id}`, { displayName: "Renamed meanwhile" });
  await context.setOffline(false);
  await expect(flyout(page).getByText(/An attacker working by hand/)).toBeVisible();
  await expect(page.getByText(/^No connection since/)).toHaveCount(0);
  await page.keyboard.press("Escape");
  await expect(title).toHaveText("Renamed meanwhile");
  await expect(page.getByText("Not up to date.")).toHaveCount(0);
});

test("an answer that was on its way when the network went does not say that it is back", async ({ page, context, guard }) => {
  guard.expectLostConnection();
  await signIn(page, "Omar Haddad", "/incidents");
  await expect(page.getByRole("grid", { name: "Incidents" })).toBeVisible();
  await atRest(page);
  let arrive = () => {};
  const arrived = new Promise<void>((resolve) => (arrive = resolve));
  const asked = page.waitForRequest(/graph\.localhost.*\/security\/incidents/);
  await page.route(/graph\.localhost.*\/security\/incidents/, async (route) => {
    await arrived;
    await route.fulfill({ json: { value: [] }, headers: { "access-control-allow-origin": "*" } });
  });
  // A return of the network asks for changes at once.
  await page.evaluate(() => window.dispatchEvent(new Event("online")));
  await asked;
  await context.setOffline(true);
  const lost = banner(page, /^No connection since/);
  await expect(lost).toBeVisible();
  const answered = page.waitForResponse(/graph\.localhost.*\/security\/incidents/);
  arrive();
  await answered;
  await atRest(page);
  await expect(lost).toBeVisible();
});

test("a service that cannot be reached is said although the browser sees a network, and noticed when it is back", async ({ page, context, guard }) => {
  guard.expectLostConnection();
  await page.clock.install();
  await signIn(page, "Omar Haddad", "/incidents");
  await expect(page.getByRole("grid", { name: "Incidents" })).toBeVisible();
  await context.route(/graph\.localhost/, (route) => route.abort("connectionrefused"));
  await leap(page, 70_000);
  await expect(banner(page, /^No connection since/)).toBeVisible();
  await context.unroute(/graph\.localhost/);
  await leap(page, 70_000);
  await expect(page.getByText(/^No connection since/)).toHaveCount(0);
});

test("a list that nobody has refreshed for minutes says its age, and is refreshed when asked", async ({ page, sandbox }) => {
  await page.clock.install();
  await signIn(page, "Omar Haddad", "/incidents");
  await expect(page.getByRole("grid", { name: "Incidents" })).toBeVisible();
  await atRest(page);
  // As in a tab that nobody sees, which asks for nothing.
  await page.evaluate(() => Object.defineProperty(document, "visibilityState", { configurable: true, get: () => "hidden" }));
  const asked = async () => (await sandbox.get("requests")).filter((one: { path: string }) => one.path.includes("/security/incidents")).length;
  const before = await asked();
  await leap(page, 10 * 60_000);
  expect(await asked()).toBe(before);
  await expect(banner(page, /Not up to date\. Changes have not been loaded for some minutes/)).toBeVisible();
  await expect(page.getByText(/^Loaded 10 min ago$/)).toBeVisible();
  await page.getByRole("button", { name: "Try again" }).press("Enter");
  await expect(page.getByText("Not up to date.")).toHaveCount(0);
  await expect(page.getByRole("main")).toBeFocused();
});

test("a tab that is seen again asks for changes at once", async ({ page, sandbox }) => {
  await page.clock.install();
  const { investigating } = await sandbox.get("showcase");
  await signIn(page, "Omar Haddad", "/incidents");
  await page.getByRole("searchbox", { name: "Search for name or ID" }).fill(investigating.id);
  await expect(page.getByRole("grid").getByRole("link", { name: investigating.displayName })).toBeVisible();
  const show = (state: string) =>
    page.evaluate((now) => {
      Object.defineProperty(document, "visibilityState", { configurable: true, get: () => now });
      document.dispatchEvent(new Event("visibilitychange", { bubbles: true }));
    }, state);
  await show("hidden");
  await leap(page, 2 * 60_000);
  await sandbox.post(`incidents/${investigating.id}`, { displayName: "Seen again" });
  await show("visible");
  await expect(page.getByRole("grid").getByRole("link", { name: "Seen again" })).toBeVisible();
});

test("a panic ends in a report, a way to copy it and a way out, by keyboard alone", async ({ page, context, sandbox, guard }) => {
  guard.expectError(/panicked at/);
  guard.expectError(/unreachable/);
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const { ransomware } = await sandbox.get("showcase");
  await signIn(page, "Omar Haddad", `/incidents/${ransomware.id}?panel=managed-response`);
  await expect(flyout(page).getByText(/An attacker working by hand/)).toBeVisible();
  await page.keyboard.press("Escape");
  // What still comes would end the portal before the tab is pressed.
  await atRest(page);
  // A browser that refuses to make an element: nothing that draws can go on.
  await page.evaluate(() => {
    const { createElement } = document;
    const still = ["dialog", "h1", "p", "button", "span", "pre"];
    document.createElement = ((tag: string) => {
      if (!still.includes(tag)) throw new Error("refused");
      return createElement.call(document, tag);
    }) as typeof createElement;
  });
  await page.getByRole("tab", { name: /^Alerts/ }).click();
  const panel = page.getByRole("alertdialog", { name: "The portal has stopped" });
  await expect(panel).toBeVisible();
  await expect(panel.getByRole("button", { name: "Reload the page" })).toBeFocused();
  await page.keyboard.press("Escape");
  await page.keyboard.press("Escape");
  await expect(panel).toBeVisible();
  await panel.getByRole("button", { name: "Reload the page" }).focus();
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await expect(panel.getByText("Copied")).toBeVisible();
  const report = await page.evaluate(() => navigator.clipboard.readText());
  expect(report).toMatch(/^Portal: .*\.wasm$/m);
  expect(report).toContain(`Page: /incidents/${ransomware.id}\n`);
  expect(report).toMatch(/^Error: panicked at /m);
  expect(report).toContain(`Browser: ${await page.evaluate(() => navigator.userAgent)}`);
  expect(report).not.toMatch(/Omar|panel=|token/i);
  await page.keyboard.press("Shift+Tab");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(ransomware.displayName);
});

for (const [where, later] of [
  ["a timer", "setTimeout"],
  ["work that waits", "promise"],
] as const) {
  test(`a trap of the program in ${where} ends in the same report as a panic`, async ({ page, guard }) => {
    guard.expectError(/memory access out of bounds/);
    await page.addInitScript(() => {
      const instantiate = WebAssembly.instantiateStreaming;
      WebAssembly.instantiateStreaming = async (...wanted) => {
        const made = await instantiate.apply(WebAssembly, wanted);
        Object.assign(window, { program: made.instance.exports });
        return made;
      };
    });
    await signIn(page, "Omar Haddad");
    await expect(page.getByRole("heading", { level: 1, name: "Home" })).toBeVisible();
    // A place beyond all memory, handed to the program's own allocator.
    await page.evaluate((later) => {
      const { __wbindgen_realloc } = (window as unknown as { program: Record<string, (...of: number[]) => number> }).program;
      const trap = () => __wbindgen_realloc(0xffff_fff0, 16, 4_096, 4);
      if (later === "setTimeout") setTimeout(trap);
      else void Promise.resolve().then(trap);
    }, later);
    const panel = page.getByRole("alertdialog", { name: "The portal has stopped" });
    await expect(panel.getByText(/Error: RuntimeError: memory access out of bounds/)).toBeVisible();
    await expect(panel.getByRole("button", { name: "Reload the page" })).toBeFocused();
  });
}
