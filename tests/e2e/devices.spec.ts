/** The inventory of devices: what it says of them, how it is searched, and how it stands when parts of it are missing. */

import { expect, leap, type Page, signIn, test } from "./support/test";

test.use({ cleanTenant: true });

const grid = (page: Page) => page.getByRole("grid", { name: "Devices" });
const row = (page: Page, name: string) => grid(page).getByRole("row", { name: new RegExp(name) });
const count = (page: Page) => page.getByRole("main").getByRole("status").filter({ hasText: /devices?/ });
const flyout = (page: Page, name: string) => page.getByRole("dialog", { name });
const select = (page: Page, name: string) => page.getByRole("search").getByRole("combobox", { name, exact: true });

const SERVER = "prod-sql-02.contoso.com";

/** How many rows the grid has, whether or not they are in sight. */
const rows = async (page: Page) => Number(await grid(page).getAttribute("aria-rowcount")) - 1;

/** Once it is known which incidents name which devices. */
async function counted(page: Page): Promise<void> {
  await expect(page.getByText(/^Reading the incidents that name devices/)).toHaveCount(0);
  await expect(page.getByRole("switch", { name: "With open incidents" })).not.toHaveAttribute("aria-disabled", "true");
}

/** Into the grid by keyboard, from the last of the filters. */
async function enter(page: Page): Promise<void> {
  await page.getByRole("switch", { name: "With open incidents" }).focus();
  await page.keyboard.press("Tab");
}

/** Holds the lists of devices back until they are let go. */
async function hold(page: Page): Promise<() => void> {
  let letGo = () => {};
  const until = new Promise<void>((resolve) => (letGo = resolve));
  await page.route(/\/api\/machines\?/, async (route) => {
    await until;
    await route.continue();
  });
  return letGo;
}

test("the list counts what it shows, and search, filters and order are in the address", async ({ page }) => {
  test.slow();
  await signIn(page, "Omar Haddad", "/devices");
  await expect(grid(page)).toBeVisible();
  const all = await rows(page);
  await expect(count(page)).toContainText(`${all} devices`);
  await expect(grid(page).getByRole("columnheader", { name: "Risk" })).toHaveAttribute("aria-sort", "descending");
  await expect(grid(page).getByRole("row").nth(1)).toContainText("High");

  await select(page, "Value").selectOption("High");
  await expect(page).toHaveURL(/\/devices\?value=high$/);
  await expect(count(page)).toContainText(new RegExp(`^\\d of ${all} devices`));
  await select(page, "Device group").selectOption("Servers");
  await grid(page).getByRole("button", { name: "Device", exact: true }).click();
  await expect(page).toHaveURL(/value=high&group=Servers&sort=name$/);
  await page.getByRole("searchbox", { name: "Search devices" }).fill("SQL");
  await expect(page).toHaveURL(/q=SQL/);
  await expect(count(page)).toContainText(`1 of ${all} devices`);
  await expect(row(page, SERVER)).toContainText("Crown jewel");
  await page.reload();
  await expect(count(page)).toContainText(`1 of ${all} devices`);
  await expect(select(page, "Value")).toHaveValue("high");
  await page.goBack();
  await expect(page).toHaveURL(/value=high&group=Servers$/);

  await page.getByRole("searchbox", { name: "Search devices" }).fill("no device has this name");
  await expect(page.getByText("No devices match")).toBeVisible();
  await page.getByRole("button", { name: "Clear filters" }).click();
  await expect(page).toHaveURL(/\/devices$/);
  await expect(count(page)).toContainText(`${all} devices`);
});

