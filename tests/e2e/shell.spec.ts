/** The frame of every page: palette, keys, preferences, navigation. */

import { expect, type Page, signIn, test } from "./support/test";

const palette = (page: Page) => page.getByRole("dialog", { name: "Search and commands" });
const title = (page: Page) => page.getByRole("heading", { level: 1 });
const list = (page: Page) => page.getByRole("grid", { name: "Incidents" });

test("the palette leads to pages, incidents and commands, by keyboard alone", async ({ page, sandbox }) => {
  const { ransomware } = await sandbox.get("showcase");
  await signIn(page, "Omar Haddad", "/incidents");
  await expect(list(page)).toBeVisible();
  await expect(page.getByRole("button", { name: "Search and commands" })).toBeVisible();

  await page.keyboard.press("Control+k");
  const box = palette(page).getByRole("combobox");
  await expect(box).toBeFocused();
  await box.fill("prefer");
  await expect(palette(page).getByRole("option")).toHaveText([/Go to Preferences/]);
  await page.keyboard.press("Enter");
  await expect(title(page)).toHaveText("Preferences");
  await expect(palette(page)).toBeHidden();

  await page.keyboard.press("Control+k");
  await box.fill(ransomware.displayName.slice(0, 18));
  await expect(palette(page).getByRole("option", { name: ransomware.displayName })).toBeVisible();
  await box.fill(String(ransomware.id));
  await expect(palette(page).getByRole("option").first()).toHaveText(`${ransomware.id} ${ransomware.displayName}`);
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await expect(title(page)).toHaveText(ransomware.displayName);

  await page.keyboard.press("Control+k");
  await box.fill("nothing is called so");
  await expect(palette(page).getByRole("paragraph")).toHaveText(/^Nothing matches/);
  await expect(palette(page).getByRole("option")).toHaveCount(0);
  await box.fill("98765432");
  await expect(palette(page).getByRole("option")).toHaveText(["Open incident 98765432"]);
  await page.keyboard.press("Escape");
  await expect(palette(page)).toBeHidden();
});

test("the palette's box has the focus, also under a notice, and what is chosen there is in sight", async ({ page, context, guard }) => {
  guard.expectLostConnection();
  await signIn(page, "Omar Haddad", "/incidents");
  await expect(list(page)).toBeVisible();
  await expect(page.getByRole("button", { name: "Search and commands" })).toBeVisible();
  const box = palette(page).getByRole("combobox");
  await page.keyboard.press("Control+k");
  await expect(box).toBeFocused();
  await page.keyboard.press("ArrowUp");
  await expect(palette(page).getByRole("option").last()).toHaveAttribute("aria-selected", "true");
  await expect(palette(page).getByRole("option").last()).toBeInViewport();
  await box.fill("o");
  await expect(palette(page).getByRole("option").first()).toBeInViewport();
  await page.keyboard.press("Escape");

  const lost = /^No connection since/;
  await context.setOffline(true);
  await expect(page.getByRole("main").getByText(lost)).toBeVisible();
  await page.keyboard.press("Control+k");
  await expect(palette(page).getByText(lost)).toBeVisible();
  await expect(box).toBeFocused();
  await page.keyboard.press("Escape");
  await context.setOffline(false);
  await expect(page.getByText(lost)).toHaveCount(0);
});

test("what the palette does is what the page does", async ({ page }) => {
  await signIn(page, "Omar Haddad", "/incidents");
  await expect(list(page)).toBeVisible();
  await expect(page.getByRole("button", { name: "Search and commands" })).toBeVisible();
  await page.keyboard.press("Control+k");
  await palette(page).getByRole("combobox").fill("theme dark");
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: "Omar Haddad" }).click();
  await expect(page.getByRole("menuitemradio", { name: "Dark" })).toBeChecked();
});

test("an action is reached from the palette, and asks the same question", async ({ page, sandbox }) => {
  const { ransomware } = await sandbox.get("showcase");
  await signIn(page, "Omar Haddad", `/incidents/${ransomware.id}`);
  await expect(title(page)).toHaveText(ransomware.displayName);
  await expect(page.getByRole("button", { name: "Search and commands" })).toBeVisible();
  const effects = await sandbox.get("effects");
  await page.keyboard.press("Control+k");
  await palette(page).getByRole("combobox").fill("managed resp");
  await page.keyboard.press("Enter");
  const panel = page.getByRole("dialog", { name: /^Managed response/ });
  await expect(panel.getByRole("button", { name: "Isolate device" }).first()).toBeVisible();

  await page.keyboard.press("Control+k");
  await palette(page).getByRole("combobox").fill("isolate device");
  await expect(palette(page).getByRole("option").first()).toHaveText(/^Isolate device: /);
  await page.keyboard.press("Enter");
  const question = page.getByRole("dialog", { name: /^Isolate device .*\?$/ });
  await expect(question).toBeVisible();
  await question.getByRole("button", { name: "Cancel" }).click();
  await expect(question).toBeHidden();
  expect(await sandbox.get("effects"), "a question is not an answer").toEqual(effects);

  await page.keyboard.press("Control+k");
  await palette(page).getByRole("combobox").fill("go to home");
  await page.keyboard.press("Enter");
  await expect(title(page)).toHaveText("Home");
});

