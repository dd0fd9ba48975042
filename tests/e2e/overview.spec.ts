/** What needs a person now: actions that came to nothing. */

import { card, confirm, flyout, ISOLATE, isolate, nextExecution } from "./support/response";
import { expect, leap, type Page, signIn, test } from "./support/test";

test.use({ cleanTenant: true });

const list = (page: Page) => page.getByRole("region", { name: "Failed actions" });
const figure = (page: Page) =>
  page.getByRole("region", { name: "Items that require your action" }).getByRole("button", { name: /Failed actions$/ });

test("actions that failed, wholly or in part, are counted, listed, and lead to where they are decided", async ({ page, sandbox }) => {
  const { ransomware } = await sandbox.get("showcase");
  const title = Object.keys(ransomware.tasks).find((name) => name.startsWith("Quarantine file"))!;
  const detail = "The device did not answer in time.";
  await sandbox.post(`tasks/${ransomware.tasks[title]}`, { status: "failed", detail });
  await sandbox.post(`tasks/${ransomware.tasks[ISOLATE]}`, { status: "open", actionStatus: "partiallyCompleted" });
  await signIn(page, "Omar Haddad", "/overview");
  const rows = list(page).getByRole("listitem");
  await expect(rows.filter({ hasText: title })).toContainText("Failed");
  await expect(rows.filter({ hasText: title })).toContainText(detail);
  await expect(rows.filter({ hasText: ISOLATE })).toContainText("Partially completed");
  const count = Number.parseInt((await figure(page).textContent()) ?? "", 10);
  expect(count).toBeGreaterThan(1);
  await expect(rows).toHaveCount(count);
  await figure(page).click();
  await expect(list(page).getByRole("heading", { name: "Failed actions" })).toBeFocused();

  await list(page).getByRole("link", { name: title }).click();
  await expect(page).toHaveURL(new RegExp(`/incidents/${ransomware.id}\\?panel=managed-response$`));
  const failed = card(page, title);
  await failed.getByRole("button", { name: "Skip" }).click();
  await confirm(page, "Yes, skip this action");
  await expect(failed.getByText("Skipped").first()).toBeVisible();
  await page.goto("/overview");
  await expect(figure(page)).toHaveText(new RegExp(`^${count - 1}\\D`));
  await expect(rows.filter({ hasText: title })).toHaveCount(0);
});

test("a decision that the service refused stands among them until it is dismissed", async ({ page, sandbox, guard }) => {
  guard.expectStatus(403);
  const { ransomware } = await sandbox.get("showcase");
  await signIn(page, "Omar Haddad", `/incidents/${ransomware.id}?panel=managed-response`);
  await nextExecution(sandbox, { status: 403 });
  await isolate(page);
  await expect(page.getByRole("button", { name: "1 decision needs you" })).toBeVisible();
  await flyout(page).getByRole("button", { name: "Close" }).click();
  await page.getByRole("link", { name: "Overview", exact: true }).click();
  const row = list(page).getByRole("listitem").filter({ hasText: ISOLATE });
  await expect(row).toContainText("Refused by the service");
  await page.getByRole("button", { name: "1 decision needs you" }).click();
  const outbox = page.getByRole("dialog");
  await outbox.getByRole("button", { name: "Dismiss" }).click();
  await outbox.getByRole("button", { name: "Close" }).click();
  await expect(row).toHaveCount(0);
});

test("failed actions that cannot be asked for are said to be unknown, never none", async ({ page, sandbox, guard }) => {
  guard.expectStatus(500);
  await sandbox.post("faults", { host: "experts", method: "GET", pathContains: "/security/incidentTasks", status: 500, times: 99 });
  await signIn(page, "Omar Haddad", "/overview");
  await expect(list(page).getByText("What has failed could not be loaded: the service failed (500)")).toBeVisible();
  await expect(figure(page)).toHaveText(/^Not known/);
});

test("figures that cannot be asked for are said to be unknown, and asked for again", async ({ page, sandbox, guard }) => {
  guard.expectStatus(500);
  await page.clock.install();
  for (const pathContains of ["/readiness", "/messages"]) {
    await sandbox.post("faults", { host: "experts", method: "GET", pathContains, status: 500, times: 99 });
  }
  await signIn(page, "Omar Haddad", "/overview");
  const required = page.getByRole("region", { name: "Items that require your action" });
  const readiness = required.getByRole("link", { name: /Readiness actions to complete now$/ });
  const unread = required.getByRole("link", { name: /Conversations with something new$/ });
  await expect(readiness).toHaveText(/^Not known/);
  await expect(unread).toHaveText(/^Not known/);
  await sandbox.endFaults();
  await leap(page, 70_000);
  await expect(readiness).toHaveText(/^3\D/);
  await expect(unread).toHaveText(/^\d/);
});

test("the trend of the highlights opens the list that it counts, and is told when all of it is here", async ({ page, sandbox }) => {
  // All pages but the first come late.
  await sandbox.post("faults", { host: "graph", pathContains: "skiptoken", delayMs: 1_500, times: 9 });
  await signIn(page, "Omar Haddad", "/overview");
  const link = page.getByRole("region", { name: "XDR highlights" }).getByRole("link", { name: /resolved in the last 30 days, by day/ });
  await expect(link).toHaveText(/^[1-9]\d* incidents/);
  const count = Number.parseInt((await link.textContent()) ?? "", 10);
  await link.click();
  await expect(page).toHaveURL(/status=resolved&range=\d{4}/);
  await expect(page.getByRole("grid", { name: "Incidents" })).toHaveAttribute("aria-rowcount", String(count + 1));
});
