/** The list of incidents as a grid: what assistive technology is told of it, its keys, and ticking rows. */

import { expect, leap, type Page, signIn, test } from "./support/test";

test.use({ cleanTenant: true, incidents: 600 });

const EVERYTHING = "/incidents?range=all&status=all";

const grid = (page: Page) => page.getByRole("grid", { name: "Incidents" });
const box = (page: Page, row: number) => at(page, row).getByRole("checkbox");
const all = (page: Page) => grid(page).getByRole("checkbox", { name: "Select all rows" });
const ticked = (page: Page) => grid(page).getByRole("row", { selected: true });
const main = (page: Page, name: string) => page.getByRole("main").getByRole("button", { name, exact: true });

/** A row by its place, counted from 1. Elements are recycled: their order says nothing. */
const at = (page: Page, row: number) => grid(page).getByRole("row").and(page.locator(`[aria-rowindex="${row + 1}"]`));

/** Where the focus is: its row counted from 0, which is the header, and its column from 1. */
async function place(page: Page): Promise<string> {
  return page.evaluate(() => {
    const number = (name: string) => document.activeElement?.closest(`[${name}]`)?.getAttribute(name);
    return `${Number(number("aria-rowindex")) - 1}/${number("aria-colindex")}`;
  });
}

async function press(page: Page, ...keys: string[]): Promise<void> {
  for (const key of keys) await page.keyboard.press(key);
}

/** All 600, with the focus on the first row's box. */
async function open(page: Page): Promise<void> {
  await signIn(page, "Omar Haddad", EVERYTHING);
  await expect(grid(page)).toHaveAttribute("aria-rowcount", "601", { timeout: 20_000 });
  await main(page, "Skip to the list").press("Enter");
  await expect.poll(() => place(page)).toBe("1/2");
  await press(page, "Home");
}

test("the grid says what it is: its size, its headings, their order, its rows and their names", async ({ page }) => {
  await open(page);
  await expect(grid(page)).toHaveAttribute("aria-colcount", "10");
  await expect(grid(page)).toHaveAttribute("aria-multiselectable", "true");
  await press(page, "Space");
  await expect(grid(page)).toMatchAriaSnapshot(`
    - grid "Incidents":
      - rowgroup:
        - row:
          - columnheader "Select all rows":
            - checkbox "Select all rows" [checked=mixed]
          - columnheader "Incident name"
          - columnheader "ID"
          - columnheader "Tags"
          - columnheader "Severity"
          - columnheader "Status"
          - columnheader "Assigned to"
          - columnheader "Classification"
          - columnheader "Determination"
          - columnheader "Last update"
      - rowgroup:
        - row [selected]:
          - gridcell /Select incident \\d+/:
            - checkbox /Select incident \\d+/ [checked]
          - gridcell:
            - link
          - gridcell /^\\d+$/
        - row:
          - gridcell /Select incident \\d+/:
            - checkbox /Select incident \\d+/
          - gridcell:
            - link
          - gridcell /^\\d+$/
  `);
  const headings = grid(page).getByRole("columnheader");
  const sorts = await headings.evaluateAll((all) => all.map((heading) => heading.getAttribute("aria-sort")));
  expect(sorts).toEqual([null, ...Array(8).fill("none"), "descending"]);
  const columns = await at(page, 2).getByRole("gridcell").evaluateAll((all) => all.map((cell) => cell.getAttribute("aria-colindex")));
  expect(columns).toEqual(Array.from({ length: 10 }, (_, column) => String(column + 1)));
});

test("six hundred incidents need no more elements than are in sight, and the headings stay there", async ({ page }) => {
  await open(page);
  const rows = grid(page).getByRole("row", { includeHidden: true });
  for (const key of ["Control+Home", "PageDown", "PageDown", "Control+End"]) {
    await press(page, key);
    expect(await rows.count()).toBeLessThanOrEqual(51);
  }
  await expect.poll(() => place(page)).toBe("600/10");
  await expect(at(page, 600)).toBeInViewport({ ratio: 1 });
  await expect(grid(page).getByRole("columnheader", { name: "Last update" })).toBeInViewport({ ratio: 1 });
});

