import { Browser } from "./support/browser";
import { kept, overwrite } from "./support/disk";
import { Guard } from "./support/guard";
import { card, confirm, effects, executions, flyout, ISOLATE, isolate, nextExecution } from "./support/response";
import { answer, ask, draw, enter, pause, seeThrough, Sightings, tell } from "./support/schedule";
import { dialog, question } from "./support/talk";
import { atRest, expect, leap, type Page, signIn, test } from "./support/test";

test.use({ cleanTenant: true, actionSeconds: 1 });

const unsettled = (page: Page, name: string | RegExp) => page.getByRole("banner").getByRole("button", { name });
const outbox = (page: Page) => page.getByRole("dialog", { name: "Outbox" });
const NEEDS_ONE = "1 decision needs you";

/** Signs in, opens the managed response and has one execution fare badly: it rests, not carried out. */
async function leaveUnsent(page: Page, sandbox: any, incident: { id: string }): Promise<void> {
  await signIn(page, "Omar Haddad", `/incidents/${incident.id}?panel=managed-response`);
  await nextExecution(sandbox, { status: 503 });
  await isolate(page);
  await expect(card(page, ISOLATE).getByText(/The service has not carried this out/)).toBeVisible({ timeout: 20_000 });
}

async function chooseSignOut(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Omar Haddad" }).click();
  await page.getByRole("menuitem", { name: "Sign out" }).click();
}

test("a second tab sends nothing while the first one does, says so, and follows", async ({ page, context, sandbox }) => {
  const { ransomware } = await sandbox.get("showcase");
  const path = `/incidents/${ransomware.id}?panel=managed-response`;
  await signIn(page, "Omar Haddad", path);
  const second = await context.newPage();
  await second.goto(path);
  await nextExecution(sandbox, { delayMs: 4_000 });
  // Both ask; the first to answer sends.
  await card(second, ISOLATE).getByRole("button", { name: "Isolate device", exact: true }).click();
  const sent = page.waitForRequest((request) => request.method() === "POST" && request.url().includes("executeResponseAction"));
  await isolate(page);
  await sent;
  const question = second.getByRole("dialog", { name: "Isolate device prod-sql-02?" });
  await expect(question.getByText(/Nothing was sent from here/).first()).toBeVisible();
  await expect(question.getByRole("button", { name: "Isolate device", exact: true })).toHaveAttribute("aria-disabled", "true");
  await question.getByRole("button", { name: "Cancel" }).click();
  await expect(card(second, ISOLATE).getByText("Being carried out in another tab…").first()).toBeVisible();
  await expect(card(second, ISOLATE).getByText(/This tab sends nothing/)).toBeVisible();
  for (const tab of [page, second]) {
    await expect(card(tab, ISOLATE).getByText("Completed").first()).toBeVisible({ timeout: 20_000 });
  }
  expect(await effects(sandbox, ransomware.tasks[ISOLATE])).toEqual(["execute"]);
  expect(await executions(sandbox)).toHaveLength(1);
});

test("without Web Locks two tabs still make one decision", async ({ page, context, sandbox }) => {
  await context.addInitScript(() => Object.defineProperty(Navigator.prototype, "locks", { value: undefined }));
  const { ransomware } = await sandbox.get("showcase");
  const path = `/incidents/${ransomware.id}?panel=managed-response`;
  await signIn(page, "Omar Haddad", path);
  const second = await context.newPage();
  await second.goto(path);
  await nextExecution(sandbox, { delayMs: 2_000 });
  await card(second, ISOLATE).getByRole("button", { name: "Isolate device", exact: true }).click();
  const sent = page.waitForRequest((request) => request.method() === "POST" && request.url().includes("executeResponseAction"));
  await isolate(page);
  await sent;
  await confirm(second, "Isolate device");
  for (const tab of [page, second]) {
    await expect(card(tab, ISOLATE).getByText("Completed").first()).toBeVisible({ timeout: 20_000 });
  }
  expect(await effects(sandbox, ransomware.tasks[ISOLATE])).toEqual(["execute"]);
  expect(new Set(await executions(sandbox)).size).toBe(1);
});

