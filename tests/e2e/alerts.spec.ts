import { expect, signIn, test, type Page } from "./support/test";

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
