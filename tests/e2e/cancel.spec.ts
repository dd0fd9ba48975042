/** Taking a device's action back, with the same certainty as asking for it. */

import { card, confirm, ISOLATE } from "./support/response";
import { expect, type Page, signIn, test } from "./support/test";

test.use({ cleanTenant: true, actionSeconds: 120 });

const action = (page: Page, name: string) => page.getByRole("region", { name: "Device actions" }).getByRole("group", { name, exact: true });
const history = (page: Page) => page.getByRole("region", { name: "What it was asked for" });
const scan = (page: Page) => history(page).getByRole("row", { name: /^Run antivirus scan/ });
const outcome = (page: Page) => history(page).getByRole("group", { name: "Cancel: Run antivirus scan" });
const QUESTION = "Cancel “Run antivirus scan (Quick)” on prod-sql-02.contoso.com?";
const CANCEL = { host: "experts", method: "POST", pathContains: "/cancel" };

/** On the page of a device that has been asked for a scan and is at it. */
async function scanning(page: Page, sandbox: any): Promise<void> {
  const { ransomware } = await sandbox.get("showcase");
  await signIn(page, "Omar Haddad", `/incidents/${ransomware.id}?panel=managed-response`);
  await card(page, ISOLATE).getByRole("link", { name: "View device details" }).click();
  const own = action(page, "Run antivirus scan");
  await own.getByRole("button", { name: /Run antivirus scan/ }).first().click();
  await own.getByRole("button", { name: "Run antivirus scan", exact: true }).last().click();
  await page.getByRole("textbox", { name: "Comment" }).fill("Look at it.");
  await confirm(page, "Run antivirus scan");
  await expect(scan(page).getByText(/Pending|In progress/)).toBeVisible({ timeout: 15_000 });
}

async function cancel(page: Page, comment: string): Promise<void> {
  await scan(page).getByRole("button", { name: "Cancel action" }).click();
  await page.getByRole("dialog", { name: QUESTION }).getByRole("textbox", { name: "Comment" }).fill(comment);
  await confirm(page, "Yes, cancel the action");
}

/** The keys under which the service was asked to cancel. */
async function asked(sandbox: any): Promise<string[]> {
  const all: { method: string; path: string; idempotencyKey: string }[] = await sandbox.get("requests");
  return all.filter((one) => one.method === "POST" && one.path.endsWith("/cancel")).map((one) => one.idempotencyKey);
}

test("an action that runs is cancelled once, with a comment", async ({ page, sandbox }) => {
  await scanning(page, sandbox);
  await expect(action(page, "Run antivirus scan").getByText(/under way\. Wait for its outcome, or cancel it/)).toBeVisible();
  await scan(page).getByRole("button", { name: "Cancel action" }).click();
  const go = page.getByRole("dialog", { name: QUESTION }).getByRole("button", { name: "Yes, cancel the action" });
  await expect(go).toHaveAccessibleDescription(/Write a comment first/);
  await page.keyboard.press("Escape");
  await cancel(page, "Wrong device.");
  await expect(scan(page).getByText("Cancelled")).toBeVisible({ timeout: 15_000 });
  await expect(outcome(page)).toHaveCount(0);
  await expect(scan(page).getByRole("button", { name: "Cancel action" })).toHaveCount(0);
  expect(await asked(sandbox)).toHaveLength(1);
});

test("an answer that is lost is read back, and nothing is sent twice", async ({ page, sandbox, guard }) => {
  guard.expectLostConnection();
  await scanning(page, sandbox);
  await sandbox.post("faults", { ...CANCEL, dropAfterCommit: true });
  await cancel(page, "Wrong device.");
  await expect(scan(page).getByText("Cancelled")).toBeVisible({ timeout: 25_000 });
  await expect(outcome(page)).toHaveCount(0);
  expect(await asked(sandbox)).toHaveLength(1);
});

test("a tab that ends before the answer leaves nothing to guess", async ({ page, sandbox, guard }) => {
  guard.expectLostConnection();
  await scanning(page, sandbox);
  await sandbox.post("faults", { ...CANCEL, commitAfterMs: 3_000 });
  const broken = page.waitForEvent("requestfailed", (request) => request.url().endsWith("/cancel"));
  await cancel(page, "Wrong device.");
  await broken;
  await page.reload();
  await expect(scan(page).getByText("Cancelled")).toBeVisible({ timeout: 25_000 });
  expect(new Set(await asked(sandbox)).size).toBe(1);
});