test("from every page one sees what is not settled, and gets there", async ({ page, sandbox, guard }) => {
  guard.expectStatus(503);
  const { ransomware } = await sandbox.get("showcase");
  await signIn(page, "Omar Haddad", `/incidents/${ransomware.id}?panel=managed-response`);
  await nextExecution(sandbox, { status: 503 });
  await isolate(page);
  await expect(card(page, ISOLATE).getByText("Outcome not known yet, checking…").first()).toBeVisible();
  await page.keyboard.press("Escape");
  await page.getByRole("link", { name: "Home", exact: true }).click();
  await expect(unsettled(page, "1 decision without an outcome yet")).toBeVisible();
  await expect(page.getByRole("status").getByText(NEEDS_ONE)).toBeAttached({ timeout: 20_000 });
  await unsettled(page, NEEDS_ONE).click();
  const entry = outbox(page).getByRole("link", { name: `${ISOLATE}: Not carried out` });
  await entry.click();
  await expect(page).toHaveURL(new RegExp(`/incidents/${ransomware.id}\\?panel=managed-response`));
  await card(page, ISOLATE).getByRole("button", { name: "Dismiss" }).click();
  await page.keyboard.press("Escape");
  await expect(unsettled(page, /decision/)).toHaveCount(0);
  await page.reload();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(ransomware.displayName);
  await expect(unsettled(page, /decision/)).toHaveCount(0);
  expect(await sandbox.get("effects")).toEqual([]);
});

test("signing out asks first where something would be left behind", async ({ page, sandbox, guard }) => {
  guard.expectStatus(503);
  const { ransomware } = await sandbox.get("showcase");
  await leaveUnsent(page, sandbox, ransomware);
  await page.keyboard.press("Escape");
  await page.getByRole("tab", { name: "Comments and history" }).click();
  const box = page.getByRole("textbox", { name: "Add a comment" });
  await box.fill("Asked the owner of prod-sql-02");
  await chooseSignOut(page);
  const question = page.getByRole("dialog", { name: "Sign out now?" });
  await expect(question.getByRole("listitem").filter({ hasText: "Asked the owner of prod-sql-02" })).toBeVisible();
  await expect(question.getByRole("listitem").filter({ hasText: `${ISOLATE}: Not carried out` })).toBeVisible();
  await question.getByRole("button", { name: "Cancel" }).click();
  await expect(box).toHaveValue("Asked the owner of prod-sql-02");

  await chooseSignOut(page);
  await question.getByRole("button", { name: "Sign out" }).click();
  await expect(page.getByRole("heading", { name: "You are signed out" })).toBeVisible();
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.getByRole("button", { name: "Omar Haddad" }).click();
  // The decision is looked up again; the text is gone.
  await expect(unsettled(page, NEEDS_ONE)).toBeVisible({ timeout: 15_000 });
  await page.goto(`/incidents/${ransomware.id}?tab=comments`);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(ransomware.displayName);
  await expect(box).toHaveValue("");
});

test("another person at the same device finds nobody else's decisions and texts", async ({ page, sandbox, guard }) => {
  guard.expectStatus(503);
  const { ransomware } = await sandbox.get("showcase");
  await leaveUnsent(page, sandbox, ransomware);
  await page.keyboard.press("Escape");
  await chooseSignOut(page);
  await page.getByRole("dialog", { name: "Sign out now?" }).getByRole("button", { name: "Sign out" }).click();
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.getByRole("button", { name: "Ada Lindqvist" }).click();
  await expect(page.getByRole("banner").getByRole("button", { name: "Ada Lindqvist" })).toBeVisible();
  await expect(unsettled(page, /decision/)).toHaveCount(0);
  await page.goto(`/incidents/${ransomware.id}?panel=managed-response`);
  await isolate(page);
  await expect(card(page, ISOLATE).getByText("Completed").first()).toBeVisible({ timeout: 20_000 });
  const keys = await executions(sandbox);
  expect(new Set(keys).size).toBe(2);
  expect(await effects(sandbox, ransomware.tasks[ISOLATE])).toEqual(["execute"]);
});

