/** Two tabs with the same question open: what one has settled, the other does not do once more. */

import { kept, overwrite } from "./support/disk";
import { card, confirm, effects, executions, ISOLATE, isolate } from "./support/response";
import { expect, type Page, signIn, test } from "./support/test";

test.use({ cleanTenant: true, actionSeconds: 1 });

const WORDS = /This was decided a moment ago in another tab, or by another action on the same device\. Nothing was sent from here/;

/** A tab that has not heard of the other one yet: for the moment that this takes, as long as the spec needs. */
async function deaf(page: Page): Promise<void> {
  await page.addInitScript(() => {
    Object.defineProperty(window, "BroadcastChannel", {
      value: class extends EventTarget {
        postMessage() {}
        close() {}
      },
    });
  });
}

/** Holds back what a tab asks for; what it shows stays what it has read before. The answer lets go. */
async function hold(page: Page, asked: RegExp): Promise<() => void> {
  let letGo = () => {};
  const free = new Promise<void>((resolve) => (letGo = resolve));
  await page.route(asked, async (route) => {
    if (route.request().method() === "GET") await free;
    // The page may be gone by then.
    await route.continue().catch(() => undefined);
  });
  return letGo;
}

/** What the device notes of decisions that were settled. */
const marks = async (page: Page) => (await kept(page, "outbox")).filter(([name]) => name.includes("/settled/"));

/** Makes what the device notes of them older. */
const age = (page: Page, by: number) => overwrite(page, "outbox", "/settled/", `settled&${Date.now() - by}`);

test("a question that was open while the other tab settled it is answered with words, not with a second action", async ({ page, context, sandbox }) => {
  const { ransomware } = await sandbox.get("showcase");
  const task = ransomware.tasks[ISOLATE];
  const path = `/incidents/${ransomware.id}?panel=managed-response`;
  await signIn(page, "Omar Haddad", path);
  const second = await context.newPage();
  await deaf(second);
  await second.goto(path);
  await expect(card(second, ISOLATE)).toBeVisible();
  const letGo = await hold(second, /incidentTasks/);
  await card(second, ISOLATE).getByRole("button", { name: "Isolate device", exact: true }).click();
  await expect(second.getByRole("dialog", { name: "Isolate device prod-sql-02?" })).toBeVisible();

  await isolate(page);
  await expect.poll(() => marks(page)).toHaveLength(2);
  // From here on the service would take a second one.
  await sandbox.post(`tasks/${task}`, { status: "open", description: "Once more, please." });
  await confirm(second, "Isolate device");
  await expect(card(second, ISOLATE).getByText(WORDS)).toBeVisible();
  expect(await executions(sandbox)).toHaveLength(1);

  // It reads the action again, and what is decided on that is a decision of its own.
  letGo();
  await expect(card(second, ISOLATE).getByText("Once more, please.")).toBeVisible({ timeout: 15_000 });
  await expect(card(second, ISOLATE).getByText(WORDS)).toBeVisible();
  expect(await executions(sandbox)).toHaveLength(1);
  await isolate(second);
  await expect(card(second, ISOLATE).getByText("Completed").first()).toBeVisible({ timeout: 20_000 });
  await expect(card(second, ISOLATE).getByText(WORDS)).toHaveCount(0);
  expect(new Set(await executions(sandbox)).size).toBe(2);
  expect(await effects(sandbox, task)).toEqual(["execute", "execute"]);
});

test("a device that an incident's action has just isolated is not isolated once more from its own page", async ({ page, context, sandbox }) => {
  const { ransomware } = await sandbox.get("showcase");
  const task = ransomware.tasks[ISOLATE];
  await signIn(page, "Omar Haddad", `/incidents/${ransomware.id}?panel=managed-response`);
  const device = await card(page, ISOLATE).getByRole("link", { name: "View device details" }).getAttribute("href");
  const second = await context.newPage();
  await deaf(second);
  await second.goto(device!);
  const own = second.getByRole("region", { name: "Device actions" }).getByRole("group", { name: "Isolate device", exact: true });
  const header = own.getByRole("button", { name: /Isolate device/ }).first();
  await expect(header).toBeVisible();
  if ((await header.getAttribute("aria-expanded")) === "false") await header.click();
  const letGo = await hold(second, /machine/i);
  await own.getByRole("button", { name: "Isolate device", exact: true }).last().click();
  await second.getByRole("textbox", { name: "Comment" }).fill("Contain it.");

  await isolate(page);
  await expect(card(page, ISOLATE).getByText("Completed").first()).toBeVisible({ timeout: 20_000 });
  // Nothing runs any more: the service would take a second one.
  await confirm(second, "Isolate device");
  await expect(own.getByText(WORDS)).toBeVisible();
  letGo();
  const history = second.getByRole("region", { name: "What it was asked for" });
  await expect(history.getByText("Succeeded").first()).toBeVisible({ timeout: 20_000 });
  await own.getByRole("button", { name: "Dismiss" }).click();
  await expect(own.getByText(WORDS)).toHaveCount(0);
  const all: { method: string; path: string }[] = await sandbox.get("requests");
  expect(all.filter((one) => one.method === "POST" && one.path.endsWith("/isolate"))).toEqual([]);
  expect(await effects(sandbox, task)).toEqual(["execute"]);
});

test("what is noted of settled decisions is forgotten after some minutes", async ({ page, sandbox }) => {
  const { ransomware } = await sandbox.get("showcase");
  await signIn(page, "Omar Haddad", `/incidents/${ransomware.id}?panel=managed-response`);
  await isolate(page);
  await expect(card(page, ISOLATE).getByText("Completed").first()).toBeVisible({ timeout: 20_000 });
  expect(await marks(page)).toHaveLength(2);
  await page.reload();
  await expect(card(page, ISOLATE).getByText("Completed").first()).toBeAttached();
  expect(await marks(page)).toHaveLength(2);
  await age(page, 11 * 60_000);
  await page.reload();
  await expect(card(page, ISOLATE).getByText("Completed").first()).toBeAttached();
  await expect.poll(() => marks(page)).toEqual([]);
});
