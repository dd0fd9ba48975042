import { card, confirm, effects, executions, flyout, ISOLATE, isolate, nextExecution } from "./support/response";
import { atRest, expect, signIn, test } from "./support/test";

test.use({ cleanTenant: true });

test("from the queue to an isolated device, a manual step done and another skipped", async ({ page, sandbox }) => {
  const { ransomware } = await sandbox.get("showcase");
  await signIn(page, "Omar Haddad");
  await page.getByRole("link", { name: /incidents awaiting your action$/ }).click();
  await page.getByRole("searchbox", { name: "Search for name or ID" }).fill("ransomware precursor");
  await page.getByRole("grid").getByRole("link", { name: ransomware.displayName }).click();
  await page.getByRole("button", { name: "View managed response" }).click();
  await expect(page).toHaveURL(/panel=managed-response/);
  const summary = flyout(page).getByRole("region", { name: "Investigation summary" });
  await expect(summary.getByText(/An attacker working by hand/)).toBeVisible();

  const device = card(page, ISOLATE);
  await isolate(page);
  await expect(device.getByText("In progress").first()).toBeVisible();
  await page.reload();
  await expect(card(page, ISOLATE).getByText("Completed").first()).toBeVisible({ timeout: 20_000 });
  expect(await effects(sandbox, ransomware.tasks[ISOLATE])).toEqual(["execute"]);

  const manual = flyout(page).getByRole("button", { name: "I've completed this action" });
  const before = await manual.count();
  await manual.first().click();
  await confirm(page, "Yes, I've done it");
  await expect(manual).toHaveCount(before - 1);

  await manual.first().locator("xpath=..").getByRole("button", { name: "Skip" }).click();
  await confirm(page, "Yes, skip this action");
  await expect(flyout(page).getByText("Skipped").first()).toBeVisible();
});

test("a double click on a question's button is one answer, and closes nothing behind it", async ({ page, sandbox }) => {
  const { ransomware } = await sandbox.get("showcase");
  await signIn(page, "Omar Haddad", `/incidents/${ransomware.id}?panel=managed-response`);
  await card(page, ISOLATE).getByRole("button", { name: "Isolate device", exact: true }).click();
  const answer = page.getByRole("dialog").last().getByRole("button", { name: "Isolate device", exact: true });
  // Where the button stands over what lies around the panel.
  const [button, panel] = [(await answer.boundingBox())!, (await flyout(page).getByRole("heading").first().boundingBox())!];
  expect(button.x + 4).toBeLessThan(panel.x);
  await answer.dblclick({ position: { x: 4, y: 4 } });
  await expect(answer).toHaveCount(0);
  await expect(card(page, ISOLATE).getByText("Completed").first()).toBeVisible({ timeout: 20_000 });
  expect(await executions(sandbox)).toHaveLength(1);
});

test("a failed action says why and can be tried again", async ({ page, sandbox }) => {
  const { ransomware } = await sandbox.get("showcase");
  const title = Object.keys(ransomware.tasks).find((name) => name.startsWith("Quarantine file"))!;
  await signIn(page, "Omar Haddad", `/incidents/${ransomware.id}?panel=managed-response`);
  const quarantine = card(page, title);
  await quarantine.getByRole("button", { name: "Quarantine file", exact: true }).click();
  await confirm(page, "Quarantine file");
  await expect(quarantine.getByText("Failed").first()).toBeVisible({ timeout: 20_000 });
  await quarantine.getByRole("button", { name: "Try again" }).click();
  await confirm(page, "Quarantine file");
  await expect(quarantine.getByText("Completed").first()).toBeVisible({ timeout: 20_000 });
  expect(await effects(sandbox, ransomware.tasks[title])).toEqual(["execute", "execute"]);
});

test("an answer that is lost is read back: one effect, never a guess", async ({ page, sandbox, guard }) => {
  guard.expectLostConnection();
  const { ransomware } = await sandbox.get("showcase");
  await signIn(page, "Omar Haddad", `/incidents/${ransomware.id}?panel=managed-response`);
  await nextExecution(sandbox, { dropAfterCommit: true });
  const device = card(page, ISOLATE);
  await isolate(page);
  await expect(device.getByText("In progress").first()).toBeVisible({ timeout: 15_000 });
  await expect(device.getByText("Completed").first()).toBeVisible({ timeout: 20_000 });
  expect(await effects(sandbox, ransomware.tasks[ISOLATE])).toEqual(["execute"]);
});

test("a request that never arrived is offered again, with the same key", async ({ page, sandbox, guard }) => {
  guard.expectStatus(503);
  const { ransomware } = await sandbox.get("showcase");
  await signIn(page, "Omar Haddad", `/incidents/${ransomware.id}?panel=managed-response`);
  await nextExecution(sandbox, { status: 503 });
  const device = card(page, ISOLATE);
  await isolate(page);
  await expect(device.getByText(/The service has not carried this out/)).toBeVisible({ timeout: 20_000 });
  await isolate(page);
  await expect(device.getByText("Completed").first()).toBeVisible({ timeout: 20_000 });
  const [first, second, ...more] = await executions(sandbox);
  expect(first).toBeTruthy();
  expect(second).toBe(first);
  expect(more).toEqual([]);
});