test("a number of open incidents leads to as many incidents", async ({ page }) => {
  await signIn(page, "Omar Haddad", "/devices?incidents=open&sort=-incidents");
  await counted(page);
  const shown = await rows(page);
  expect(shown).toBeGreaterThan(2);
  const link = grid(page).getByRole("row").nth(1).getByRole("link", { name: /^\d+ open incidents? of / });
  const told = Number(await link.innerText());
  await link.click();
  await expect(page).toHaveURL(/\/incidents\?asset=[0-9a-f]+&by=created$/);
  await expect(page.getByText(/^Reading the incidents' alerts/)).toHaveCount(0);
  await expect(page.getByRole("grid", { name: "Incidents" })).toHaveAttribute("aria-rowcount", String(told + 1));
});

test("the flyout says how a device stands, names its incidents, and leads to its page and back", async ({ page, sandbox }) => {
  test.slow();
  const { ransomware } = await sandbox.get("showcase");
  const id = ransomware.devices[SERVER];
  const isolated = { id: "a1", type: "Isolate", scope: "Full", status: "Succeeded", machineId: id, lastUpdateTimeUtc: new Date().toISOString() };
  await sandbox.post("faults", { host: "experts", method: "GET", pathContains: "/api/machineactions", status: 200, body: { value: [isolated] } });
  await signIn(page, "Omar Haddad", "/devices");
  await expect(row(page, SERVER)).toContainText("Isolated");
  await select(page, "Isolation").selectOption("Isolated");
  await expect(page).toHaveURL(/isolation=isolated/);
  await expect(count(page)).toContainText("1 of");
  await row(page, SERVER).getByText("Servers").click();
  await expect(page).toHaveURL(new RegExp(`device=${id}$`));
  const panel = flyout(page, SERVER);
  await expect(panel.getByRole("group", { name: "How it stands" })).toContainText("Risk: High");
  await expect(panel.getByRole("group", { name: "How it stands" })).toContainText("Isolated");
  await expect(panel.getByRole("region", { name: "About this device" })).toContainText("ValueHigh");
  await expect(panel.getByRole("region", { name: "Open incidents" }).getByRole("link", { name: ransomware.displayName })).toBeVisible();
  await page.goBack();
  await expect(panel).toBeHidden();
  await page.goForward();
  await panel.getByRole("button", { name: "More actions" }).click();
  await expect(page.getByRole("menuitem")).toHaveText([/Ask Defender Experts/, /View device details/, /open incident/]);
  await page.getByRole("menuitem", { name: "View device details" }).click();
  await expect(page).toHaveURL(new RegExp(`/devices/${id}$`));
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(SERVER);
  await page.getByRole("navigation", { name: "Breadcrumb" }).getByRole("link", { name: "Devices" }).click();
  await expect(grid(page)).toBeVisible();
});

test("a device that the list has not is asked for, and one that is gone says so", async ({ page, sandbox, guard }) => {
  guard.expectStatus(404);
  const gone = "0123456789abcdef0123456789abcdef01234567";
  await signIn(page, "Omar Haddad", `/devices?device=${gone}`);
  await expect(page.getByRole("dialog").getByText("The device was not found")).toBeVisible();
  const { ransomware } = await sandbox.get("showcase");
  await page.goto(`/devices?q=nothing-has-this-name&device=${ransomware.devices[SERVER]}`);
  await expect(flyout(page, SERVER).getByRole("region", { name: "About this device" })).toBeVisible();
});

test("loading, failed with a retry, ready, and not up to date with its age", async ({ page, sandbox, guard }) => {
  test.slow();
  guard.expectStatus(500);
  await page.clock.install();
  await sandbox.post("faults", { host: "experts", method: "GET", pathContains: "/api/machines", status: 500 });
  const letGo = await hold(page);
  await signIn(page, "Omar Haddad", "/devices");
  await expect(page.getByRole("main").getByText("Loading…", { exact: true }).first()).toBeVisible();
  letGo();
  await expect(page.getByRole("heading", { name: "The list of devices could not be loaded: the service failed (500)" })).toBeVisible();
  await page.getByRole("button", { name: "Try again" }).click();
  await expect(grid(page)).toBeVisible();
  await expect(count(page)).toContainText(/Loaded (just now|\d+ s ago|less than)/);
  const before = await rows(page);

  await counted(page);
  await leap(page, 130_000);
  await expect(count(page)).toContainText("Loaded 2 min ago");
  await sandbox.post("faults", { host: "experts", method: "GET", pathContains: "/api/machines", status: 500 });
  await page.getByRole("button", { name: "Refresh" }).click();
  await expect(page.getByText(/Not up to date\..*The list of devices could not be loaded: the service failed \(500\)/)).toBeVisible();
  await expect(page.getByText(/^Loaded 2 min ago$/)).toBeVisible();
  expect(await rows(page)).toBe(before);
  await page.getByRole("button", { name: "Try again" }).click();
  await expect(page.getByText("Not up to date.")).toHaveCount(0);
});

test("who may not read devices is told so, and who can help", async ({ page, guard }) => {
  guard.expectStatus(403);
  await signIn(page, "Nils Berger", "/devices");
  await expect(page.getByRole("heading", { name: "No access to the list of devices" })).toBeVisible();
  await expect(grid(page)).toHaveCount(0);
});

test("a tenant without devices says so, and unknown isolation is said", async ({ page, sandbox, guard }) => {
  guard.expectStatus(403, 404);
  await sandbox.post("faults", { host: "experts", method: "GET", pathContains: "/api/machineactions", status: 403 });
  await sandbox.post("faults", { host: "experts", method: "GET", pathContains: "/api/machines", status: 404, code: "ResourceNotFound" });
  await signIn(page, "Omar Haddad", "/devices");
  await expect(page.getByText("No devices", { exact: true })).toBeVisible();
  await expect(page.getByText(/No access to which devices are isolated/)).toBeVisible();
});

test("without an address for devices the list shows what alerts and incidents name, and says what is missing", async ({ page, sandbox }) => {
  const config = await sandbox.config();
  await page.route("**/config.json", (route) => route.fulfill({ json: { ...config, endpointBaseUrl: null } }));
  await signIn(page, "Omar Haddad", "/devices");
  await expect(page.getByText(/no address for Defender for Endpoint \(endpointBaseUrl\).*(all|the newest) \d+ alerts.*Devices without an alert are missing/)).toBeVisible();
  await counted(page);
  await expect(grid(page).getByRole("columnheader", { name: "Last seen" })).toHaveCount(0);
  await expect(row(page, SERVER)).toContainText("Servers");
  await row(page, SERVER).getByText("Servers").click();
  await expect(flyout(page, SERVER).getByRole("region", { name: "About this device" })).toContainText("Device groupServers");
  await flyout(page, SERVER).getByRole("link", { name: "View device details" }).click();
  await expect(page.getByText(/What follows is what alerts know of it/)).toBeVisible();
});

test("ten thousand devices come page by page, and a few rows show them", async ({ page, sandbox }) => {
  test.slow();
  await sandbox.post("machines", { more: 10_000 });
  await signIn(page, "Omar Haddad", "/devices?sort=name");
  await expect(count(page)).toContainText(/^10,?\d{3} devices/, { timeout: 40_000 });
  await expect(page.getByText("More devices are being read…")).toHaveCount(0, { timeout: 40_000 });
  const all = await rows(page);
  expect(all).toBeGreaterThan(10_000);
  const asked: { path: string }[] = await sandbox.get("requests");
  expect(asked.filter((one) => /\/api\/machines$|\/api\/machines\?/.test(one.path)).length).toBeGreaterThan(10);
  await enter(page);
  await page.keyboard.press("Control+End");
  await expect(grid(page).locator(`[aria-rowindex="${all + 1}"]`)).toBeVisible();
  expect(await grid(page).getByRole("row").count()).toBeLessThan(80);
  await page.getByRole("searchbox", { name: "Search devices" }).fill("line-");
  await expect(count(page)).toContainText(/^[\d,]+ of 10,?\d{3} devices/);
  expect(await rows(page)).toBeLessThan(all / 2);
});

test("a page that does not come leaves what has come, and the rest is asked for again", async ({ page, sandbox, guard }) => {
  guard.expectStatus(500);
  await sandbox.post("machines", { more: 1_000 });
  let failing = true;
  await page.route(/\/api\/machines\?.*skip=/, (route) =>
    failing ? route.fulfill({ status: 500, headers: { "access-control-allow-origin": "*" }, json: {} }) : route.continue(),
  );
  await signIn(page, "Omar Haddad", "/devices");
  await expect(page.getByText(/Not up to date\..*The list of devices could not be loaded/)).toBeVisible();
  await expect(count(page)).toContainText("1000 devices");
  await expect(page.getByText(/^Only 1000 devices have been read; there are more/)).toBeVisible();
  failing = false;
  await page.getByRole("button", { name: "Try again" }).click();
  await expect(page.getByText(/^Only 1000 devices/)).toHaveCount(0);
  await expect.poll(() => rows(page)).toBeGreaterThan(1_200);
});

test("a list that never ends is left after fifty pages, and says so", async ({ page }) => {
  const [headers, origin] = [{ "access-control-allow-origin": "*" }, /^.*\/api\/machines/];
  await page.route(/\/api\/machines\?/, (route) => {
    const url = route.request().url();
    if (route.request().method() === "OPTIONS") return route.continue();
    const skip = Number(/skip=(\d+)/.exec(url)?.[1] ?? 0);
    const next = `${origin.exec(url)![0]}?$top=1000&$skip=${skip + 1}`;
    return route.fulfill({ headers, json: { value: [{ id: `m${skip}`, computerDnsName: `host-${skip}` }], "@odata.nextLink": next } });
  });
  await signIn(page, "Omar Haddad", "/devices");
  await expect(page.getByText(/^Only 50 devices have been read; there are more/)).toBeVisible({ timeout: 20_000 });
  expect(await rows(page)).toBe(50);
});

test("from any page to a device's page by keyboard alone", async ({ page }) => {
  await signIn(page, "Omar Haddad", "/");
  await expect(page.getByRole("button", { name: "Search and commands" })).toBeVisible();
  await page.keyboard.press("g");
  await page.keyboard.press("d");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Devices");
  await counted(page);
  const first = grid(page).locator('[aria-rowindex="2"]').getByRole("gridcell");
  const name = await first.first().innerText();
  await enter(page);
  await expect(first.first()).toBeFocused();
  await page.keyboard.press("ArrowRight");
  await expect(first.nth(1)).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(flyout(page, name).getByRole("region", { name: "About this device" })).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(flyout(page, name)).toBeHidden();
  await expect(first.nth(1)).toBeFocused();
  await page.keyboard.press("Home");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/devices\/[0-9a-f]+$/);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(name);
});

test("on a phone the list, its filters and the flyout have room", async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await signIn(page, "Omar Haddad", "/devices");
  await counted(page);
  const wider = () => page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  expect(await wider()).toBeLessThanOrEqual(0);
  await page.getByRole("searchbox", { name: "Search devices" }).fill("prod-sql-02");
  await expect(count(page)).toContainText("1 of");
  await row(page, SERVER).getByRole("gridcell").nth(1).click();
  await expect(flyout(page, SERVER).getByRole("region", { name: "About this device" })).toBeVisible();
  expect(await wider()).toBeLessThanOrEqual(0);
});

test("the table has every device that is shown", async ({ page }) => {
  await signIn(page, "Omar Haddad", "/devices?value=high");
  await counted(page);
  const shown = await rows(page);
  const saving = page.waitForEvent("download");
  await page.getByRole("button", { name: "Export to CSV" }).click();
  const saved = await saving;
  expect(saved.suggestedFilename()).toBe("devices.csv");
  const chunks: Buffer[] = [];
  for await (const chunk of await saved.createReadStream()) chunks.push(chunk as Buffer);
  const lines = Buffer.concat(chunks).toString("utf8").trim().split("\r\n");
  expect(lines[0]).toContain("Device,Device ID,Risk,Exposure,Open incidents,Isolation");
  expect(lines).toHaveLength(shown + 1);
  expect(lines.some((line) => line.startsWith(SERVER))).toBe(true);
});
