/** The queue's columns: chosen and moved in the address, wide or narrow in this browser. */

import { expect, type Page, signIn, test } from "./support/test";

const headings = (page: Page) => page.getByRole("grid", { name: "Incidents" }).getByRole("columnheader");
/** The first is the box that ticks all rows. */
const shown = (page: Page, names: string[]) => expect(headings(page)).toHaveText(["", ...names]);
const heading = (page: Page, name: string) => page.getByRole("columnheader", { name, exact: true });

const ALL = ["Incident name", "ID", "Tags", "Severity", "Status", "Assigned to", "Classification", "Determination", "Last update"];

test("columns are chosen, and an address brings the same ones", async ({ page }) => {
  await signIn(page, "Omar Haddad", "/incidents");
  await shown(page, ALL);
  await page.getByRole("button", { name: "Customize columns" }).click();
  await page.getByRole("checkbox", { name: "Tags" }).uncheck();
  await page.getByRole("checkbox", { name: "Classification" }).uncheck();
  await page.keyboard.press("Escape");
  const fewer = ALL.filter((name) => !["Tags", "Classification"].includes(name));
  await shown(page, fewer);
  await expect(page).toHaveURL(/columns=name%2Cid%2Cseverity|columns=name,id,severity/);
  await page.reload();
  await shown(page, fewer);
  // Another filter keeps them; they are no filter.
  await page.getByRole("searchbox").fill("device");
  await expect(page).toHaveURL(/columns=/);
  await page.getByRole("button", { name: "Reset all" }).click();
  await shown(page, fewer);
  await page.getByRole("button", { name: "Customize columns" }).click();
  await page.getByRole("button", { name: "Clear", exact: true }).click();
  await shown(page, ALL);
  await expect(page).not.toHaveURL(/columns=/);
});

test("a column is moved and made wider by keys, and stays so", async ({ page }) => {
  await signIn(page, "Omar Haddad", "/incidents");
  await heading(page, "Severity").getByRole("button", { name: "Severity", exact: true }).focus();
  const wide = async () => (await heading(page, "Severity").boundingBox())!.width;
  // What can be done with a heading comes after the first rows.
  await expect(heading(page, "Severity").getByRole("button", { name: "Arrange Severity" })).toBeAttached();
  const before = await wide();
  await page.keyboard.press("Shift+ArrowRight");
  await expect.poll(wide).toBeGreaterThan(before);
  const after = await wide();
  await page.keyboard.press("Control+Shift+ArrowLeft");
  const moved = ["Incident name", "ID", "Severity", "Tags", ...ALL.slice(4)];
  await shown(page, moved);
  await page.reload();
  await shown(page, moved);
  await expect.poll(wide).toBe(after);
  // The rows say the same under their headings as before.
  const first = page.getByRole("row").nth(1).getByRole("gridcell");
  await expect(first.nth(3)).toHaveText(/High|Medium|Low|Informational/);
});