test("where the browser keeps nothing the action works, and its card says what that means", async ({ page, sandbox }) => {
  await page.addInitScript(() => {
    IDBFactory.prototype.open = () => {
      throw new DOMException("Refused", "SecurityError");
    };
  });
  const { ransomware } = await sandbox.get("showcase");
  await signIn(page, "Omar Haddad", `/incidents/${ransomware.id}?panel=managed-response`);
  await nextExecution(sandbox, { delayMs: 2_000 });
  await isolate(page);
  await expect(card(page, ISOLATE).getByText(/it will not survive a reload/)).toBeVisible();
  await expect(card(page, ISOLATE).getByText("Completed").first()).toBeVisible({ timeout: 20_000 });
  expect(await effects(sandbox, ransomware.tasks[ISOLATE])).toEqual(["execute"]);
});

test("a disk that is full keeps nothing, and stops nothing", async ({ page, sandbox }) => {
  await page.addInitScript(() => {
    IDBObjectStore.prototype.put = () => {
      throw new DOMException("Full", "QuotaExceededError");
    };
  });
  const { ransomware } = await sandbox.get("showcase");
  await signIn(page, "Omar Haddad", `/incidents/${ransomware.id}?panel=managed-response`);
  await nextExecution(sandbox, { delayMs: 2_000 });
  await isolate(page);
  await expect(card(page, ISOLATE).getByText(/it will not survive a reload/)).toBeVisible();
  await expect(card(page, ISOLATE).getByText("Completed").first()).toBeVisible({ timeout: 20_000 });
});

test("a session that ends with the click loses nothing: signed in again it asks, with the same key", async ({ page, sandbox, guard }) => {
  guard.expectStatus(400, 401);
  const { ransomware } = await sandbox.get("showcase");
  await signIn(page, "Omar Haddad", `/incidents/${ransomware.id}?panel=managed-response`);
  await expect(card(page, ISOLATE)).toBeVisible();
  await sandbox.post("tokens/expire", { refresh: true, sessions: true });
  await isolate(page);
  await expect(card(page, ISOLATE).getByText(/sign in again first/)).toBeVisible();
  await page.keyboard.press("Escape");
  await page.getByRole("main").getByRole("button", { name: "Sign in" }).click();
  await page.getByRole("button", { name: "Omar Haddad" }).click();
  await unsettled(page, NEEDS_ONE).click({ timeout: 15_000 });
  await outbox(page).getByRole("link", { name: new RegExp(ISOLATE) }).click();
  await isolate(page);
  await expect(card(page, ISOLATE).getByText("Completed").first()).toBeVisible({ timeout: 20_000 });
  expect(await effects(sandbox, ransomware.tasks[ISOLATE])).toEqual(["execute"]);
  expect(new Set(await executions(sandbox)).size).toBe(1);
});

test("after an hour offline nothing is sent by itself: it is read back and asked about", async ({ page, context, sandbox, guard }) => {
  guard.expectLostConnection();
  await page.clock.install();
  const { ransomware } = await sandbox.get("showcase");
  await signIn(page, "Omar Haddad", `/incidents/${ransomware.id}?panel=managed-response`);
  await expect(card(page, ISOLATE)).toBeVisible();
  await context.setOffline(true);
  await isolate(page);
  await expect(card(page, ISOLATE).getByText(/reading the action back/)).toBeVisible();
  await page.clock.fastForward("01:00:00");
  await context.setOffline(false);
  await expect(card(page, ISOLATE).getByText(/The service has not carried this out/)).toBeVisible({ timeout: 25_000 });
  expect(await executions(sandbox)).toEqual([]);
  await isolate(page);
  await expect(card(page, ISOLATE).getByText("Completed").first()).toBeVisible({ timeout: 20_000 });
  expect(await effects(sandbox, ransomware.tasks[ISOLATE])).toEqual(["execute"]);
});

