/** Steps, tabs, cards, times, waiting and the arranging of a grid's columns, on the gallery. */

import { gallery, half, press } from "./support/gallery";
import { expect, type Locator, test } from "./support/test";

test.use({ bundle: "gallery" });

test("a step rail says where one is, what is done and what has to be mended", async ({ page }) => {
  const light = await gallery(page, "steps");
  await expect(light.getByRole("navigation", { name: "Get started" })).toMatchAriaSnapshot(`
    - navigation "Get started":
      - paragraph: Step 3 of 4
      - list:
        - listitem:
          - link "Permissions (done)"
        - listitem:
          - link "Contacts (to be mended)"
        - listitem:
          - link "Exclusions of devices and users"
        - listitem: Teams
  `);
  await expect(light.getByRole("link", { name: "Exclusions of devices and users" })).toHaveAttribute("aria-current", "step");
});

test("tabs have one tab stop, arrows move, Enter and Space open, and the panel is named by its tab", async ({ page }) => {
  const light = await gallery(page, "steps");
  const tab = (name: RegExp) => light.getByRole("tab", { name });
  await tab(/Attack story/).focus();
  await press(page, "ArrowRight");
  await expect(tab(/Alerts/)).toBeFocused();
  await expect(tab(/Attack story/)).toHaveAttribute("aria-selected", "true");
  await press(page, "Enter");
  await expect(light.getByRole("tabpanel", { name: /Alerts/ })).toHaveText("The panel of alerts.");
  await press(page, "End", "Space");
  await expect(light.getByRole("tabpanel", { name: /Assets/ })).toBeVisible();
  await press(page, "ArrowRight");
  await expect(tab(/Attack story/)).toBeFocused();
  await press(page, "Shift+Tab", "Tab");
  await expect(tab(/Assets/)).toBeFocused();
  await press(page, "Tab");
  await expect(light.getByRole("tabpanel")).toBeFocused();
});

test("a card opens and closes by its heading's button", async ({ page }) => {
  const light = await gallery(page, "steps");
  const card = light.getByRole("group", { name: "Reset password of j.doe" });
  const button = card.getByRole("heading", { level: 3 }).getByRole("button");
  await expect(button).toHaveAttribute("aria-expanded", "false");
  await expect(card.getByText("The person signs in again everywhere.")).toHaveCount(0);
  await button.press("Enter");
  await expect(button).toHaveAttribute("aria-expanded", "true");
  await expect(card.getByText("The person signs in again everywhere.")).toBeVisible();
  await button.press("Space");
  await expect(card.getByText("The person signs in again everywhere.")).toHaveCount(0);
});

test("a relative time says exactly when, on hover and on focus", async ({ page }) => {
  const light = await gallery(page, "badges");
  const time = light.getByText("3 h ago");
  await expect(time).toHaveAttribute("title", /^\d+ \w+ \d{4}, \d\d:\d\d \(\d{4}-\d\d-\d\dT[\d:]+[+-]\d\d:\d\d\)$/);
  await light.getByRole("button", { name: "Copy incident id" }).focus();
  await press(page, "Shift+Tab");
  await expect(time).toBeFocused();
  await expect(light.getByRole("tooltip").filter({ visible: true })).toHaveText(/\d{4}-\d\d-\d\dT/);
  await press(page, "Escape");
  await expect(light.getByRole("tooltip").filter({ visible: true })).toHaveCount(0);
});

test("initials stand for a person; where the name is beside them they are silent", async ({ page }) => {
  const light = await gallery(page, "badges");
  await expect(light.getByRole("img", { name: "Omar Haddad" })).toHaveText("OH");
  await expect(light.getByRole("img", { name: "Ada Lindqvist" })).toHaveCount(0);
});

test("progress says how much is done, or that nobody knows", async ({ page }) => {
  const light = await gallery(page, "waiting");
  const known = light.getByRole("progressbar", { name: "Loading incidents" });
  await expect(known).toHaveAttribute("aria-valuenow", "60");
  await expect(known).toHaveAttribute("aria-valuetext", "1,200 of 2,000");
  await expect(light.getByRole("progressbar", { name: "Isolating the device" })).not.toHaveAttribute("aria-valuenow");
  await expect(light.getByRole("alert")).toContainText("The incident could not be loaded");
  await expect(light.getByRole("status").filter({ hasText: "Loading…" })).toHaveCount(2);
});

const heading = (grid: Locator, name: string) => grid.getByRole("columnheader", { name, exact: true });
const names = (grid: Locator) =>
  grid.getByRole("columnheader").evaluateAll((all) => all.slice(1).map((heading) => heading.getAttribute("aria-label")));
const width = async (locator: Locator) => Math.round((await locator.boundingBox())?.width ?? 0);