test("who may not act finds the action in the palette, and why not", async ({ page, sandbox }) => {
  const { ransomware } = await sandbox.get("showcase");
  await signIn(page, "Rhea Novak", `/incidents/${ransomware.id}?panel=managed-response`);
  const panel = page.getByRole("dialog", { name: /^Managed response/ });
  await expect(panel.getByRole("button", { name: "Isolate device" }).first()).toBeVisible();
  await page.keyboard.press("Control+k");
  await palette(page).getByRole("combobox").fill("isolate device");
  const option = palette(page).getByRole("option").first();
  await expect(option).toHaveAttribute("aria-disabled", "true");
  await expect(option).toContainText("Security");
  await page.keyboard.press("Enter");
  await expect(palette(page)).toBeVisible();
  await page.keyboard.press("Escape");
});

test("keys move in the list, tick, search, and lead to other pages; a sheet names them", async ({ page }) => {
  await signIn(page, "Omar Haddad", "/incidents");
  await expect(page.getByRole("button", { name: "Search and commands" })).toBeVisible();
  await expect(page.getByRole("search")).toBeVisible();
  const row = (number: number) => list(page).locator(`[aria-rowindex="${number + 1}"]`);

  await page.keyboard.press("j");
  await expect(row(1).getByRole("gridcell").nth(1)).toBeFocused();
  await page.keyboard.press("j");
  await page.keyboard.press("j");
  await page.keyboard.press("k");
  await expect(row(2).getByRole("gridcell").nth(1)).toBeFocused();
  await page.keyboard.press("x");
  await expect(row(2)).toHaveAttribute("aria-selected", "true");
  await page.keyboard.press("Escape");
  await expect(row(2)).toHaveAttribute("aria-selected", "false");

  await page.keyboard.press("/");
  await expect(page.getByRole("searchbox")).toBeFocused();
  // Letters are letters there.
  await page.keyboard.type("jk?");
  await expect(page.getByRole("searchbox")).toHaveValue("jk?");
  await page.getByRole("searchbox").fill("");
  await page.getByRole("searchbox").blur();

  await page.keyboard.press("?");
  const sheet = page.getByRole("dialog", { name: "Keyboard shortcuts" });
  await expect(sheet.getByText("Next incident", { exact: true })).toBeVisible();
  await expect(sheet.getByText("Go to Home")).toBeVisible();
  await page.keyboard.press("g");
  await page.keyboard.press("h");
  await expect(sheet, "keys of the page do nothing behind a dialog").toBeVisible();
  await page.keyboard.press("Escape");
  await page.keyboard.press("g");
  await page.keyboard.press("h");
  await expect(title(page)).toHaveText("Home");
});

test("keys do nothing behind what has opened under a button", async ({ page }) => {
  await signIn(page, "Omar Haddad", "/incidents");
  await expect(page.getByRole("button", { name: "Search and commands" })).toBeVisible();
  const filter = page.getByRole("button", { name: /^Status: / });
  await filter.click();
  await expect(page.getByRole("dialog", { name: "Status" }).getByRole("checkbox").first()).toBeFocused();
  await page.keyboard.press("g");
  await page.keyboard.press("h");
  await page.keyboard.press("Escape");
  await expect(filter).toBeFocused();
  await page.keyboard.press("g");
  await page.keyboard.press("h");
  await expect(title(page)).toHaveText("Home");
});

test("keys without Ctrl can be switched off", async ({ page }) => {
  await signIn(page, "Omar Haddad", "/preferences");
  await expect(page.getByRole("button", { name: "Search and commands" })).toBeVisible();
  await page.getByRole("switch", { name: "Keys without Ctrl" }).click();
  await title(page).click();
  await page.keyboard.press("g");
  await page.keyboard.press("h");
  await page.keyboard.press("?");
  await expect(title(page)).toHaveText("Preferences");
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await page.keyboard.press("Control+k");
  await expect(palette(page)).toBeVisible();
  await page.keyboard.press("Escape");
  await page.reload();
  await expect(page.getByRole("switch", { name: "Keys without Ctrl" })).not.toBeChecked();
  await page.getByRole("switch", { name: "Keys without Ctrl" }).click();
});

test("density and theme take effect at once and are kept", async ({ page }) => {
  await signIn(page, "Omar Haddad", "/preferences");
  await page.getByRole("radio", { name: "Compact" }).check();
  await page.getByRole("radio", { name: "Dark" }).check();
  await page.getByRole("link", { name: "Incidents", exact: true }).click();
  const height = async () => (await list(page).getByRole("row").nth(2).boundingBox())?.height;
  await expect(list(page)).toBeVisible();
  await expect.poll(height).toBeLessThan(34);
  await page.reload();
  await expect(list(page)).toBeVisible();
  await expect.poll(height).toBeLessThan(34);
  await page.goto("/preferences");
  await expect(page.getByRole("radio", { name: "Dark" })).toBeChecked();
  await page.getByRole("radio", { name: "Comfortable" }).check();
});