test("what lands after it was read back is noticed, without a hand", async ({ page, sandbox, guard }) => {
  guard.expectLostConnection();
  const { ransomware } = await sandbox.get("showcase");
  await signIn(page, "Omar Haddad", `/incidents/${ransomware.id}?panel=managed-response`);
  await nextExecution(sandbox, { commitAfterMs: 7_000 });
  await isolate(page);
  await expect(card(page, ISOLATE).getByText(/The service has not carried this out/)).toBeVisible({ timeout: 20_000 });
  await expect(card(page, ISOLATE).getByText("Completed").first()).toBeVisible({ timeout: 20_000 });
  await expect(flyout(page).getByText(/The service has not carried this out/)).toHaveCount(0);
  expect(await effects(sandbox, ransomware.tasks[ISOLATE])).toEqual(["execute"]);
});

test("a retry on a task that an expert has changed is not sent", async ({ page, sandbox, guard }) => {
  guard.expectStatus(503);
  const { ransomware } = await sandbox.get("showcase");
  await leaveUnsent(page, sandbox, ransomware);
  await card(page, ISOLATE).getByRole("button", { name: "Isolate device", exact: true }).click();
  await sandbox.post(`tasks/${ransomware.tasks[ISOLATE]}`, { description: "Not this one: it is the domain controller." });
  await confirm(page, "Isolate device");
  await expect(card(page, ISOLATE).getByText(/The action has changed since you decided/)).toBeVisible();
  expect(await effects(sandbox, ransomware.tasks[ISOLATE])).toEqual([]);
  expect(await executions(sandbox)).toHaveLength(1);
});

test("what was not carried out is dismissed from the list, wherever one is", async ({ page, sandbox, guard }) => {
  guard.expectStatus(503);
  const { ransomware } = await sandbox.get("showcase");
  await leaveUnsent(page, sandbox, ransomware);
  await page.goto("/preferences");
  await unsettled(page, NEEDS_ONE).click({ timeout: 15_000 });
  await outbox(page).getByRole("button", { name: "Dismiss" }).click();
  await expect(outbox(page).getByText("Nothing is left: everything has been sent and settled.")).toBeVisible();
  await expect(outbox(page).getByRole("heading", { name: "Outbox" }), "the button has gone").toBeFocused();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("main"), "so has the button that opened the list").toBeFocused();
  await expect(unsettled(page, /decision/)).toHaveCount(0);
  await page.reload();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Preferences");
  await expect(unsettled(page, /decision/)).toHaveCount(0);
});

for (const [stays, times] of [["was away for a moment", 1], ["has gone for good", 99]] as const) {
  test(`the outcome on a task that ${stays} is checked again from the list, and otherwise put away`, async ({ page, sandbox, guard }) => {
    guard.expectStatus(404, 503);
    const { ransomware } = await sandbox.get("showcase");
    await signIn(page, "Omar Haddad", `/incidents/${ransomware.id}?panel=managed-response`);
    await nextExecution(sandbox, { status: 503 });
    await sandbox.post("faults", { host: "experts", method: "GET", pathContains: `incidentTasks/${ransomware.tasks[ISOLATE]}`, status: 404, times });
    await isolate(page);
    await expect(unsettled(page, NEEDS_ONE)).toBeVisible({ timeout: 20_000 });
    await page.keyboard.press("Escape");
    await unsettled(page, NEEDS_ONE).click();
    const entry = (outcome: string) => outbox(page).getByRole("link", { name: `${ISOLATE}: ${outcome}` });
    await expect(entry("Outcome not known")).toBeVisible();
    await outbox(page).getByRole("button", { name: "Check again" }).click();
    if (times === 1) {
      await expect(entry("Not carried out")).toBeVisible({ timeout: 20_000 });
      return;
    }
    await expect(entry("Outcome not known")).toBeVisible();
    await outbox(page).getByRole("button", { name: "Dismiss" }).click();
    await expect(outbox(page).getByText("Nothing is left: everything has been sent and settled.")).toBeVisible();
  });
}

