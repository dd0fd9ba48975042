import { expect, leap, signIn, test, type Page } from "./support/test";

test.use({ cleanTenant: true });

const grid = (page: Page) => page.getByRole("grid", { name: "Alerts" });

test("the list counts what it shows, opens a flyout, and leads to the alert and its incident", async ({ page }) => {
  await signIn(page, "Omar Haddad", "/alerts?status=all&days=180");
  await expect(grid(page).getByRole("row").nth(1)).toBeVisible();
  const said = await page.getByRole("status").filter({ hasText: /^\d+ alerts?$/ }).innerText();
  const count = Number(await grid(page).getAttribute("aria-rowcount")) - 1;
  expect(said).toBe(`${count} alerts`);

  await grid(page).getByRole("row").nth(1).getByRole("link").first().click();
  await expect(page).toHaveURL(/alert=/);
  const flyout = page.getByRole("dialog");
  await expect(flyout.getByRole("heading", { name: "Evidence" })).toBeVisible();
  await page.reload();
  await expect(flyout.getByRole("heading", { name: "Evidence" })).toBeVisible();
  await flyout.getByRole("button", { name: "More actions" }).click();
  await page.getByRole("menuitem", { name: "Open alert page" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await page.getByRole("main").getByRole("link", { name: /^\d+$/ }).click();
  await expect(page).toHaveURL(/\/incidents\/\d+$/);
});

test("an alert that is gone says so", async ({ page, guard }) => {
  guard.expectStatus(404);
  await signIn(page, "Omar Haddad", "/alerts/gone");
  await expect(page.getByText("The alert was not found")).toBeVisible();
});

test("filters are in the address, and nothing that matches is said", async ({ page }) => {
  await signIn(page, "Omar Haddad", "/alerts");
  await page.getByRole("combobox", { name: "Status" }).selectOption("Resolved");
  await expect(page).toHaveURL(/status=resolved/);
  await page.getByRole("searchbox", { name: "Search alerts" }).fill("there is no such alert");
  await expect(page.getByText("No alerts match")).toBeVisible();
});

test("a shorter period shows at once what belongs to it, whatever is still on its way", async ({ page, sandbox }) => {
  await signIn(page, "Omar Haddad", "/alerts?status=all&days=1");
  const said = page.getByRole("status").filter({ hasText: /^\d+ alerts?$/ });
  await expect(said).toBeVisible();
  const recent = await said.innerText();
  await sandbox.post("faults", { host: "graph", method: "GET", pathContains: "alerts_v2", delayMs: 3_000 });
  const period = page.getByRole("combobox", { name: "Created" });
  const asked = page.waitForRequest(/alerts_v2/);
  await period.selectOption("Last 180 days");
  await asked;
  await expect(page.getByRole("status").filter({ hasText: "so far" })).toBeVisible();
  await period.selectOption("Last 24 hours");
  await expect(said).toHaveText(recent);
  await page.waitForTimeout(3_500);
  await expect(said).toHaveText(recent);
  // All of it is here by then: the next choice asks nobody.
  await period.selectOption("Last 180 days");
  await expect(said).not.toHaveText(recent);
  let more = 0;
  page.on("request", (request) => {
    if (request.url().includes("alerts_v2")) more += 1;
  });
  await period.selectOption("Last 7 days");
  await expect(said).toBeVisible();
  expect(more).toBe(0);
});

test("a new alert comes by itself, and what has changed is shown", async ({ page, sandbox }) => {
  await page.clock.install();
  const { ransomware } = await sandbox.get("showcase");
  await signIn(page, "Omar Haddad", "/alerts");
  await expect(grid(page).getByRole("row").nth(1)).toBeVisible();
  await sandbox.post(`incidents/${ransomware.id}`, { alert: "A third server joins in" });
  await leap(page, 70_000);
  await expect(grid(page).getByRole("row").nth(1)).toContainText("A third server joins in");
});

test("a new alert waits while somebody points at the list, and comes when it is asked for", async ({ page, sandbox }) => {
  await page.clock.install();
  const { ransomware } = await sandbox.get("showcase");
  await signIn(page, "Omar Haddad", "/alerts");
  const first = grid(page).getByRole("row").nth(1);
  await first.hover();
  const before = await first.innerText();
  await sandbox.post(`incidents/${ransomware.id}`, { alert: "A third server joins in" });
  await leap(page, 70_000);
  await expect(page.getByText("1 update", { exact: true })).toBeVisible();
  expect(await first.innerText()).toBe(before);
  await page.getByRole("button", { name: "Show updates" }).click();
  await expect(first).toContainText("A third server joins in");
  await expect(page.getByText("1 update", { exact: true })).toHaveCount(0);
});

test("what has changed and could not be asked for is said, and can be asked for again", async ({ page, sandbox, guard }) => {
  guard.expectStatus(500);
  await page.clock.install();
  const { ransomware } = await sandbox.get("showcase");
  await signIn(page, "Omar Haddad", "/alerts");
  await expect(grid(page).getByRole("row").nth(1)).toBeVisible();
  await sandbox.post(`incidents/${ransomware.id}`, { alert: "A third server joins in" });
  await sandbox.post("faults", { host: "graph", method: "GET", pathContains: "alerts_v2", status: 500 });
  await leap(page, 70_000);
  const again = page.getByRole("main").getByRole("button", { name: "Try again" });
  await again.click();
  await expect(grid(page).getByRole("row").nth(1)).toContainText("A third server joins in");
  await expect(again).toHaveCount(0);
});

test("a period with more alerts than are read says so", async ({ page, sandbox }) => {
  const next = (at: number) => `${sandbox.origin("graph")}/v1.0/security/alerts_v2?$skip=${at}`;
  for (let at = 1; at <= 25; at += 1) {
    const body = { value: [], "@odata.nextLink": next(at) };
    await sandbox.post("faults", { host: "graph", method: "GET", pathContains: "alerts_v2", status: 200, body });
  }
  await signIn(page, "Omar Haddad", "/alerts?days=1");
  await expect(page.getByText("There are more alerts in this period than are read here.")).toBeVisible({ timeout: 20_000 });
});
