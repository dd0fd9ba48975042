/** Acting with certainty: what is known before a click, every kind of action, the clocks, and what comes from outside meanwhile. */

import { readFile } from "node:fs/promises";
import { card, confirm, effects, executions, flyout, ISOLATE, isolate } from "./support/response";
import type { Sandbox } from "./support/sandbox";
import { atRest, expect, leap, type Page, signIn, test } from "./support/test";

test.use({ cleanTenant: true, actionSeconds: 1 });

const open = (id: string) => `/incidents/${id}?panel=managed-response`;

/** The device that an action is about, by the link on its card. */
async function device(page: Page, title: string): Promise<string> {
  const link = card(page, title).getByRole("link", { name: "View device details" });
  return decodeURIComponent((await link.getAttribute("href"))!.split("/").pop()!);
}

test("from the queue to an isolated device by keyboard in six keys, the question included", async ({ page, sandbox }) => {
  const { ransomware } = await sandbox.get("showcase");
  await signIn(page, "Omar Haddad", "/incidents?status=awaitingAction&range=all");
  await expect(page.getByRole("grid").getByRole("link", { name: ransomware.displayName })).toBeVisible();
  await expect(page.getByRole("button", { name: "Copy list link" })).toBeVisible();
  const keys: string[] = [];
  const press = async (key: string) => {
    keys.push(key);
    await page.keyboard.press(key);
  };
  await press("j");
  await press("Enter");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(ransomware.displayName);
  await expect(page.getByRole("button", { name: "View managed response" })).toBeVisible();
  await press("a");
  await expect(card(page, ISOLATE).getByRole("button", { name: "Isolate device", exact: true })).toBeFocused();
  await press("Enter");
  await expect(page.getByRole("dialog", { name: "Isolate device prod-sql-02?" })).toBeVisible();
  await press("Tab");
  await expect(page.getByRole("dialog").last().getByRole("button", { name: "Isolate device", exact: true })).toBeFocused();
  await press("Enter");
  await expect(card(page, ISOLATE).getByText("Completed").first()).toBeVisible({ timeout: 20_000 });
  expect(await effects(sandbox, ransomware.tasks[ISOLATE])).toEqual(["execute"]);
  expect(keys.length, keys.join(" ")).toBeLessThanOrEqual(8);
});

test("what is isolated already, pending elsewhere or asked the other way round is said before the click", async ({ page, sandbox }) => {
  const { ransomware, phishing } = await sandbox.get("showcase");
  await signIn(page, "Omar Haddad", open(ransomware.id));
  await expect(card(page, ISOLATE)).toBeVisible();
  const id = await device(page, ISOLATE);
  await expect(card(page, ISOLATE).getByText(/automated investigation/)).toBeVisible();
  await sandbox.post(`incidents/${phishing.id}`, {
    publish: {
      tasks: [
        { displayName: "Isolate it here, too", actionType: "isolateDevice", deviceId: id },
        { displayName: "Release it", actionType: "unIsolateDevice", deviceId: id },
      ],
    },
  });
  await card(page, ISOLATE).getByRole("button", { name: "Isolate device", exact: true }).click();
  const question = page.getByRole("dialog", { name: "Isolate device prod-sql-02?" });
  await expect(question.getByText(`Incident ${phishing.id} asks for the same on the same target: Not started.`)).toBeVisible();
  await expect(question.getByText(`Incident ${phishing.id} asks for the opposite on the same target: Release from isolation, Not started.`)).toBeVisible();
  await confirm(page, "Isolate device");
  await expect(card(page, ISOLATE).getByText("Completed").first()).toBeVisible({ timeout: 20_000 });

  await page.goto(open(phishing.id));
  const again = card(page, "Isolate it here, too");
  await expect(again.getByText(/The device is isolated already, since/)).toBeVisible({ timeout: 15_000 });
});