test("arrows, Home, End and the page keys move one tab stop", async ({ page }) => {
  await open(page);
  const way: [string, string][] = [
    ["ArrowRight", "1/2"],
    ["ArrowDown", "2/2"],
    ["End", "2/10"],
    ["ArrowRight", "2/10"],
    ["Home", "2/1"],
    ["ArrowLeft", "2/1"],
    ["ArrowUp", "1/1"],
    ["ArrowUp", "0/1"],
    ["ArrowRight", "0/2"],
    ["ArrowDown", "1/2"],
    ["Control+End", "600/10"],
    ["ArrowDown", "600/10"],
    ["Control+Home", "1/1"],
  ];
  for (const [key, there] of way) {
    await press(page, key);
    await expect.poll(() => place(page), key).toBe(there);
  }
  await press(page, "PageDown");
  await expect.poll(() => place(page)).toMatch(/^[12]\d\/1$/);
  const stops = await grid(page).evaluate((element) => element.querySelectorAll("[tabindex='0']").length);
  expect(stops).toBe(1);
  await press(page, "PageUp");
  await expect.poll(() => place(page)).toBe("1/1");
  await press(page, "Enter");
  await expect(page.getByRole("tab", { name: /^Alerts/ })).toBeVisible();
});

test("the list is reached in a few keys, and where it was left although it has been scrolled away", async ({ page }) => {
  await signIn(page, "Omar Haddad", EVERYTHING);
  await expect(grid(page)).toHaveAttribute("aria-rowcount", "601", { timeout: 20_000 });
  await page.getByRole("button", { name: "Skip to content" }).focus();
  await press(page, "Enter", "Tab");
  await expect(main(page, "Skip to the list")).toBeFocused();
  await press(page, "Enter", "ArrowDown");
  await expect.poll(() => place(page)).toBe("2/2");
  await main(page, "Skip to the list").focus();
  await grid(page).hover();
  await page.mouse.wheel(0, 9_000);
  await expect(at(page, 250)).toBeVisible();
  await main(page, "Skip to the list").press("Enter");
  await expect.poll(() => place(page)).toBe("2/2");
  await expect(at(page, 2)).toBeInViewport({ ratio: 1 });
});

test("Space ticks, Shift draws a range and takes it back, Ctrl+A ticks all, Escape none", async ({ page }) => {
  await open(page);
  const selected = (count: number) => expect(page.getByText(`${count} selected`, { exact: true })).toBeVisible();
  await press(page, "ArrowRight", "Space");
  await selected(1);
  await expect(box(page, 1)).toBeChecked();
  await press(page, "Shift+ArrowDown", "Shift+ArrowDown", "Shift+ArrowDown");
  await selected(4);
  await press(page, "Shift+ArrowUp");
  await selected(3);
  await expect(at(page, 3)).toHaveAttribute("aria-selected", "true");
  await expect(at(page, 4)).toHaveAttribute("aria-selected", "false");
  await press(page, "ArrowDown", "ArrowDown", "ArrowDown", "Space", "ArrowDown", "ArrowDown", "Shift+Space");
  await selected(6);
  await expect(box(page, 7)).toBeChecked();
  await press(page, "Space");
  await selected(5);
  await press(page, "Control+a");
  await selected(600);
  await expect(all(page)).toBeChecked();
  await press(page, "Escape");
  await expect(page.getByText(/\d selected/)).toHaveCount(0);
  await expect(ticked(page)).toHaveCount(0);
  await expect(main(page, "Clear")).toHaveCount(0);
  // A range stops at the first row; the heading is no part of it.
  await press(page, "Control+Home", "Shift+ArrowUp");
  await expect.poll(() => place(page)).toBe("1/1");
});