test("a reload before the answer leaves nothing to guess: the action is read back, and done once", async ({ page, sandbox, guard }) => {
  guard.expectLostConnection();
  const { ransomware } = await sandbox.get("showcase");
  await signIn(page, "Omar Haddad", `/incidents/${ransomware.id}?panel=managed-response`);
  await nextExecution(sandbox, { commitAfterMs: 4_000 });
  const device = card(page, ISOLATE);
  const broken = page.waitForEvent("requestfailed", (request) => request.method() === "POST" && request.url().includes("executeResponseAction"));
  await isolate(page);
  await broken;
  await page.reload();
  await expect(device.getByText("Outcome not known yet, checking…").first()).toBeVisible({ timeout: 10_000 });
  await expect(device.getByText("Completed").first()).toBeVisible({ timeout: 30_000 });
  expect(await effects(sandbox, ransomware.tasks[ISOLATE])).toEqual(["execute"]);
});

test("a service that is unwell and names a delay has perhaps acted: it is read back", async ({ page, sandbox, guard }) => {
  guard.expectStatus(503);
  const { ransomware } = await sandbox.get("showcase");
  await signIn(page, "Omar Haddad", `/incidents/${ransomware.id}?panel=managed-response`);
  await nextExecution(sandbox, { status: 503, retryAfter: 1, afterCommit: true });
  const device = card(page, ISOLATE);
  await isolate(page);
  await expect(device.getByText("Completed").first()).toBeVisible({ timeout: 20_000 });
  expect(await effects(sandbox, ransomware.tasks[ISOLATE])).toEqual(["execute"]);
});

test("a held Enter opens the question and does not answer it", async ({ page, sandbox }) => {
  const { ransomware } = await sandbox.get("showcase");
  await signIn(page, "Omar Haddad", `/incidents/${ransomware.id}?panel=managed-response`);
  const device = card(page, ISOLATE);
  await device.getByRole("button", { name: "Isolate device", exact: true }).focus();
  await page.keyboard.down("Enter");
  await page.keyboard.down("Enter");
  await page.keyboard.down("Enter");
  await page.keyboard.up("Enter");
  await expect(page.getByRole("dialog", { name: "Isolate device prod-sql-02?" })).toBeVisible();
  expect(await sandbox.get("effects")).toEqual([]);
  await page.keyboard.press("Escape");
  await expect(device.getByRole("button", { name: "Isolate device", exact: true })).toBeFocused();
});

test("brackets lead from one incident to the next inside the flyout, and do nothing behind a question", async ({ page, sandbox }) => {
  const { ransomware } = await sandbox.get("showcase");
  await signIn(page, "Omar Haddad", `/incidents/${ransomware.id}`);
  await expect(page.getByRole("button", { name: "Search and commands" })).toBeVisible();
  await page.getByRole("button", { name: "View managed response" }).click();
  const heading = flyout(page).getByRole("heading", { name: "Managed response" });
  await expect(heading).toBeFocused();
  const place = flyout(page).getByText(/^\d+ of \d+$/);
  const [at, of] = (await place.innerText()).split(" of ").map(Number);
  const [there, back] = at! < of! ? ["]", "["] : ["[", "]"];
  await page.keyboard.press(there!);
  await expect(page).not.toHaveURL(new RegExp(ransomware.id));
  await expect(place).toHaveText(`${at! < of! ? at! + 1 : at! - 1} of ${of}`);
  await expect(heading).toBeFocused();
  await page.keyboard.press(back!);
  await expect(page).toHaveURL(new RegExp(`/incidents/${ransomware.id}\\?panel=managed-response`));
  await expect(place).toHaveText(`${at} of ${of}`);
  await card(page, ISOLATE).getByRole("button", { name: "Isolate device", exact: true }).click();
  const question = page.getByRole("dialog", { name: "Isolate device prod-sql-02?" });
  await expect(question).toBeVisible();
  await page.keyboard.press(there!);
  await question.getByRole("button", { name: "Cancel" }).click();
  await expect(place).toHaveText(`${at} of ${of}`);
});

test("letters lead to the actions, the chat and the resolution inside the flyout, and write in its fields", async ({ page, sandbox }) => {
  const { ransomware } = await sandbox.get("showcase");
  await signIn(page, "Omar Haddad", `/incidents/${ransomware.id}?panel=managed-response`);
  const first = flyout(page).getByRole("region", { name: "Actions" }).getByRole("button", { name: "Isolate device", exact: true });
  await expect(first).toBeVisible();
  await atRest(page);
  await page.keyboard.press("a");
  await expect(first).toBeFocused();
  await page.keyboard.press("c");
  const chat = flyout(page).getByRole("tab", { name: "Chat" });
  await expect(chat).toBeFocused();
  await expect(chat).toHaveAttribute("aria-selected", "true");
  const box = flyout(page).getByRole("textbox", { name: "Message" });
  await box.pressSequentially("cas");
  await expect(box).toHaveValue("cas");
  await box.fill("");
  await chat.focus();
  await page.keyboard.press("a");
  await expect(first).toBeFocused();
  await page.keyboard.press("s");
  const question = page.getByRole("dialog", { name: "Mark this incident resolved?" });
  await expect(question).toBeVisible();
  await question.getByRole("button", { name: "Cancel" }).click();
  await expect(first).toBeFocused();
});

