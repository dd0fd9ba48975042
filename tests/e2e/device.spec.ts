/** A device's page: what is known of it, and asking it for something with the same certainty as a task. */

import { card, confirm, ISOLATE } from "./support/response";
import { atRest, expect, leap, type Page, signIn, test } from "./support/test";

test.use({ cleanTenant: true, actionSeconds: 1 });

const action = (page: Page, name: string) => page.getByRole("region", { name: "Device actions" }).getByRole("group", { name, exact: true });
const history = (page: Page) => page.getByRole("region", { name: "What it was asked for" });

/** Opens the device of the ransomware story by way of its action's card. */
async function enter(page: Page, sandbox: any, person: "Omar Haddad" | "Rhea Novak" = "Omar Haddad"): Promise<void> {
  const { ransomware } = await sandbox.get("showcase");
  await signIn(page, person, `/incidents/${ransomware.id}?panel=managed-response`);
  await card(page, ISOLATE).getByRole("link", { name: "View device details" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("prod-sql-02.contoso.com");
}

async function unfold(page: Page, name: string): Promise<void> {
  const header = action(page, name).getByRole("button", { name: new RegExp(name) }).first();
  if ((await header.getAttribute("aria-expanded")) === "false") await header.click();
}

async function isolate(page: Page, comment: string): Promise<void> {
  await unfold(page, "Isolate device");
  await action(page, "Isolate device").getByRole("button", { name: /^(Isolate device|Try again)$/ }).last().click();
  await page.getByRole("textbox", { name: "Comment" }).fill(comment);
  await confirm(page, "Isolate device");
}

/** The isolations the service was asked for, by key. */
async function asked(sandbox: any): Promise<string[]> {
  const all: { method: string; path: string; idempotencyKey: string }[] = await sandbox.get("requests");
  return all.filter((one) => one.method === "POST" && one.path.endsWith("/isolate")).map((one) => one.idempotencyKey);
}

test("the page says what is known, leads to incidents, and the device is isolated from it", async ({ page, sandbox }) => {
  const { ransomware } = await sandbox.get("showcase");
  await enter(page, sandbox);
  const about = page.getByRole("region", { name: "About this device" });
  await expect(about).toContainText("HealthActive");
  await expect(about).toContainText("ValueHigh");
  await expect(about).toContainText("Device groupServers");
  await expect(page.getByRole("region", { name: "Incidents and alerts" }).getByRole("link", { name: `Incident ${ransomware.id}` }).first()).toBeVisible();
  await unfold(page, "Isolate device");
  await action(page, "Isolate device").getByRole("button", { name: "Isolate device", exact: true }).last().click();
  const question = page.getByRole("dialog", { name: "Isolate device prod-sql-02.contoso.com?" });
  const go = question.getByRole("button", { name: "Isolate device", exact: true });
  await expect(go).toHaveAccessibleDescription(/Write a comment first/);
  await question.getByRole("combobox", { name: "Isolation" }).selectOption("Selective");
  await question.getByRole("textbox", { name: "Comment" }).fill("Contain it.");
  // What was chosen stays as what was written does.
  await page.keyboard.press("Escape");
  await action(page, "Isolate device").getByRole("button", { name: "Isolate device", exact: true }).last().click();
  await expect(question.getByRole("combobox", { name: "Isolation" })).toHaveValue("Selective");
  await expect(question.getByRole("textbox", { name: "Comment" })).toHaveValue("Contain it.");
  await go.click();
  await expect(history(page).getByText("Succeeded")).toBeVisible({ timeout: 20_000 });
  await expect(history(page)).toContainText("Isolate device (Selective)");
  await expect(history(page)).toContainText("Contain it.");
  expect(await asked(sandbox)).toHaveLength(1);
  // A page that has gone asks for nothing more.
  const all: { path: string }[] = await sandbox.get("requests");
  expect(all.filter((one) => one.path.includes("machineactions")).length).toBeLessThan(60);
  await expect(action(page, "Isolate device").getByText(/The device is isolated already, since/)).toBeVisible({ timeout: 15_000 });
});

test("an answer that is lost is read back: one action, never a guess", async ({ page, sandbox, guard }) => {
  guard.expectLostConnection();
  await enter(page, sandbox);
  await sandbox.post("faults", { host: "experts", method: "POST", pathContains: "/isolate", dropAfterCommit: true });
  await isolate(page, "Contain it.");
  await expect(history(page).getByText("Succeeded")).toBeVisible({ timeout: 25_000 });
  await expect(page.getByRole("row").filter({ hasText: "Isolate device" })).toHaveCount(1);
  expect(new Set(await asked(sandbox)).size).toBe(1);
});

test("a request that never arrived is asked about, from every page, and sent again with the same key where nothing is changed", async ({ page, sandbox, guard }) => {
  guard.expectStatus(503);
  await enter(page, sandbox);
  await sandbox.post("faults", { host: "experts", method: "POST", pathContains: "/isolate", status: 503 });
  await isolate(page, "Contain it.");
  await expect(action(page, "Isolate device").getByText(/The service has not carried this out/)).toBeVisible({ timeout: 20_000 });
  await page.getByRole("link", { name: "Home", exact: true }).click();
  await page.getByRole("banner").getByRole("button", { name: "1 decision needs you" }).click();
  await page.getByRole("dialog", { name: "Outbox" }).getByRole("link", { name: "Isolate device: Not carried out" }).click();
  await expect(page).toHaveURL(/\/devices\//);
  await unfold(page, "Isolate device");
  await action(page, "Isolate device").getByRole("button", { name: "Isolate device", exact: true }).last().click();
  await expect(page.getByRole("textbox", { name: "Comment" })).toHaveValue("Contain it.");
  await confirm(page, "Isolate device");
  await expect(history(page).getByText("Succeeded")).toBeVisible({ timeout: 20_000 });
  await expect(history(page)).toContainText("Contain it.");
  const keys = await asked(sandbox);
  expect(keys.length).toBe(2);
  expect(new Set(keys).size).toBe(1);
});

test("what is changed before it is sent again is sent as changed, under a key of its own, and happens once", async ({ page, sandbox, guard }) => {
  guard.expectStatus(503);
  await enter(page, sandbox);
  await sandbox.post("faults", { host: "experts", method: "POST", pathContains: "/isolate", status: 503 });
  await isolate(page, "Contain it.");
  await expect(action(page, "Isolate device").getByText(/The service has not carried this out/)).toBeVisible({ timeout: 20_000 });
  await action(page, "Isolate device").getByRole("button", { name: "Isolate device", exact: true }).last().click();
  const question = page.getByRole("dialog", { name: "Isolate device prod-sql-02.contoso.com?" });
  await expect(question.getByRole("combobox", { name: "Isolation" })).toHaveValue("Full");
  await expect(question.getByRole("textbox", { name: "Comment" })).toHaveValue("Contain it.");
  await question.getByRole("combobox", { name: "Isolation" }).selectOption("Selective");
  await question.getByRole("textbox", { name: "Comment" }).fill("Contain it, but let them write mails.");
  await confirm(page, "Isolate device");
  await expect(history(page).getByText("Succeeded")).toBeVisible({ timeout: 20_000 });
  await expect(history(page)).toContainText("Isolate device (Selective)");
  await expect(history(page)).toContainText("Contain it, but let them write mails.");
  await expect(history(page).getByRole("row", { name: /^Isolate device/ })).toHaveCount(1);
  await expect(action(page, "Isolate device").getByText(/The service has not carried this out/)).toHaveCount(0);
  const keys = await asked(sandbox);
  expect([keys.length, new Set(keys).size]).toEqual([2, 2]);
});

test("a comment that was of no use stands in the field again, unless there are newer words", async ({ page, sandbox, guard }) => {
  guard.expectStatus(503);
  await enter(page, sandbox);
  const fault = { host: "experts", method: "POST", pathContains: "/isolate", status: 503 };
  const own = action(page, "Isolate device");
  const ask = own.getByRole("button", { name: "Isolate device", exact: true }).last();
  const comment = page.getByRole("textbox", { name: "Comment" });
  await sandbox.post("faults", fault);
  await isolate(page, "Contain it.");
  await expect(own.getByRole("button", { name: "Dismiss" })).toBeVisible({ timeout: 20_000 });
  // Dismissed elsewhere.
  await page.getByRole("link", { name: "Home", exact: true }).click();
  await page.getByRole("banner").getByRole("button", { name: "1 decision needs you" }).click();
  const outbox = page.getByRole("dialog", { name: "Outbox" });
  await outbox.getByRole("button", { name: "Dismiss" }).click();
  await expect(outbox.getByText("Nothing is left: everything has been sent and settled.")).toBeVisible();
  await page.keyboard.press("Escape");
  await page.goBack();
  await expect(page).toHaveURL(/\/devices\//);
  await unfold(page, "Isolate device");
  await ask.click();
  await expect(comment).toHaveValue("Contain it.");
  await sandbox.post("faults", fault);
  await confirm(page, "Isolate device");
  await expect(own.getByRole("button", { name: "Dismiss" })).toBeVisible({ timeout: 20_000 });
  await ask.click();
  await expect(comment).toHaveValue("Contain it.");
  await comment.fill("Contain it, now.");
  await page.keyboard.press("Escape");
  await own.getByRole("button", { name: "Dismiss" }).click();
  await expect(own.getByRole("button", { name: "Dismiss" })).toHaveCount(0);
  await ask.click();
  await expect(comment).toHaveValue("Contain it, now.");
});

test("another file than the one that was not quarantined is the one that is sent", async ({ page, sandbox, guard }) => {
  guard.expectStatus(503);
  await enter(page, sandbox);
  const [first, second] = ["a".repeat(40), "b".repeat(40)];
  await sandbox.post("faults", { host: "experts", method: "POST", pathContains: "/StopAndQuarantineFile", status: 503 });
  const own = action(page, "Stop and quarantine file");
  await unfold(page, "Stop and quarantine file");
  const ask = own.getByRole("button", { name: "Stop and quarantine file", exact: true }).last();
  const hash = page.getByRole("textbox", { name: "SHA-1 of the file" });
  await ask.click();
  await hash.fill(first);
  await page.getByRole("textbox", { name: "Comment" }).fill("It encrypts.");
  await confirm(page, "Stop and quarantine file");
  await expect(own.getByText(/The service has not carried this out/)).toBeVisible({ timeout: 20_000 });
  await ask.click();
  await expect(hash).toHaveValue(first);
  await expect(page.getByRole("textbox", { name: "Comment" })).toHaveValue("It encrypts.");
  await hash.fill(second);
  const sent = page.waitForRequest((request) => request.method() === "POST" && request.url().endsWith("/StopAndQuarantineFile"));
  await confirm(page, "Stop and quarantine file");
  expect((await sent).postDataJSON()).toEqual({ Comment: "It encrypts.", Sha1: second });
  await expect(history(page).getByText("Succeeded")).toBeVisible({ timeout: 20_000 });
  await expect(history(page).getByRole("row", { name: /^Stop and quarantine file/ })).toHaveCount(1);
});

test("what runs already is followed, and not called a failure", async ({ page, context, sandbox, guard }) => {
  guard.expectStatus(400);
  await enter(page, sandbox);
  await unfold(page, "Run antivirus scan");
  const second = await context.newPage();
  await second.goto(page.url());
  for (const tab of [page, second]) {
    await unfold(tab, "Run antivirus scan");
    await action(tab, "Run antivirus scan").getByRole("button", { name: "Run antivirus scan", exact: true }).last().click();
    await tab.getByRole("textbox", { name: "Comment" }).fill("Look at it.");
  }
  await confirm(page, "Run antivirus scan");
  const again = second.getByRole("dialog").last().getByRole("button", { name: "Run antivirus scan", exact: true });
  await again.click({ timeout: 2_000 }).catch(() => "The question says that it is too late.");
  await expect(history(page).getByText(/Pending|In progress|Succeeded/).first()).toBeVisible({ timeout: 15_000 });
  await expect(second.getByText(/The service has not carried this out|refused/)).toHaveCount(0);
  await expect(history(page).getByText("Succeeded").first()).toBeVisible({ timeout: 20_000 });
});

test("another file that is being quarantined is not taken for the one that was asked for", async ({ page, sandbox, guard }) => {
  guard.expectStatus(400);
  await enter(page, sandbox);
  const [asked, other] = ["a".repeat(40), "b".repeat(40)];
  const own = action(page, "Stop and quarantine file");
  await unfold(page, "Stop and quarantine file");
  await own.getByRole("button", { name: "Stop and quarantine file", exact: true }).last().click();
  await page.getByRole("textbox", { name: "SHA-1 of the file" }).fill(asked);
  await page.getByRole("textbox", { name: "Comment" }).fill("It encrypts.");
  await atRest(page);
  // A colleague was faster, with another file.
  const body = { error: { code: "ActiveRequestAlreadyExists", message: "Action is already in progress" } };
  await sandbox.post("faults", { host: "experts", method: "POST", pathContains: "/StopAndQuarantineFile", status: 400, body });
  const value = [
    { id: "a1", type: "StopAndQuarantineFile", scope: null, status: "InProgress", machineId: "m", requestor: "ada@contoso.com", requestorComment: "x", creationDateTimeUtc: new Date().toISOString(), relatedFileInfo: { fileIdentifier: other, fileIdentifierType: "Sha1" } },
  ];
  await sandbox.post("faults", { host: "experts", method: "GET", pathContains: "machineactions", status: 200, times: 99, body: { value } });
  await confirm(page, "Stop and quarantine file");
  await expect(own.getByText(/The action has changed since you decided/)).toBeVisible({ timeout: 20_000 });
  await expect(page.getByRole("banner").getByRole("button", { name: "1 decision needs you" })).toBeVisible();
  await expect(history(page).getByText(`Stop and quarantine file (${other})`)).toBeVisible({ timeout: 20_000 });
});

test("the link to a package is that of the one that was asked for last", async ({ page, sandbox, guard }) => {
  guard.expectStatus(404);
  await enter(page, sandbox);
  const one = (id: string) => ({
    id, type: "CollectInvestigationPackage", status: "Succeeded", machineId: "m", requestor: "ada@contoso.com", requestorComment: id, creationDateTimeUtc: new Date().toISOString(),
  });
  // The first fault that fits is the one that happens.
  await sandbox.post("faults", { host: "experts", method: "GET", pathContains: "a1/getPackageUri", status: 200, times: 9, body: { value: "https://packages.example/a1" } });
  await sandbox.post("faults", { host: "experts", method: "GET", pathContains: "a2/getPackageUri", status: 404, times: 9 });
  await sandbox.post("faults", { host: "experts", method: "GET", pathContains: "machineactions", status: 200, times: 99, body: { value: [one("a1"), one("a2")] } });
  await page.reload();
  const get = (id: string) => history(page).getByRole("row").filter({ hasText: id }).getByRole("button", { name: "Get package" }).click();
  const link = history(page).getByRole("link", { name: "Download" });
  const none = history(page).getByText("There is no package yet, or it has expired.");
  await get("a1");
  await expect(link).toHaveAttribute("href", "https://packages.example/a1");
  await get("a2");
  await expect(none).toBeVisible();
  await expect(link).toHaveCount(0);
  await get("a1");
  await expect(link).toBeVisible();
  await expect(none).toHaveCount(0);
});

test("what waits for a device that is away is said", async ({ page, sandbox }) => {
  await enter(page, sandbox);
  await sandbox.post("faults", { host: "experts", method: "GET", pathContains: "machineactions", status: 200, times: 9, body: { value: [
    { id: "a1", type: "RunAntiVirusScan", scope: "Quick", status: "Pending", machineId: "m", requestor: "ada@contoso.com", requestorComment: "x", creationDateTimeUtc: new Date(Date.now() - 3_600_000).toISOString() },
  ] } });
  await page.reload();
  await expect(action(page, "Run antivirus scan").getByText(/Waiting for the device/)).toBeVisible();
  await expect(action(page, "Run antivirus scan").getByText(/asked for this already: Pending, by ada@contoso.com, 1 h ago/)).toBeVisible();
});

test("an action that waits for its device for days is asked about ever more rarely, and not at all once nobody sees it", async ({ page, sandbox }) => {
  test.slow();
  await page.clock.install();
  await enter(page, sandbox);
  await atRest(page);
  await sandbox.post("faults", { host: "experts", method: "GET", pathContains: "machineactions", status: 200, times: 9_999, body: { value: [
    { id: "a1", type: "RunAntiVirusScan", scope: "Quick", status: "Pending", machineId: "m", requestor: "ada@contoso.com", requestorComment: "x", creationDateTimeUtc: new Date().toISOString() },
  ] } });
  let asked = 0;
  page.on("request", (request) => {
    if (request.method() === "GET" && request.url().includes("/machineactions?")) asked += 1;
  });
  /** How often it is asked about in so many minutes. */
  const within = async (minutes: number) => {
    const before = asked;
    await leap(page, minutes * 60_000);
    return asked - before;
  };
  await page.reload();
  await expect(action(page, "Run antivirus scan").getByText(/Waiting for the device/)).toBeVisible();
  expect(await within(1)).toBeGreaterThanOrEqual(5);
  expect(await within(1)).toBeLessThanOrEqual(4);
  await within(9);
  // Every two minutes by the cards, and every one and a half by what surrounds them.
  expect(await within(10)).toBeLessThanOrEqual(14);
  await page.getByRole("link", { name: "Home", exact: true }).click();
  await atRest(page);
  expect(await within(10)).toBe(0);
  await page.goBack();
  await expect(action(page, "Run antivirus scan").getByText(/Waiting for the device/)).toBeVisible();
  expect(await within(1)).toBeGreaterThanOrEqual(5);
});

for (const [before, first, said] of [
  ["pending", { status: 200 }, "Pending"],
  ["not to be read", { status: 500 }, "could not be loaded"],
] as const) {
  test(`what the cards read later is soon told by a history that was ${before}`, async ({ page, sandbox, guard }) => {
    guard.expectStatus(500);
    await enter(page, sandbox);
    await atRest(page);
    const list = (status: string) => ({ value: [
      { id: "a1", type: "RunAntiVirusScan", scope: "Quick", status, machineId: "m", requestor: "ada@contoso.com", requestorComment: "x", creationDateTimeUtc: new Date(Date.now() - 60_000).toISOString() },
    ] });
    const answers = { host: "experts", method: "GET", pathContains: "machineactions" };
    await sandbox.post("faults", { ...answers, ...first, ...(first.status === 200 && { body: list("Pending") }) });
    await sandbox.post("faults", { ...answers, status: 200, body: list("Cancelled"), times: 9 });
    // The history asks for its device first, which waits here until the cards have asked; those are answered last.
    let letGo = () => {};
    const until = new Promise<void>((resolve) => (letGo = resolve));
    const asked = page.waitForRequest(/\/machineactions\?/);
    await page.route(/\/api\/machines\/\w+$/, async (route) => (await asked, await route.continue()));
    await page.route(/\/machineactions\?/, async (route) => (await until, await route.continue()), { times: 1 });
    await page.reload();
    await expect(history(page).getByText(said).first()).toBeVisible();
    letGo();
    await expect(action(page, "Run antivirus scan").getByText("The action was cancelled.")).toBeAttached();
    await expect(history(page).getByRole("row", { name: /^Run antivirus scan/ }).getByText("Cancelled")).toBeVisible();
  });
}

test("a reader sees why nothing can be asked for, and who can", async ({ page, sandbox }) => {
  await enter(page, sandbox, "Rhea Novak");
  await unfold(page, "Isolate device");
  const button = action(page, "Isolate device").getByRole("button", { name: "Isolate device", exact: true }).last();
  await expect(button).toHaveAttribute("aria-disabled", "true");
  await expect(button).toHaveAccessibleDescription(/Security Reader.*Security Operator/);
});

test("the action for files is called as the devices' service calls it, and asks for the file", async ({ page, sandbox }) => {
  await enter(page, sandbox);
  const name = "Stop and quarantine file";
  await unfold(page, name);
  await action(page, name).getByRole("button", { name, exact: true }).last().click();
  const question = page.getByRole("dialog", { name: `${name} on prod-sql-02.contoso.com?` });
  await question.getByRole("textbox", { name: "Comment" }).fill("Take it away.");
  const go = question.getByRole("button", { name, exact: true });
  await expect(go).toHaveAccessibleDescription(/Give the file's SHA-1/);
  await question.getByRole("textbox", { name: "SHA-1 of the file" }).fill("0123456789abcdef0123456789abcdef01234567");
  await go.click();
  await expect(history(page).getByRole("row", { name: /^Stop and quarantine file/ })).toBeVisible();
});

test("a device that no longer exists says so, and so does a task for it", async ({ page, sandbox, guard }) => {
  guard.expectStatus(404);
  const { phishing } = await sandbox.get("showcase");
  const gone = "0123456789abcdef0123456789abcdef01234567";
  await sandbox.post(`incidents/${phishing.id}`, { publish: { tasks: [{ displayName: "Isolate the old laptop", actionType: "isolateDevice", deviceId: gone, targetDisplayName: "lt-old" }] } });
  await signIn(page, "Omar Haddad", `/incidents/${phishing.id}?panel=managed-response`);
  const old = card(page, "Isolate the old laptop");
  await expect(old.getByText(/no longer knows this device/)).toBeVisible();
  await old.getByRole("link", { name: "View device details" }).click();
  await expect(page.getByText("The device was not found").first()).toBeVisible();
  await page.goto("/devices/%2e%2e%2f%00%3Cscript%3E");
  await expect(page.getByText("The device was not found").first()).toBeVisible();
});

test("without an address for devices the page shows what alerts know, and says what is missing", async ({ page, sandbox }) => {
  const port = new URL(sandbox.origin("portal")).port;
  const config = await (await fetch(`http://127.0.0.1:${port}/config.json`)).json();
  await page.route("**/config.json", (route) => route.fulfill({ json: { ...config, endpointBaseUrl: null } }));
  await enter(page, sandbox);
  await expect(page.getByText(/no address for Defender for Endpoint \(endpointBaseUrl\)/)).toBeVisible();
  await expect(page.getByRole("region", { name: "About this device" })).toContainText("System");
  await expect(page.getByRole("region", { name: "Device actions" })).toHaveCount(0);
});