test("what was not cancelled is said on every page, and sent again with the same key where nothing is changed", async ({ page, sandbox, guard }) => {
  guard.expectStatus(503);
  await scanning(page, sandbox);
  await sandbox.post("faults", { ...CANCEL, status: 503 });
  await cancel(page, "Wrong device.");
  await expect(outcome(page).getByText(/The service has not carried this out/)).toBeVisible({ timeout: 20_000 });
  await expect(scan(page).getByText(/Pending|In progress/)).toBeVisible();
  await page.getByRole("link", { name: "Home", exact: true }).click();
  await page.getByRole("banner").getByRole("button", { name: "1 decision needs you" }).click();
  await page.getByRole("dialog", { name: "Outbox" }).getByRole("link", { name: "Cancel: Run antivirus scan: Not carried out" }).click();
  await expect(page).toHaveURL(/\/devices\//);
  await scan(page).getByRole("button", { name: "Cancel action" }).click();
  await expect(page.getByRole("dialog", { name: QUESTION }).getByRole("textbox", { name: "Comment" })).toHaveValue("Wrong device.");
  await confirm(page, "Yes, cancel the action");
  await expect(scan(page).getByText("Cancelled")).toBeVisible({ timeout: 20_000 });
  await expect(outcome(page)).toHaveCount(0);
  const keys = await asked(sandbox);
  expect([keys.length, new Set(keys).size]).toEqual([2, 1]);
});

test("with another comment it is decided anew, and the action is cancelled once", async ({ page, sandbox, guard }) => {
  guard.expectStatus(503);
  await scanning(page, sandbox);
  await sandbox.post("faults", { ...CANCEL, status: 503 });
  await cancel(page, "Wrong device.");
  await expect(outcome(page).getByText(/The service has not carried this out/)).toBeVisible({ timeout: 20_000 });
  await scan(page).getByRole("button", { name: "Cancel action" }).click();
  const comment = page.getByRole("dialog", { name: QUESTION }).getByRole("textbox", { name: "Comment" });
  await expect(comment).toHaveValue("Wrong device.");
  await comment.fill("Not now.");
  const sent = page.waitForRequest((request) => request.method() === "POST" && request.url().endsWith("/cancel"));
  await confirm(page, "Yes, cancel the action");
  expect((await sent).postDataJSON()).toEqual({ Comment: "Not now." });
  await expect(scan(page).getByText("Cancelled")).toBeVisible({ timeout: 20_000 });
  await expect(outcome(page)).toHaveCount(0);
  const keys = await asked(sandbox);
  expect([keys.length, new Set(keys).size]).toEqual([2, 2]);
});

test("an action that has come to its end meanwhile is not said to be cancelled", async ({ page, sandbox, guard }) => {
  guard.expectStatus(400);
  await scanning(page, sandbox);
  const body = { error: { code: "BadRequest", message: "The action has ended with status Succeeded and cannot be cancelled." } };
  await sandbox.post("faults", { ...CANCEL, status: 400, body });
  await cancel(page, "Wrong device.");
  await expect(outcome(page).getByText(/has ended with status Succeeded/)).toBeVisible({ timeout: 15_000 });
  await expect(scan(page).getByText("Cancelled")).toHaveCount(0);
  await outcome(page).getByRole("button", { name: "Dismiss" }).click();
  await expect(outcome(page)).toHaveCount(0);
});

test("two tabs cancel an action once", async ({ page, context, sandbox }) => {
  await scanning(page, sandbox);
  const second = await context.newPage();
  await second.goto(page.url());
  await scan(second).getByRole("button", { name: "Cancel action" }).click();
  await second.getByRole("dialog", { name: QUESTION }).getByRole("textbox", { name: "Comment" }).fill("Me too.");
  await sandbox.post("faults", { ...CANCEL, delayMs: 2_000 });
  const sent = page.waitForRequest((request) => request.url().endsWith("/cancel"));
  await cancel(page, "Wrong device.");
  await sent;
  await confirm(second, "Yes, cancel the action");
  for (const tab of [page, second]) await expect(scan(tab).getByText("Cancelled")).toBeVisible({ timeout: 20_000 });
  expect(await asked(sandbox)).toHaveLength(1);
});