test("an incident leads back to the list it was opened from, and to those beside it", async ({ page }) => {
  await signIn(page, "Omar Haddad", "/incidents?status=all");
  await expect(page.getByRole("button", { name: "Search and commands" })).toBeVisible();
  const links = list(page).getByRole("link");
  const [first, second] = [await links.nth(0).textContent(), await links.nth(1).textContent()];
  await links.first().click();
  await expect(title(page)).toHaveText(first ?? "");
  await page.getByRole("button", { name: "Next incident of the list" }).click();
  await expect(title(page)).toHaveText(second ?? "");
  await title(page).click();
  await page.keyboard.press("[");
  await expect(title(page)).toHaveText(first ?? "");
  await page.keyboard.press("[");
  await expect(title(page)).toHaveText(first ?? "");
  await page.getByRole("navigation", { name: "Breadcrumb" }).getByRole("link", { name: "Incidents" }).click();
  await expect(page).toHaveURL(/\/incidents\?status=all$/);
});

test("the navigation is narrow where somebody wants it, and a drawer on a phone", async ({ page }) => {
  await signIn(page, "Omar Haddad", "/incidents");
  const navigation = page.getByRole("navigation", { name: "Main" });
  const width = async () => (await navigation.boundingBox())?.width ?? 0;
  await navigation.getByRole("button", { name: "Collapse menu" }).click();
  await expect.poll(width).toBeLessThan(80);
  await expect(navigation.getByRole("link", { name: "Home" })).toBeVisible();
  await navigation.getByRole("button", { name: "Expand menu" }).click();
  await expect.poll(width).toBeGreaterThan(120);

  await page.setViewportSize({ width: 320, height: 700 });
  await expect(navigation).toBeHidden();
  expect(await page.evaluate(() => document.documentElement.scrollWidth), "nothing is wider than a small phone").toBe(320);
  await page.setViewportSize({ width: 390, height: 844 });
  await page.getByRole("button", { name: "Menu", exact: true }).click();
  await expect(navigation.getByRole("link", { name: "Home" })).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(navigation).toBeHidden();
  await page.getByRole("button", { name: "Menu", exact: true }).click();
  await navigation.getByRole("link", { name: "Home" }).click();
  await expect(title(page)).toHaveText("Home");
  await expect(navigation).toBeHidden();
});

test("the drawer of a phone closes however it is left, and the focus is where one goes on", async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await signIn(page, "Omar Haddad", "/incidents");
  await expect(title(page)).toHaveText("Incidents");
  const navigation = page.getByRole("navigation", { name: "Main" });
  const menu = page.getByRole("button", { name: "Menu", exact: true });
  const open = async () => {
    await menu.click();
    await expect(navigation.getByRole("link", { name: "Home" })).toBeFocused();
  };
  const leaves = [
    ["Escape", () => page.keyboard.press("Escape")],
    ["a press beside it", () => page.mouse.click(380, 500)],
    ["the page one is on", () => navigation.getByRole("link", { name: "Incidents" }).click()],
  ] as const;
  for (const [way, leave] of leaves) {
    await open();
    await leave();
    await expect(navigation, way).toBeHidden();
    await expect(menu, way).toBeFocused();
  }

  await open();
  await navigation.getByRole("link").last().focus();
  await page.keyboard.press("Tab");
  await expect(navigation).toBeHidden();
  const main = page.getByRole("main");
  expect(await main.evaluate((main) => main.contains(document.activeElement)), "nothing lies over the focus").toBe(true);

  await open();
  await navigation.getByRole("link", { name: "Home" }).click();
  await expect(title(page)).toHaveText("Home");
  await expect(main).toBeFocused();
});

test("every page of the menu can be gone to from the palette and by its keys", async ({ page }) => {
  await signIn(page, "Omar Haddad", "/incidents");
  await expect(page.getByRole("button", { name: "Search and commands" })).toBeVisible();
  const links = page.getByRole("navigation", { name: "Main" }).getByRole("link");
  const names = (await links.allInnerTexts()).map((name) => name.trim());
  expect(names).toEqual(["Home", "Incidents", "Alerts", "Devices", "Overview", "Messages", "Reports", "Settings", "Preferences"]);
  await page.keyboard.press("Control+k");
  for (const name of names) await expect(palette(page).getByRole("option", { name: new RegExp(`^Go to ${name}`) })).toBeVisible();
  await page.keyboard.press("Escape");
  for (const [key, heading] of [["o", "Overview"], ["s", "Service status"], ["r", "Reports"], ["a", "Alerts"], ["d", "Devices"]] as const) {
    await page.keyboard.press("g");
    await page.keyboard.press(key);
    await expect(title(page)).toHaveText(heading);
  }
});
