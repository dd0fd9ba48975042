import { expect, leap, type Page, signIn, test } from "./support/test";

test.use({ cleanTenant: true });

const grid = (page: Page) => page.getByRole("grid", { name: "Incidents" });

async function rows(page: Page): Promise<number> {
  return Number(await grid(page).getAttribute("aria-rowcount")) - 1;
}

/** Ticks one choice of a filter and closes it again. */
async function filter(page: Page, name: string, choice: RegExp): Promise<void> {
  const search = page.getByRole("search", { name: "Filter incidents" });
  await search.getByRole("button", { name: new RegExp(`^${name}`) }).click();
  await page.getByRole("dialog", { name }).getByRole("checkbox", { name: choice }).click();
  await page.keyboard.press("Escape");
}

test("the default view shows what is open, and what awaits the customer however old", async ({ page }) => {
  await signIn(page, "Omar Haddad", "/incidents");
  await expect(page.getByText(/older than 30 days, shown because they await your action/)).toBeVisible();
  for (const column of [
    "Incident name",
    "ID",
    "Tags",
    "Severity",
    "Status",
    "Assigned to",
    "Classification",
    "Determination",
    "Last update",
  ]) {
    await expect(grid(page).getByRole("columnheader", { name: column, exact: true })).toBeAttached();
  }
  await expect(grid(page).getByRole("columnheader", { name: "Last update" })).toHaveAttribute("aria-sort", "descending");
  await expect(grid(page).getByRole("gridcell", { name: "Resolved", exact: true })).toHaveCount(0);
});

test("filters are in the address: reload, back and a shared link restore them", async ({ page }) => {
  await signIn(page, "Omar Haddad", "/incidents?range=all&status=all");
  await expect.poll(() => rows(page)).toBe(200);
  await filter(page, "Severity", /^High/);
  await expect(page).toHaveURL(/severity=high/);
  const high = await rows(page);
  expect(high).toBeLessThan(200);
  await filter(page, "Assigned to", /^Defender Experts/);
  await filter(page, "Tags", /^Defender Experts/);
  await expect(page).toHaveURL(/assigned=Defender\+Experts&tag=Defender\+Experts/);
  const narrowed = await rows(page);
  expect(narrowed).toBeLessThanOrEqual(high);
  await page.reload();
  await expect.poll(() => rows(page)).toBe(narrowed);
  await expect(page.getByRole("button", { name: /^Severity: High/ })).toBeVisible();
  await page.goBack();
  // A page from before the reload signs in by itself first.
  await expect(page).toHaveURL(/assigned=Defender\+Experts&range=all$/);
  await expect(grid(page)).toBeVisible();
  await page.goBack();
  await expect.poll(() => rows(page)).toBe(high);
  await page.getByRole("button", { name: "Reset all" }).click();
  await expect(page).toHaveURL(/\/incidents$/);
});

test("the search narrows with every letter, by name or by ID", async ({ page, sandbox }) => {
  const { ransomware } = await sandbox.get("showcase");
  await signIn(page, "Omar Haddad", "/incidents");
  const search = page.getByRole("searchbox", { name: "Search for name or ID" });
  await search.pressSequentially("ransomware pre");
  await expect(grid(page).getByRole("link", { name: ransomware.displayName })).toBeVisible();
  await expect(page).toHaveURL(/q=ransomware\+pre/);
  await search.fill(ransomware.id);
  await expect(grid(page)).toHaveAttribute("aria-rowcount", "2");
  await search.fill("no incident has this name");
  await expect(page.getByText("No incidents match")).toBeVisible();
});

test("a click on a heading sorts, a second one turns the order round", async ({ page }) => {
  await signIn(page, "Omar Haddad", "/incidents?range=all&status=all");
  const heading = grid(page).getByRole("columnheader", { name: "Severity" });
  await heading.getByRole("button", { name: "Severity", exact: true }).click();
  await expect(heading).toHaveAttribute("aria-sort", "descending");
  await expect(page).toHaveURL(/sort=-severity/);
  const first = grid(page).getByRole("row").nth(1);
  await expect(first.getByText("High", { exact: true })).toBeVisible();
  await heading.getByRole("button", { name: "Severity", exact: true }).click();
  await expect(heading).toHaveAttribute("aria-sort", "ascending");
  await expect(first.getByText("Informational", { exact: true })).toBeVisible();
});

test("the queue is worked by keyboard alone", async ({ page }) => {
  await signIn(page, "Omar Haddad", "/incidents?status=awaitingAction&range=all");
  await expect.poll(() => rows(page)).toBeGreaterThan(5);
  await page.getByRole("searchbox").focus();
  for (let step = 0; step < 12; step += 1) {
    await page.keyboard.press("Tab");
    if (await grid(page).evaluate((element) => element.contains(element.ownerDocument.activeElement))) break;
  }
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  const name = await page.evaluate(() => document.activeElement?.textContent);
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(name ?? "");
});

test("what nobody understands in a link is reported, not dropped in silence", async ({ page }) => {
  await signIn(page, "Omar Haddad", "/incidents?colour=red&range=yesterday");
  await expect(page.getByText(/does not know or cannot read: colour, range/)).toBeVisible();
});

test("a change by the experts arrives by itself", async ({ page, sandbox }) => {
  await page.clock.install();
  const { investigating } = await sandbox.get("showcase");
  await signIn(page, "Omar Haddad", `/incidents?q=${investigating.id}`);
  const row = grid(page).getByRole("row").nth(1);
  await expect(row.getByText("In progress", { exact: true })).toBeVisible();
  await sandbox.post(`incidents/${investigating.id}`, {
    status: "awaitingAction",
    assignedTo: "Customer",
    classification: "truePositive",
    publish: { markdown: "Look at this.", tasks: [{ displayName: "Look" }] },
  });
  await leap(page, 70_000);
  await expect(row.getByText("Awaiting Customer Action", { exact: true })).toBeVisible();
});

test("a failing page of the list leaves what has come, and says that it is not all", async ({ page, sandbox, guard }) => {
  guard.expectStatus(500);
  await sandbox.post("faults", { host: "graph", pathContains: "skiptoken", status: 500, times: 1 });
  await signIn(page, "Omar Haddad", "/incidents?range=all&status=all");
  await expect(page.getByText(/The incident queue could not be loaded: the service failed \(500\)/)).toBeVisible();
  await page.getByRole("button", { name: "Try again" }).click();
  await expect.poll(() => rows(page)).toBe(200);
});