test("what is only being looked at can be withdrawn, and is not sent", async ({ page, sandbox }) => {
  await page.clock.install();
  const { ransomware } = await sandbox.get("showcase");
  await signIn(page, "Omar Haddad", `/incidents/${ransomware.id}?panel=managed-response`);
  await expect(card(page, ISOLATE)).toBeVisible();
  await atRest(page);
  // What was read so long ago is looked at before anything is sent.
  await sandbox.post("faults", { host: "experts", method: "GET", pathContains: "incidentTasks", delayMs: 12_000, times: 20 });
  await page.clock.fastForward("04:00");
  await isolate(page);
  await page.keyboard.press("Escape");
  await unsettled(page, /decision without an outcome yet/).click();
  await outbox(page).getByRole("button", { name: "Withdraw" }).click();
  await expect(outbox(page).getByText("Nothing is left: everything has been sent and settled.")).toBeVisible();
  await leap(page, 15_000);
  expect(await executions(sandbox)).toEqual([]);
});

test("a person who wants no drafts on this device has none there", async ({ page, sandbox }) => {
  const { investigating } = await sandbox.get("showcase");
  const path = `/incidents/${investigating.id}?tab=comments`;
  await signIn(page, "Omar Haddad", path);
  const box = page.getByRole("textbox", { name: "Add a comment" });
  await box.fill("Kept for now");
  await expect.poll(() => drafts(page)).toContain("Kept for now");
  await page.getByRole("link", { name: "Preferences" }).click();
  await page.getByRole("switch", { name: "Keep what I type on this device until it is sent" }).uncheck();
  await expect.poll(() => drafts(page)).toEqual([]);
  await page.goBack();
  await box.fill("Not kept");
  await page.getByRole("link", { name: "Home", exact: true }).click();
  await page.goBack();
  // The page that is open still has it; the device does not.
  await expect(box).toHaveValue("Not kept");
  expect(await drafts(page)).toEqual([]);
  await page.reload();
  await expect(box).toHaveValue("");
});

test("the last keys before a dialog closes are kept, too", async ({ page }) => {
  const words = "Is the backup server part of it?";
  await signIn(page, "Omar Haddad", "/messages");
  await page.getByRole("button", { name: "Ask Defender Experts" }).click();
  await expect(question(page)).toBeFocused();
  await page.keyboard.type(words);
  await page.keyboard.press("Escape");
  await expect(dialog(page)).toHaveCount(0);
  await expect.poll(() => drafts(page)).toContain(words);
  await page.getByRole("button", { name: "Ask Defender Experts" }).click();
  await expect(question(page)).toHaveValue(words);
});

test("a draft that nobody came back to for a month is forgotten", async ({ page, sandbox }) => {
  const { investigating } = await sandbox.get("showcase");
  const path = `/incidents/${investigating.id}?tab=comments`;
  await signIn(page, "Omar Haddad", path);
  await page.getByRole("textbox", { name: "Add a comment" }).fill("Old words");
  await expect.poll(() => drafts(page)).toContain("Old words");
  await age(page, 31 * 86_400_000);
  await page.goto("/preferences");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Preferences");
  await expect.poll(() => drafts(page), { timeout: 15_000 }).toEqual([]);
});

test("two tabs with different words lose neither", async ({ page, context, sandbox }) => {
  const { investigating } = await sandbox.get("showcase");
  const path = `/incidents/${investigating.id}?tab=comments`;
  await signIn(page, "Omar Haddad", path);
  const second = await context.newPage();
  await second.goto(path);
  const box = (tab: Page) => tab.getByRole("textbox", { name: "Add a comment" });
  await expect(box(second)).toHaveValue("");
  await box(page).fill("Seen from the first tab");
  await expect.poll(() => drafts(page)).toContain("Seen from the first tab");
  await box(second).fill("Seen from the second tab");
  await expect.poll(() => drafts(page)).toContain("Seen from the second tab");
  await page.reload();
  await expect(box(page)).toHaveValue(/Seen from the second tab\n\nSeen from the first tab/);
});

test("whoever signs out in one tab is signed out in all, and nothing of theirs stays in sight", async ({ page, context, sandbox }) => {
  const { ransomware } = await sandbox.get("showcase");
  await signIn(page, "Omar Haddad");
  const second = await context.newPage();
  await second.goto(`/incidents/${ransomware.id}?tab=comments`);
  await second.getByRole("textbox", { name: "Add a comment" }).fill("For no other eyes");
  await expect.poll(() => drafts(second)).toContain("For no other eyes");
  await page.getByRole("button", { name: "Omar Haddad" }).click();
  await page.getByRole("menuitem", { name: "Sign out" }).click();
  const question = page.getByRole("dialog", { name: "Sign out now?" });
  await question.getByRole("button", { name: "Sign out" }).click();
  for (const tab of [page, second]) await expect(tab.getByRole("heading", { name: "You are signed out" })).toBeVisible();
  await expect(second.getByText("For no other eyes")).toHaveCount(0);
  await second.getByRole("button", { name: "Sign in" }).click();
  await expect(second.getByRole("button", { name: "Rhea Novak" })).toBeVisible();
});