test("a task that an expert changes under the question is not acted on, and shown as it is", async ({ page, sandbox, guard }) => {
  guard.expectStatus(409);
  const { ransomware } = await sandbox.get("showcase");
  await signIn(page, "Omar Haddad", `/incidents/${ransomware.id}?panel=managed-response`);
  const device = card(page, ISOLATE);
  await device.getByRole("button", { name: "Isolate device", exact: true }).click();
  const task = ransomware.tasks[ISOLATE];
  await sandbox.post(`tasks/${task}`, { status: "notRelevant" });
  await confirm(page, "Isolate device");
  await expect(flyout(page).getByText("Skipped").first()).toBeVisible({ timeout: 20_000 });
  expect(await effects(sandbox, task)).toEqual([]);
});

test("what a colleague does to an action is seen where its flyout is open", async ({ page, sandbox }) => {
  test.slow();
  const { ransomware } = await sandbox.get("showcase");
  await signIn(page, "Omar Haddad", `/incidents/${ransomware.id}?panel=managed-response`);
  const run = card(page, ISOLATE).getByRole("button", { name: "Isolate device", exact: true });
  await expect(run).toBeVisible();
  await sandbox.post(`tasks/${ransomware.tasks[ISOLATE]}`, { status: "completed" });
  await expect(card(page, ISOLATE).getByText("Completed").first()).toBeVisible({ timeout: 30_000 });
  await expect(run).toHaveCount(0);
});

test("two quick clicks are one intent", async ({ page, sandbox }) => {
  const { ransomware } = await sandbox.get("showcase");
  await signIn(page, "Omar Haddad", `/incidents/${ransomware.id}?panel=managed-response`);
  const device = card(page, ISOLATE);
  await device.getByRole("button", { name: "Isolate device", exact: true }).click();
  await page.getByRole("dialog").last().getByRole("button", { name: "Isolate device", exact: true }).dblclick();
  await expect(device.getByText("Completed").first()).toBeVisible({ timeout: 20_000 });
  expect(await effects(sandbox, ransomware.tasks[ISOLATE])).toEqual(["execute"]);
});

test("a skip can be taken back", async ({ page, sandbox }) => {
  const { phishing } = await sandbox.get("showcase");
  await signIn(page, "Omar Haddad", `/incidents/${phishing.id}?panel=managed-response`);
  await flyout(page).getByRole("button", { name: "Skip" }).first().click();
  await confirm(page, "Yes, skip this action");
  const skipped = flyout(page).getByRole("group").filter({ hasText: "Skipped" });
  await expect(skipped).toHaveCount(1);
  const undo = skipped.getByRole("button", { name: "Undo skip" });
  if (!(await undo.isVisible())) await skipped.getByRole("button").first().click();
  await undo.click();
  await confirm(page, "Yes, undo skip");
  await expect(flyout(page).getByText("Skipped")).toHaveCount(0);
});

test("a Security Reader sees every action disabled, with why and who can", async ({ page, sandbox }) => {
  const { ransomware } = await sandbox.get("showcase");
  await signIn(page, "Rhea Novak", `/incidents/${ransomware.id}?panel=managed-response`);
  await expect(flyout(page).getByText(/An attacker working by hand/)).toBeVisible();
  const device = card(page, ISOLATE);
  for (const name of ["Isolate device", "Skip"]) {
    const button = device.getByRole("button", { name, exact: true });
    await expect(button).toHaveAttribute("aria-disabled", "true");
    await expect(button).toHaveAccessibleDescription(/Security Reader.*Security Operator/);
    await button.click({ force: true });
  }
  await expect(page.getByRole("dialog")).toHaveCount(1);
  expect(await sandbox.get("effects")).toEqual([]);
});

test("where experts have published nothing the flyout says so", async ({ page, sandbox, guard }) => {
  guard.expectStatus(404);
  const { investigating } = await sandbox.get("showcase");
  await signIn(page, "Omar Haddad", `/incidents/${investigating.id}`);
  await expect(page.getByRole("button", { name: "View managed response" })).toHaveCount(0);
  await page.getByRole("button", { name: "Managed response" }).click();
  await expect(flyout(page).getByText(/have not published a managed response/)).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(flyout(page)).toHaveCount(0);
  await expect(page.getByRole("button", { name: "Managed response" })).toBeFocused();
});

test("a panel that its address has opened leaves the focus in the page", async ({ page, sandbox }) => {
  const { ransomware } = await sandbox.get("showcase");
  await signIn(page, "Omar Haddad", `/incidents/${ransomware.id}?panel=managed-response`);
  await page.reload();
  const panel = page.getByRole("dialog", { name: "Managed response" });
  await expect(panel.getByText(/An attacker working by hand/)).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(panel).toHaveCount(0);
  await expect(page.getByRole("main")).toBeFocused();
});