test("what is still being checked is said beside what is known already, and holds nobody up", async ({ page, sandbox }) => {
  const { ransomware } = await sandbox.get("showcase");
  let letGo = () => {};
  const until = new Promise<void>((resolve) => (letGo = resolve));
  await page.route(/incidentTasks\?.*filter=status/, async (route) => (await until, await route.continue()));
  await signIn(page, "Omar Haddad", open(ransomware.id));
  const checking = "Still being checked: whether anything speaks against it.";
  await expect(card(page, ISOLATE).getByText(/An automated investigation is at this target/)).toBeVisible();
  await expect(card(page, ISOLATE).getByText(checking)).toBeVisible();
  await card(page, ISOLATE).getByRole("button", { name: "Isolate device", exact: true }).click();
  const question = page.getByRole("dialog", { name: "Isolate device prod-sql-02?" });
  await expect(question.getByText(/An automated investigation is at this target/)).toBeVisible();
  await expect(question.getByText(checking)).toBeVisible();
  await expect(question.getByRole("button", { name: "Isolate device", exact: true })).not.toHaveAttribute("aria-disabled", "true");
  letGo();
  await expect(question.getByText(checking)).toHaveCount(0);
  await expect(question.getByText(/An automated investigation is at this target/)).toBeVisible();
});

test("exclusions that cannot be read are not taken for none", async ({ page, sandbox, guard }) => {
  guard.expectStatus(500);
  const { ransomware } = await sandbox.get("showcase");
  await sandbox.post("faults", { host: "experts", method: "GET", pathContains: "settings/exclusions", status: 500, times: 99 });
  await signIn(page, "Omar Haddad", open(ransomware.id));
  await expect(card(page, ISOLATE).getByText(/It is not known whether Defender Experts may act on this target: the exclusions could not be read/)).toBeVisible({ timeout: 15_000 });
});

test("an excluded device is why it is left to the customer, and stops nobody", async ({ page, sandbox }) => {
  const { ransomware } = await sandbox.get("showcase");
  const body = { deviceGroups: [], userGroups: [], excludeAllHighValueDevices: true, excludeAllHighValueUsers: false, updatedAt: null, updatedBy: null };
  await sandbox.post("faults", { host: "experts", method: "GET", pathContains: "settings/exclusions", status: 200, body, times: 5 });
  await signIn(page, "Omar Haddad", open(ransomware.id));
  await expect(card(page, ISOLATE).getByText(/Defender Experts may not act on this target \(all high-value devices are excluded\)/)).toBeVisible();
  await isolate(page);
  await expect(card(page, ISOLATE).getByText("Completed").first()).toBeVisible({ timeout: 20_000 });
});

test("the clocks say how long it has waited for the experts and for you, and stop when it is over", async ({ page, sandbox }) => {
  const { ransomware } = await sandbox.get("showcase");
  await signIn(page, "Omar Haddad", open(ransomware.id));
  const clocks = flyout(page).getByRole("region", { name: "How long it has waited" });
  await expect(clocks).toContainText(/Waited for Defender Experts1 h 3[56] min/);
  await expect(clocks).toContainText(/Waited for you3 h \d+ min/);
  await expect(clocks).toContainText(/Now waits forYou, since/);
  await expect(card(page, ISOLATE)).toContainText(/Has waited for you3 h/);
  await sandbox.post(`incidents/${ransomware.id}`, { status: "resolved" });
  await page.reload();
  await expect(clocks).toContainText(/Now waits forNobody: it is over, since/);
});

