/** Buttons, menus and commands on the gallery, as a person with a keyboard, a pointer or a screen reader works them. */

import { gallery, press } from "./support/gallery";
import { expect, test } from "./support/test";

test.use({ bundle: "gallery" });

const REASON = "Only a Security Operator can do this. Ask Alex Kim.";

test("a disabled button takes the focus, says why, and does nothing; a busy one does nothing either", async ({ page }) => {
  const light = await gallery(page, "buttons");
  const run = light.getByRole("button", { name: "Run action" });
  await expect(run).toBeDisabled();
  await expect(run).toHaveAccessibleDescription(REASON);
  await run.focus();
  await expect(light.getByRole("tooltip")).toHaveText(REASON);
  await press(page, "Enter", "Escape");
  await expect(light.getByRole("tooltip")).toBeHidden();
  const busy = light.getByRole("button", { name: "Sending…" });
  await expect(busy).toHaveAttribute("aria-busy", "true");
  await busy.press("Enter");
  await light.getByRole("button", { name: "Delete" }).press("Enter");
  await expect(light.getByText("Pressed 0 times")).toBeVisible();
  await light.getByRole("button", { name: "Primary", exact: true }).press("Enter");
  await light.getByRole("button", { name: "Secondary" }).press("Space");
  await light.getByRole("button", { name: "Danger" }).click();
  await expect(light.getByText("Pressed 3 times")).toBeVisible();
});

test("a toggle says whether it is on; an icon button has a name and a tooltip; a link is a link", async ({ page }) => {
  const light = await gallery(page, "buttons");
  const follow = light.getByRole("button", { name: "Follow" });
  await expect(follow).toHaveAttribute("aria-pressed", "true");
  await follow.press("Space");
  await expect(follow).toHaveAttribute("aria-pressed", "false");
  await light.getByRole("button", { name: "Refresh" }).hover();
  await expect(light.getByRole("tooltip", { name: "Refresh" })).toBeVisible();
  await expect(light.getByRole("link", { name: "Open queue" })).toHaveAttribute("href", "?buttons");
  await expect(light.getByRole("link", { name: "Documentation" })).toHaveAttribute("rel", "noopener noreferrer");
});

test("the copy button copies and says so", async ({ page, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const light = await gallery(page, "buttons");
  await light.getByRole("button", { name: "Copy id" }).press("Enter");
  await expect(light.getByRole("button", { name: "Copied" })).toBeVisible();
  await expect(page.getByRole("status").filter({ hasText: "Copied" })).toHaveCount(1);
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe("4711");
});

test("a menu: opened by arrows and Enter, walked by arrows, Home, End and letters, left by Escape and Tab", async ({ page }) => {
  const light = await gallery(page, "menus");
  const button = light.getByRole("button", { name: "Actions", exact: true });
  const item = (name: string) => light.getByRole("menuitem", { name });
  const radio = (name: string) => light.getByRole("menuitemradio", { name });
  await expect(button).toHaveAttribute("aria-haspopup", "menu");
  await expect(button).toHaveAttribute("aria-expanded", "false");
  await button.press("ArrowDown");
  await expect(button).toHaveAttribute("aria-expanded", "true");
  await expect(item("Assign to me")).toBeFocused();
  await expect(light.getByRole("menu", { name: "Actions", exact: true })).toMatchAriaSnapshot(`
    - menu "Actions":
      - menuitem "Assign to me"
      - menuitem "Copy link"
      - separator
      - menuitemradio "Last update" [checked]
      - menuitemradio "Severity"
      - separator
      - menuitem "Documentation"
  `);
  await press(page, "ArrowUp");
  await expect(item("Documentation")).toBeFocused();
  await press(page, "ArrowDown", "ArrowDown");
  await expect(item("Copy link")).toBeFocused();
  await press(page, "s");
  await expect(radio("Severity")).toBeFocused();
  await press(page, "Home");
  await expect(item("Assign to me")).toBeFocused();
  await press(page, "End", "Escape");
  await expect(button).toBeFocused();
  await press(page, "Enter");
  await expect(item("Assign to me")).toBeFocused();
  await press(page, "s", "Space");
  await expect(button).toBeFocused();
  await press(page, "Enter");
  await expect(radio("Severity")).toBeChecked();
  await expect(item("Assign to me")).toBeFocused();
  await press(page, "ArrowDown", "Enter");
  await expect(light.getByText("Chosen: Copy link")).toBeVisible();
  await press(page, "Enter");
  await expect(item("Assign to me")).toBeFocused();
  await press(page, "Tab");
  await expect(light.getByRole("menu", { name: "Actions", exact: true })).toBeHidden();
});

test("a split button: the usual action beside a menu of its kin, where what is disabled says why", async ({ page }) => {
  const light = await gallery(page, "menus");
  await light.getByRole("group", { name: "Resolve" }).getByRole("button", { name: "Resolve", exact: true }).press("Enter");
  await expect(light.getByText("Chosen: Resolve", { exact: true })).toBeVisible();
  await press(page, "Tab", "Enter");
  await expect(light.getByRole("menuitem", { name: "Resolve as true positive" })).toBeFocused();
  await press(page, "ArrowDown");
  const disabled = light.getByRole("menuitem", { name: "Resolve and exclude" });
  await expect(disabled).toBeFocused();
  await expect(disabled).toBeDisabled();
  await expect(disabled).toContainText(REASON);
  await expect(disabled, "the focus is seen there, too").not.toHaveCSS("outline-style", "none");
  await press(page, "Enter");
  await expect(disabled).toBeVisible();
  await press(page, "ArrowUp", "Enter");
  await expect(light.getByText("Chosen: Resolve as true positive")).toBeVisible();
  await expect(light.getByRole("button", { name: "More ways to resolve" })).toBeFocused();
  await expect(light.getByRole("button", { name: "Assign", exact: true })).toBeDisabled();
  await expect(light.getByRole("button", { name: "More ways to assign" })).toBeEnabled();
});

test("commands for which there is no room are in the menu at their end, and nowhere else", async ({ page }) => {
  const light = await gallery(page, "menus");
  const ALL = ["Manage incident", "Ask Defender Experts", "Export", "Copy link", "Comment", "Refresh"];
  for (const [width, atLeast, atMost] of [[1440, 2, 5], [2400, 6, 6], [360, 1, 2]]) {
    await page.setViewportSize({ width, height: 900 });
    const bar = light.getByRole("group", { name: "Incident", exact: true });
    const more = bar.getByRole("button", { name: "More actions" });
    const shown = () => bar.getByRole("button").filter({ hasText: /./ }).allInnerTexts();
    await expect.poll(async () => (await shown()).length).toBeGreaterThanOrEqual(atLeast);
    await expect.poll(async () => (await shown()).length).toBeLessThanOrEqual(atMost);
    const direct = await shown();
    if (direct.length === ALL.length) {
      await expect(more).toBeHidden();
      continue;
    }
    await more.click();
    const rest = await bar.getByRole("menuitem").allInnerTexts();
    expect([...direct, ...rest.map((words) => words.split("\n")[0].trim())]).toEqual(ALL);
    await page.keyboard.press("Escape");
  }
  const narrow = light.getByRole("group", { name: "Incident, narrow" });
  await narrow.getByRole("button", { name: "More actions" }).press("Enter");
  await expect(narrow.getByRole("menuitem").first()).toBeFocused();
  await press(page, "End", "Enter");
  await expect(light.getByText("Chosen: Refresh")).toBeVisible();
});