/** Makes what the device keeps older. */
const age = (page: Page, by: number) => overwrite(page, "drafts", ":begun", String(Date.now() - by));

/** The texts that the device keeps. */
const drafts = async (page: Page) => (await kept(page, "drafts")).map(([, text]) => text);

const SEEDS = process.env.PORTAL_THOROUGH ? 100 : 5;

for (let seed = 0; seed < SEEDS; seed++) {
  test(`schedule ${seed}: each decision has one effect, nothing is done before it is, and no word is lost`, async ({ sandbox, launchOptions, locale, timezoneId, viewport, baseURL }) => {
    test.setTimeout(120_000);
    const { ransomware } = await sandbox.get("showcase");
    const path = `/incidents/${ransomware.id}?tab=comments&panel=managed-response`;
    const decisions = draw(seed, ransomware.tasks);
    const story = tell(seed, decisions);
    const [words, sightings, guards] = [`Words of seed ${seed}`, new Sightings(), [] as Guard[]];
    const browser = new Browser({ ...launchOptions, locale, timezoneId, viewport, baseURL }, async (context) => {
      const guard = await Guard.watch(context, sandbox.origins);
      guard.expectStatus(400, 401, 409, 429, 502, 503);
      guard.expectLostConnection();
      guards.push(guard);
      await sightings.watch(context);
    });
    try {
      let context = await browser.start();
      let page = context.pages()[0]!;
      await enter(page, path);
      await page.keyboard.press("Escape");
      await page.getByRole("textbox", { name: "Add a comment" }).fill(words);
      await page.getByRole("button", { name: "View managed response" }).click();
      for (const decision of decisions) {
        if (decision.fault) {
          await sandbox.post("faults", { host: "experts", method: decision.method, pathContains: decision.task, ...decision.fault });
        }
        const second = decision.trouble === "two tabs" ? await context.newPage() : undefined;
        if (second) {
          await enter(second, path);
          await ask(second, decision);
        }
        if (decision.trouble === "offline") await context.setOffline(true);
        if (decision.trouble === "session expired") await sandbox.post("tokens/expire", { refresh: true, sessions: true });
        await ask(page, decision);
        if (decision.trouble === "double click") await answer(page, decision).dblclick();
        else await answer(page, decision).click();
        if (second) await answer(second, decision).click({ timeout: 2_000 }).catch(() => "The page took the question back.");
        await pause(decision.after);
        if (decision.trouble === "offline") await context.setOffline(false);
        if (decision.trouble === "reload") await page.reload();
        if (decision.trouble === "killed") {
          await browser.kill();
          context = await browser.start();
          page = context.pages()[0]!;
          await enter(page, path);
        }
      }
      await seeThrough(page, path, decisions);
      for (const decision of decisions) {
        expect(await effects(sandbox, decision.task), story).toEqual([decision.effect]);
        const { modified } = await sandbox.get(`tasks/${decision.task}`);
        expect(sightings.of(decision.title), story).toBeGreaterThanOrEqual(Date.parse(modified));
        const all: { method: string; path: string; idempotencyKey?: string }[] = await sandbox.get("requests");
        const writes = all.filter((one) => one.method === decision.method && one.path.includes(decision.task));
        expect(new Set(writes.map((one) => one.idempotencyKey)).size, story).toBe(1);
      }
      await page.keyboard.press("Escape");
      await expect(page.getByRole("textbox", { name: "Add a comment" }), story).toHaveValue(words);
      for (const guard of guards) expect(await guard.findings(page), story).toEqual([]);
    } finally {
      await browser.stop();
    }
  });
}