test("the guided recommendations, kinds nobody knows and what cannot be run from here are cards with a way", async ({ page, sandbox, guard }) => {
  // No device has the id that these actions name.
  guard.expectStatus(404);
  const { phishing } = await sandbox.get("showcase");
  const kinds = {
    "Collect the package": "collectInvestigationPackage",
    "Scan it": "runAntiVirusScan",
    "Stop that file": "stopAndQuarantineFile",
    "Let the investigation go on": "triggerAutomatedInvestigation",
    "Take the messages away": "softDeleteEmail",
    "Block the apps": "blockOAuthApps",
    "Summon a unicorn": "summonUnicorn",
  };
  const tasks = Object.entries(kinds).map(([displayName, actionType]) => ({ displayName, actionType, identifierValue: "x" }));
  await sandbox.post(`incidents/${phishing.id}`, { publish: { tasks } });
  await signIn(page, "Omar Haddad", open(phishing.id));
  for (const [title, label] of [["Collect the package", "Collect investigation package"], ["Scan it", "Run antivirus scan"], ["Stop that file", "Quarantine file"]] as const) {
    await expect(card(page, title).getByRole("button", { name: label, exact: true })).toBeVisible();
  }
  for (const [title, place] of [["Let the investigation go on", "Action center"], ["Take the messages away", "Explorer"], ["Block the apps", "App governance"]] as const) {
    const link = card(page, title).getByRole("link", { name: place });
    await expect(link).toHaveAttribute("href", /^https:\/\/security\.microsoft\.com\//);
    await expect(card(page, title).getByText(/Then confirm here that it is done/)).toBeVisible();
    await expect(card(page, title).getByRole("button", { name: "I've completed this action" })).toBeVisible();
  }
  const unicorn = card(page, "Summon a unicorn");
  await expect(unicorn.getByText("Unknown (summonUnicorn)")).toBeVisible();
  await unicorn.getByRole("button", { name: "I've completed this action" }).click();
  await confirm(page, "Yes, I've done it");
  await expect(unicorn.getByText("Completed").first()).toBeVisible({ timeout: 15_000 });

  await page.keyboard.press("Escape");
  await page.getByRole("tab", { name: /Comments and history/ }).click();
  const recommended = page.getByRole("list", { name: "Recommended by Defender Experts" });
  await expect(recommended.getByText("Take the messages away: Not started")).toBeVisible();
});

test("an action that was carried out in part says what is left, and is tried again", async ({ page, sandbox }) => {
  const { ransomware } = await sandbox.get("showcase");
  const task = ransomware.tasks[ISOLATE];
  await sandbox.post(`tasks/${task}`, { outcome: "partial", detail: "One of two network cards is cut off." });
  await signIn(page, "Omar Haddad", open(ransomware.id));
  await isolate(page);
  const device = card(page, ISOLATE);
  const header = device.getByRole("button", { name: new RegExp(ISOLATE) });
  await expect(header.getByText("Partially completed")).toBeVisible({ timeout: 20_000 });
  if ((await header.getAttribute("aria-expanded")) === "false") await header.click();
  await expect(device.getByText("One of two network cards is cut off.")).toBeVisible();
  await expect(flyout(page).getByText(/All tasks done/)).toHaveCount(0);
  await device.getByRole("button", { name: "Chat with Defender Experts" }).click();
  await expect(flyout(page).getByRole("tab", { name: "Chat" })).toHaveAttribute("aria-selected", "true");
  await flyout(page).getByRole("tab", { name: "Summary and actions" }).click();
  // The service takes it for completed, and has the last word on that.
  await expect(device.getByRole("button", { name: "Try again" })).toHaveAccessibleDescription(/The action is completed/);
  await sandbox.post(`tasks/${task}`, { outcome: "succeed", status: "failed", actionStatus: "partiallyCompleted" });
  await page.reload();
  await device.getByRole("button", { name: "Try again" }).click();
  await confirm(page, "Isolate device");
  await expect(device.getByText("Completed").first()).toBeVisible({ timeout: 20_000 });
});

test("what runs says since when and by whom, and a state that nobody knows is named and offers nothing", async ({ page, sandbox }) => {
  const { phishing } = await sandbox.get("showcase");
  const minutesAgo = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString();
  const task = (displayName: string, rest: object) => ({
    id: displayName,
    incident: { id: phishing.id },
    displayName,
    source: "defenderExpertsGuidedResponse",
    createdDateTime: minutesAgo(90),
    createdByDisplayName: "Defender Experts",
    lastModifiedDateTime: minutesAgo(5),
    lastModifiedByDisplayName: "Ada Lindqvist",
    actionType: "isolateDevice",
    allowedActions: [],
    ...rest,
  });
  const value = [
    task("It runs", { status: "inProgress", actionStatus: "inProgress", startedDateTime: minutesAgo(5) }),
    task("It drags on", { status: "inProgress", actionStatus: "inProgress", startedDateTime: minutesAgo(25) }),
    task("Half done", { status: "inProgress", actionStatus: "partiallyCompleted", allowedActions: ["execute"] }),
    task("From the future", { status: "pausedByMoon", actionStatus: "halfway" }),
    task("Half known", { status: "failed", actionStatus: "halfway" }),
  ];
  await sandbox.post("faults", { host: "experts", method: "GET", pathContains: "incidentTasks", status: 200, body: { value }, times: 1_000 });
  await signIn(page, "Omar Haddad", open(phishing.id));
  const running = card(page, "It runs");
  await expect(running.getByText("In progress").first()).toBeVisible();
  await expect(running).toContainText(/Started.* by Ada Lindqvist/);
  await expect(running).toContainText(/Requested.* by Defender Experts/);
  await expect(running.getByText(/The action is under way.*nobody can stop it from here/)).toBeVisible();
  const waits = /more than ten minutes. It may be waiting for the device/;
  await expect(card(page, "It drags on").getByText(waits)).toBeVisible();
  await expect(running.getByText(waits)).toHaveCount(0);
  const partial = card(page, "Half done");
  await expect(partial.getByRole("button", { name: "Try again" })).toBeEnabled();
  await expect(partial.getByRole("button", { name: "Try again" })).not.toHaveAttribute("aria-disabled", "true");
  await expect(partial.getByRole("button", { name: "Chat with Defender Experts" })).toBeVisible();
  const unknown = card(page, "From the future");
  await expect(unknown.getByText("Unknown (pausedByMoon)").first()).toBeVisible();
  await expect(unknown.getByText(/The service names a state that this portal does not know \(pausedByMoon\)/)).toBeVisible();
  await expect(card(page, "Half known").getByText("Unknown (halfway)").first()).toBeVisible();
  for (const idle of [running, unknown]) {
    await expect(idle.getByRole("button", { name: /^(Isolate device|Try again|Skip|I've completed this action)$/ })).toHaveCount(0);
  }
});

test("what the experts have done stands apart from what you have", async ({ page, sandbox }) => {
  const { phishing } = await sandbox.get("showcase");
  const tasks = [
    { displayName: "We took the mails away", source: "defenderExpertsManagedResponse", actionType: "softDeleteEmail" },
    { displayName: "Call the two people" },
  ];
  await sandbox.post(`incidents/${phishing.id}`, { publish: { tasks } });
  await signIn(page, "Omar Haddad", open(phishing.id));
  await card(page, "Call the two people").getByRole("button", { name: "I've completed this action" }).click();
  await confirm(page, "Yes, I've done it");
  const titles = (heading: RegExp) => flyout(page).getByRole("heading", { name: heading, level: 3 }).locator("xpath=following-sibling::*[1]").getByRole("group");
  await expect(titles(/^Completed actions/).and(card(page, "Call the two people"))).toBeVisible({ timeout: 15_000 });
  const theirs = titles(/^Completed by Defender Experts/).and(card(page, "We took the mails away"));
  await expect(theirs).toBeVisible();
  await theirs.getByRole("button").click();
  await expect(theirs.getByText(/This is Defender Experts' own action: nothing is asked of you/)).toBeVisible();
  await page.keyboard.press("Escape");
  await page.getByRole("tab", { name: /Comments and history/ }).click();
  const recommended = page.getByRole("list", { name: "Recommended by Defender Experts" });
  await expect(recommended.getByText("Call the two people: Completed")).toBeVisible();
  await expect(recommended.getByText(/We took the mails away/)).toHaveCount(0);
});

test("the summary has devices, a timeline, and indicators of attack apart from those of compromise", async ({ page, sandbox, guard }) => {
  // The device that is named does not exist.
  guard.expectStatus(404);
  const { phishing } = await sandbox.get("showcase");
  const at = new Date(Date.now() - 3_600_000).toISOString();
  const publish = {
    markdown: "# What happened\n\nSomebody signed in from far away.",
    devices: [{ deviceId: "d-1", displayName: "lt-finance-7", role: "Where it began" }],
    timeline: [{ at, text: "The first sign-in", deviceName: "lt-finance-7" }],
    indicators: [
      { kind: "attackTechnique", value: "T1078", note: "Valid accounts" },
      { kind: "url", value: "https://evil.example/login", note: null },
    ],
    tasks: [],
  };
  await sandbox.post(`incidents/${phishing.id}`, { publish });
  await signIn(page, "Omar Haddad", open(phishing.id));
  const summary = flyout(page).getByRole("region", { name: "Investigation summary" });
  await expect(summary.getByRole("heading", { name: "What happened" })).toBeVisible();
  await expect(summary.getByRole("listitem").filter({ hasText: "The first sign-in" })).toContainText("(lt-finance-7)");
  await expect(summary.getByRole("group", { name: "Indicators of attack" }).getByRole("row").filter({ hasText: "T1078" })).toContainText("Valid accounts");
  const compromise = summary.getByRole("group", { name: "Indicators of compromise" });
  await expect(compromise.getByRole("row").filter({ hasText: "evil" })).toBeVisible();
  // Nothing that an attacker wrote becomes a link.
  await expect(compromise.getByRole("link")).toHaveCount(0);
  await summary.getByRole("link", { name: "lt-finance-7" }).click();
  await expect(page).toHaveURL(/\/devices\/d-1$/);
  await expect(page.getByText("The device was not found").first()).toBeVisible();
});

test("an id that is none opens a page that says so, and no flyout with somebody else's actions", async ({ page, sandbox, guard }) => {
  guard.expectStatus(400, 404);
  await signIn(page, "Omar Haddad", open("%2e%2e%2f%3Cscript%3E"));
  await expect(page.getByText("The incident was not found").first()).toBeVisible();
  await expect(flyout(page).getByRole("group")).toHaveCount(0);
  expect(await sandbox.get("effects")).toEqual([]);
});

/** The comments that the service was asked to add. */
async function commented(sandbox: Sandbox): Promise<number> {
  const all: { method: string; path: string }[] = await sandbox.get("requests");
  return all.filter((one) => one.method === "POST" && one.path.endsWith("/comments")).length;
}

async function skip(page: Page, title: string, reason: string): Promise<void> {
  // What is known of the devices comes after the cards, and moves those below.
  await atRest(page);
  await card(page, title).getByRole("button", { name: "Skip", exact: true }).click();
  await page.getByRole("textbox", { name: "Reason (optional)" }).fill(reason);
  await confirm(page, "Yes, skip this action");
}

/** What a skipped action says of its reason: its card folds when it moves to the completed ones. */
async function saysOfReason(page: Page, title: string, words: RegExp): Promise<void> {
  const header = card(page, title).getByRole("button", { name: new RegExp(title) });
  await expect(async () => {
    await expect(header.getByText("Skipped")).toBeVisible({ timeout: 1_000 });
    if ((await header.getAttribute("aria-expanded")) === "false") await header.click();
    await expect(card(page, title).getByText(words)).toBeVisible({ timeout: 1_000 });
  }).toPass({ timeout: 20_000 });
}

test("why an action is skipped goes into the comments, and is not lost where they refuse it", async ({ page, sandbox, guard }) => {
  guard.expectStatus(403);
  const { ransomware } = await sandbox.get("showcase");
  const review = Object.keys(ransomware.tasks).find((title) => title.startsWith("Review"))!;
  const rotate = Object.keys(ransomware.tasks).find((title) => title.startsWith("Rotate"))!;
  await signIn(page, "Omar Haddad", open(ransomware.id));
  await skip(page, review, "Our own review is on Monday.");
  await expect(card(page, review).getByText("Skipped").first()).toBeVisible({ timeout: 15_000 });
  await expect.poll(() => commented(sandbox)).toBe(1);
  await atRest(page);

  await sandbox.post("faults", { host: "graph", method: "POST", pathContains: "/comments", status: 403 });
  await skip(page, rotate, "The account is gone.");
  await expect(card(page, rotate).getByText("Skipped").first()).toBeVisible({ timeout: 15_000 });
  await expect.poll(() => commented(sandbox)).toBe(2);
  await page.reload();
  await card(page, rotate).getByRole("button", { name: new RegExp(rotate) }).click();
  await expect(card(page, rotate).getByText("The account is gone.")).toBeVisible();
  await card(page, rotate).getByRole("button", { name: "Add to comments" }).click();
  await expect(card(page, rotate).getByText("The account is gone.")).toHaveCount(0);
  await page.keyboard.press("Escape");
  await page.getByRole("tab", { name: /Comments and history/ }).click();
  const comments = page.getByRole("list", { name: "Comments and history" });
  await expect(comments.getByText(`Skipped “${review}”: Our own review is on Monday.`)).toBeVisible();
  await expect(comments.getByText(`Skipped “${rotate}”: The account is gone.`)).toHaveCount(1);
});

test("a skip that comes to nothing leaves no reason among the comments, and the next one takes it along once", async ({ page, sandbox, guard }) => {
  guard.expectStatus(403);
  const { ransomware } = await sandbox.get("showcase");
  const rotate = Object.keys(ransomware.tasks).find((title) => title.startsWith("Rotate"))!;
  await signIn(page, "Omar Haddad", open(ransomware.id));
  await expect(card(page, rotate)).toBeVisible();
  await sandbox.post("faults", { host: "experts", method: "PATCH", pathContains: "incidentTasks", status: 403 });
  await skip(page, rotate, "The account is gone.");
  await card(page, rotate).getByRole("button", { name: "Dismiss" }).click({ timeout: 15_000 });
  await atRest(page);
  expect(await commented(sandbox)).toBe(0);
  await card(page, rotate).getByRole("button", { name: "Skip", exact: true }).click();
  await expect(page.getByRole("textbox", { name: "Reason (optional)" })).toHaveValue("The account is gone.");
  await confirm(page, "Yes, skip this action");
  await expect(card(page, rotate).getByText("Skipped").first()).toBeVisible({ timeout: 15_000 });
  await expect.poll(() => commented(sandbox)).toBe(1);
});

test("a reason whose answer is lost is in doubt after a reload, too, and no second skip adds it by itself", async ({ page, sandbox, guard }) => {
  guard.expectLostConnection();
  const { ransomware } = await sandbox.get("showcase");
  const rotate = Object.keys(ransomware.tasks).find((title) => title.startsWith("Rotate"))!;
  const doubt = /It is not known whether the reason was added/;
  await signIn(page, "Omar Haddad", open(ransomware.id));
  await expect(card(page, rotate)).toBeVisible();
  await sandbox.post("faults", { host: "graph", method: "POST", pathContains: "/comments", dropAfterCommit: true });
  await skip(page, rotate, "The account is gone.");
  await saysOfReason(page, rotate, doubt);
  await page.reload();
  await saysOfReason(page, rotate, doubt);
  await card(page, rotate).getByRole("button", { name: "Undo skip" }).click();
  await confirm(page, "Yes, undo skip");
  await card(page, rotate).getByRole("button", { name: "Skip", exact: true }).click({ timeout: 15_000 });
  await confirm(page, "Yes, skip this action");
  await saysOfReason(page, rotate, doubt);
  await atRest(page);
  expect(await commented(sandbox)).toBe(1);
});

test("a reason that is added by a double click is added once", async ({ page, sandbox, guard }) => {
  guard.expectStatus(403);
  const { ransomware } = await sandbox.get("showcase");
  const rotate = Object.keys(ransomware.tasks).find((title) => title.startsWith("Rotate"))!;
  await signIn(page, "Omar Haddad", open(ransomware.id));
  await expect(card(page, rotate)).toBeVisible();
  const comments = { host: "graph", method: "POST", pathContains: "/comments" };
  await sandbox.post("faults", { ...comments, status: 403 });
  await skip(page, rotate, "The account is gone.");
  await saysOfReason(page, rotate, /The service did not take the reason as a comment/);
  await sandbox.post("faults", { ...comments, delayMs: 2_000 });
  await card(page, rotate).getByRole("button", { name: "Add to comments" }).dblclick();
  await expect(card(page, rotate).getByText("The account is gone.")).toHaveCount(0, { timeout: 15_000 });
  expect(await commented(sandbox)).toBe(2);
});

test("indicators are copied defanged, and downloaded as a table", async ({ page, context, sandbox }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"], { origin: sandbox.origin("portal") });
  const { ransomware } = await sandbox.get("showcase");
  await signIn(page, "Omar Haddad", open(ransomware.id));
  const summary = flyout(page).getByRole("region", { name: "Investigation summary" });
  await summary.getByRole("button", { name: "Copy 203.0.113.77" }).click();
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toBe("203[.]0[.]113[.]77");
  await summary.getByRole("button", { name: "Copy as it is" }).click();
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toContain("203.0.113.77");
  const [download] = await Promise.all([page.waitForEvent("download"), summary.getByRole("button", { name: "Download CSV" }).click()]);
  expect(download.suggestedFilename()).toBe("indicators.csv");
  const csv = await readFile((await download.path())!, "utf8");
  expect(csv).toContain("203[.]0[.]113[.]77");
  expect(csv).not.toContain("203.0.113.77");
});

test("from inside the flyout one steps to the next incident that awaits you", async ({ page, sandbox }) => {
  const { ransomware } = await sandbox.get("showcase");
  await signIn(page, "Omar Haddad", open(ransomware.id));
  await expect(card(page, ISOLATE)).toBeVisible();
  await expect(flyout(page).getByText(/^1 of \d+$/)).toBeVisible();
  await flyout(page).getByRole("button", { name: "Next" }).click();
  await expect(page).toHaveURL(/panel=managed-response/);
  await expect(page).not.toHaveURL(new RegExp(`/incidents/${ransomware.id}`));
  await expect(flyout(page).getByText(/^2 of \d+$/)).toBeVisible();
  await flyout(page).getByRole("button", { name: "Previous" }).click();
  await expect(card(page, ISOLATE)).toBeVisible();
});

test.describe("from outside", () => {
  test("an action that an expert publishes while the flyout is open appears, and one that is withdrawn goes", async ({ page, sandbox }) => {
    await page.clock.install();
    const { ransomware } = await sandbox.get("showcase");
    await signIn(page, "Omar Haddad", open(ransomware.id));
    await expect(card(page, ISOLATE)).toBeVisible();
    await sandbox.post(`incidents/${ransomware.id}`, { publish: { tasks: [{ displayName: "Call your backup provider" }] } });
    await sandbox.post(`tasks/${ransomware.tasks[ISOLATE]}`, { status: "notRelevant" });
    await page.clock.fastForward("02:00");
    await expect(card(page, "Call your backup provider")).toBeVisible({ timeout: 15_000 });
    await expect(card(page, ISOLATE).getByText("Skipped").first()).toBeVisible({ timeout: 15_000 });
  });

  test("a managed response that is withdrawn while the flyout is open goes, and takes an open question with it", async ({ page, sandbox, guard }) => {
    guard.expectStatus(404);
    await page.clock.install();
    const { ransomware } = await sandbox.get("showcase");
    await signIn(page, "Omar Haddad", open(ransomware.id));
    await card(page, ISOLATE).getByRole("button", { name: "Isolate device", exact: true }).click();
    await expect(page.getByRole("dialog", { name: "Isolate device prod-sql-02?" })).toBeVisible();
    await sandbox.post("faults", { host: "experts", method: "GET", pathContains: "managed-response", status: 404, times: 1_000 });
    await sandbox.post("faults", { host: "experts", method: "GET", pathContains: "incidentTasks", status: 200, body: { value: [] }, times: 1_000 });
    await sandbox.post(`incidents/${ransomware.id}`, { comment: "Withdrawn: it was another customer's." });
    await leap(page, 130_000);
    await expect(card(page, ISOLATE)).toHaveCount(0, { timeout: 15_000 });
    await expect(page.getByRole("dialog", { name: "Isolate device prod-sql-02?" })).toHaveCount(0);
    await expect(flyout(page).getByText(/have not published a managed response/)).toBeVisible({ timeout: 15_000 });
    expect(await executions(sandbox)).toEqual([]);
  });

  test("a question about what a colleague has completed meanwhile stays to say so, and sends nothing", async ({ page, sandbox }) => {
    await page.clock.install();
    const { ransomware } = await sandbox.get("showcase");
    await signIn(page, "Omar Haddad", open(ransomware.id));
    await card(page, ISOLATE).getByRole("button", { name: "Isolate device", exact: true }).click();
    const question = page.getByRole("dialog", { name: "Isolate device prod-sql-02?" });
    await expect(question).toBeVisible();
    await sandbox.post(`tasks/${ransomware.tasks[ISOLATE]}`, { status: "completed" });
    await sandbox.post(`incidents/${ransomware.id}`, { comment: "Isolated by Ada." });
    await leap(page, 130_000);
    const why = /completed or changed meanwhile, by somebody else or in another tab\. Nothing was sent from here/;
    await expect(question.getByRole("alert").filter({ hasText: why })).toBeVisible({ timeout: 15_000 });
    const go = question.getByRole("button", { name: "Isolate device", exact: true });
    await expect(go).toHaveAttribute("aria-disabled", "true");
    await expect(go).toHaveAccessibleDescription(why);
    await question.getByRole("button", { name: "Cancel" }).click();
    await expect(question).toHaveCount(0);
    await expect(card(page, ISOLATE).getByText("Completed").first()).toBeVisible();
    expect(await executions(sandbox)).toEqual([]);
  });

  test("a task that a colleague completed a second ago is not done again", async ({ page, sandbox, guard }) => {
    guard.expectStatus(409);
    const { ransomware } = await sandbox.get("showcase");
    await signIn(page, "Omar Haddad", open(ransomware.id));
    await card(page, ISOLATE).getByRole("button", { name: "Isolate device", exact: true }).click();
    await sandbox.post(`tasks/${ransomware.tasks[ISOLATE]}`, { status: "completed" });
    await confirm(page, "Isolate device");
    await expect(card(page, ISOLATE).getByText("Completed").first()).toBeVisible({ timeout: 20_000 });
    expect(await effects(sandbox, ransomware.tasks[ISOLATE])).toEqual([]);
    expect((await executions(sandbox)).length).toBeLessThanOrEqual(1);
  });

  test("a summary of a megabyte and hostile Markdown are read as text", async ({ page, sandbox }) => {
    test.slow();
    const { phishing } = await sandbox.get("showcase");
    const hostile = [
      "[press](javascript:alert(1)) ![x](https://evil.example/x.png) <img src=x onerror=alert(1)> <script>alert(1)</script>",
      ">".repeat(500) + " deep",
      "- ".repeat(300) + "nested",
      "**".repeat(2_000),
    ].join("\n\n");
    await sandbox.post(`incidents/${phishing.id}`, { publish: { markdown: `${hostile}\n\n${"An attacker did this and that. ".repeat(34_000)}\n\nThe end of it.`, tasks: [] } });
    await signIn(page, "Omar Haddad", open(phishing.id));
    const summary = flyout(page).getByRole("region", { name: "Investigation summary" });
    await expect(summary.getByText("The end of it.")).toBeAttached({ timeout: 20_000 });
    await expect(summary.getByText(/<script>alert\(1\)<\/script>/)).toBeAttached();
    await expect(summary.getByRole("link", { name: "press" })).toHaveCount(0);
    await expect(summary.getByRole("img")).toHaveCount(0);
  });
});