test("columns are made wider and moved by keys on their headings", async ({ page }) => {
  const light = await gallery(page, "grid");
  const grid = light.getByRole("grid", { name: "Incidents", exact: true });
  const severity = heading(grid, "Severity");
  await expect(severity).toHaveAttribute("aria-keyshortcuts", /Shift\+ArrowRight/);
  const before = await width(severity);
  await severity.getByRole("button", { name: "Severity", exact: true }).focus();
  await press(page, "Shift+ArrowRight", "Shift+ArrowRight");
  await expect.poll(() => width(severity)).toBe(before + 32);
  await expect(page.getByRole("status").filter({ hasText: `${before + 32} pixels wide` })).toHaveCount(1);
  await press(page, "Shift+ArrowLeft");
  await expect.poll(() => width(severity)).toBe(before + 16);
  await expect(severity.getByRole("button", { name: "Severity", exact: true })).toBeFocused();
  await press(page, "Control+Shift+ArrowRight");
  expect(await names(grid)).toEqual(["Name", "Alerts", "Severity", "Assigned to"]);
  await expect(page.getByRole("status").filter({ hasText: "Severity: column 3 of 4" })).toHaveCount(1);
  await expect(severity.getByRole("button", { name: "Severity", exact: true })).toBeFocused();
  await expect(severity).toHaveAttribute("aria-colindex", "4");
  await press(page, "Control+Shift+ArrowLeft", "Control+Shift+ArrowLeft", "Control+Shift+ArrowLeft");
  expect(await names(grid)).toEqual(["Severity", "Name", "Alerts", "Assigned to"]);
  const first = grid.getByRole("row").nth(1).getByRole("gridcell");
  await expect(first.nth(1)).toHaveText("High");
  // The other grid has not changed.
  expect(await names(half(page, "Dark").getByRole("grid", { name: "Incidents", exact: true }))).toEqual(["Name", "Severity", "Alerts", "Assigned to"]);
});

test("columns are made wider and moved by dragging, and by the heading's menu", async ({ page }) => {
  const light = await gallery(page, "grid");
  const grid = light.getByRole("grid", { name: "Incidents", exact: true });
  const owner = heading(grid, "Assigned to");
  const severity = heading(grid, "Severity");
  const place = (await severity.boundingBox())!;
  const before = await width(severity);
  await page.mouse.move(place.x + place.width - 1, place.y + 10);
  await page.mouse.down();
  await page.mouse.move(place.x + place.width + 39, place.y + 12, { steps: 4 });
  await page.mouse.up();
  await expect.poll(() => width(severity)).toBe(before + 40);
  const [from, to] = [(await heading(grid, "Alerts").boundingBox())!, (await heading(grid, "Name").boundingBox())!];
  await page.mouse.move(from.x + 20, from.y + 10);
  await page.mouse.down();
  await page.mouse.move(to.x + 30, to.y + 10, { steps: 5 });
  await page.mouse.up();
  await expect.poll(() => names(grid)).toEqual(["Alerts", "Name", "Severity", "Assigned to"]);
  // A drag is no click: nothing has been sorted by it, and a click still sorts.
  await expect(heading(grid, "Alerts")).toHaveAttribute("aria-sort", "none");
  await heading(grid, "Alerts").getByRole("button", { name: "Alerts", exact: true }).click();
  await expect(heading(grid, "Alerts")).toHaveAttribute("aria-sort", "ascending");
  await owner.hover();
  await owner.getByRole("button", { name: "Arrange Assigned to" }).click();
  await owner.getByRole("menuitem", { name: "Move left" }).click();
  await expect.poll(() => names(grid)).toEqual(["Alerts", "Name", "Assigned to", "Severity"]);
  await heading(grid, "Name").getByRole("button", { name: "Name", exact: true }).focus();
  const narrow = await width(heading(grid, "Name"));
  await press(page, "Alt+ArrowDown");
  await expect(heading(grid, "Name").getByRole("menuitem", { name: "Move left" })).toBeFocused();
  await press(page, "End", "Enter");
  await expect.poll(() => width(heading(grid, "Name"))).toBe(narrow - 64);
});

test("a grid with arranged columns keeps its one tab stop, its ticks and its order", async ({ page }) => {
  const light = await gallery(page, "grid");
  const grid = light.getByRole("grid", { name: "Incidents", exact: true });
  await expect(grid).toHaveAttribute("aria-rowcount", "501");
  await expect(grid).toHaveAttribute("aria-colcount", "5");
  await grid.getByRole("checkbox", { name: "Select 1", exact: true }).click();
  await press(page, "ArrowUp", "ArrowUp", "ArrowRight", "ArrowRight", "Control+Shift+ArrowLeft");
  await expect(light.getByText("1 selected")).toBeVisible();
  await expect(grid.getByRole("checkbox", { name: "Select 1", exact: true })).toBeChecked();
  const stops = await grid.evaluate((element) => element.querySelectorAll("[tabindex='0']").length);
  expect(stops).toBe(1);
  await press(page, "Enter", "Enter");
  await expect(heading(grid, "Severity")).toHaveAttribute("aria-sort", "descending");
  await press(page, "ArrowDown", "Control+End");
  await expect(grid.getByRole("row").and(page.locator("[aria-rowindex='501']"))).toContainText("0 Multi-stage");
});