test("the pointer ticks one, a range with Shift, and all by the box in the heading", async ({ page }) => {
  await open(page);
  await box(page, 2).click();
  await expect(ticked(page)).toHaveCount(1);
  // Beside the box is on it: the row does not open.
  await at(page, 6).getByRole("gridcell").first().click({ position: { x: 3, y: 3 }, modifiers: ["Shift"] });
  await expect(page.getByText("5 selected", { exact: true })).toBeVisible();
  await expect(ticked(page)).toHaveCount(5);
  await box(page, 4).click();
  await expect(box(page, 4)).not.toBeChecked();
  await expect(all(page)).toHaveJSProperty("indeterminate", true);
  await all(page).click();
  await expect(page.getByText("600 selected", { exact: true })).toBeVisible();
  await expect(all(page)).toHaveJSProperty("indeterminate", false);
  await expect(all(page)).toBeChecked();
  await all(page).click();
  await expect(ticked(page)).toHaveCount(0);
  expect(new URL(page.url()).pathname).toBe("/incidents");
});

test("what is ticked is the incident: another order, a filter and recycled rows leave it ticked", async ({ page }) => {
  await open(page);
  const name = async (row: number) => (await box(page, row).getAttribute("aria-label")) ?? "";
  const [first, second] = [await name(1), await name(2)];
  await press(page, "Space", "Shift+ArrowDown", "Control+End");
  await expect(at(page, 600)).toBeInViewport();
  await expect(ticked(page)).toHaveCount(0);
  await press(page, "Control+Home");
  await expect(ticked(page)).toHaveCount(2);
  await grid(page).getByRole("button", { name: "Last update", exact: true }).click();
  await press(page, "ArrowDown", "Control+End");
  await expect(grid(page).getByRole("checkbox", { name: first, exact: true })).toBeChecked();
  await expect(grid(page).getByRole("checkbox", { name: second, exact: true })).toBeChecked();
  await page.getByRole("searchbox").fill(first.replace(/\D/g, ""));
  await expect(page.getByText("2 selected, 1 not in this view", { exact: true })).toBeVisible();
  await expect(grid(page).getByRole("checkbox", { name: first, exact: true })).toBeChecked();
  await page.getByRole("searchbox").fill("no incident has this name");
  await expect(page.getByText("2 selected, 2 not in this view", { exact: true })).toBeVisible();
  await expect(all(page)).not.toBeChecked();
  await page.getByRole("searchbox").fill("");
  await expect(page.getByText("2 selected", { exact: true })).toBeVisible();
});

test("the addresses of what is ticked are copied, and one press unticks it", async ({ page, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await open(page);
  const ids: string[] = [];
  for (const row of [3, 1]) {
    await box(page, row).click();
    ids.unshift(((await box(page, row).getAttribute("aria-label")) ?? "").replace(/\D/g, ""));
  }
  await main(page, "Copy links").click();
  await expect(page.getByText("2 links copied", { exact: true })).toBeVisible();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  expect(copied.split("\n")).toEqual(ids.map((id) => new URL(`/incidents/${id}`, page.url()).href));
  await main(page, "Clear").click();
  await expect(ticked(page)).toHaveCount(0);
  await expect(page.getByText(/links copied/)).toHaveCount(0);
  // The focus is not lost with the button.
  await expect.poll(() => place(page)).toBe("1/1");
});

test("updates wait while something is ticked, and leave it ticked", async ({ page, sandbox }) => {
  await page.clock.install();
  await open(page);
  const name = (await box(page, 9).getAttribute("aria-label")) ?? "";
  const top = (await box(page, 1).getAttribute("aria-label")) ?? "";
  await box(page, 9).click();
  // Neither pointer nor focus is in the list.
  await page.getByRole("searchbox").focus();
  await page.mouse.move(0, 0);
  await sandbox.post(`incidents/${name.replace(/\D/g, "")}`, { assignedTo: "Somebody else" });
  await leap(page, 70_000);
  await expect(page.getByText("1 update", { exact: true })).toBeVisible();
  await expect(box(page, 1)).toHaveAccessibleName(top);
  await page.getByRole("button", { name: "Show updates" }).click();
  await expect(box(page, 1)).toHaveAccessibleName(name);
  await expect(box(page, 1)).toBeChecked();
  await expect(ticked(page)).toHaveCount(1);
});
