/** Fields on the gallery: what is typed, chosen and picked, and what each says of itself. */

import { gallery, press } from "./support/gallery";
import { expect, test } from "./support/test";

test.use({ bundle: "gallery" });

test("a field has a label, a hint, what is wrong and how much is written, all tied to it", async ({ page }) => {
  const light = await gallery(page, "typing");
  const name = light.getByRole("textbox", { name: "Incident name" });
  await expect(name).toHaveAccessibleDescription("Everyone who can see the incident reads it. 36 / 60");
  await name.fill("Short");
  await expect(name).toHaveAccessibleDescription("Everyone who can see the incident reads it. 5 / 60");
  const email = light.getByRole("textbox", { name: "Email" });
  await expect(email).toHaveAttribute("aria-invalid", "true");
  await expect(email).toHaveAccessibleDescription(/^Write the whole address.*Experts write to this address\.$/);
  // More than fits is marked, never cut.
  const long = light.getByRole("textbox", { name: "Name that is too long" });
  await long.fill("x".repeat(70));
  await expect(long).toHaveValue("x".repeat(70));
  await expect(light.getByText("70 / 20")).toBeVisible();
  await expect(light.getByText("Draft kept on this device")).toBeVisible();
  const search = light.getByRole("searchbox", { name: "Search incidents" });
  await search.press("Escape");
  await expect(search).toHaveValue("");
  await expect(search).toBeFocused();
});

test("a combobox asks while one types, and is worked without leaving the box", async ({ page }) => {
  const light = await gallery(page, "combobox");
  const box = light.getByRole("combobox", { name: "Assigned to" });
  const options = light.getByRole("listbox", { name: "Assigned to" }).getByRole("option");
  await expect(box).toHaveAttribute("aria-expanded", "false");
  await box.press("ArrowDown");
  await expect(box).toHaveAttribute("aria-expanded", "true");
  await expect(options).toHaveCount(6);
  await expect(page.getByRole("status").filter({ hasText: "6 matches" })).toHaveCount(1);
  await box.pressSequentially("re");
  await expect(options).toHaveCount(1);
  await press(page, "ArrowDown");
  const greta = light.getByRole("option", { name: "Greta Reiter" });
  await expect(greta).toHaveAttribute("aria-selected", "true");
  await expect(box).toHaveAttribute("aria-activedescendant", (await greta.getAttribute("id")) ?? "none");
  await expect(box).toBeFocused();
  await press(page, "Enter");
  await expect(box).toHaveValue("Greta Reiter");
  await expect(box).toHaveAttribute("aria-expanded", "false");
  await expect(light.getByText("Assigned to: Greta Reiter")).toBeVisible();
  // The arrows go round; Escape closes, and then brings back what is chosen.
  await box.fill("");
  await expect(options).toHaveCount(6);
  await press(page, "ArrowUp");
  await expect(options.last()).toHaveAttribute("aria-selected", "true");
  await press(page, "ArrowDown");
  await expect(options.first()).toHaveAttribute("aria-selected", "true");
  await press(page, "Escape");
  await expect(box).toHaveAttribute("aria-expanded", "false");
  await press(page, "Escape");
  await expect(box).toHaveValue("Greta Reiter");
  // By pointer, with the focus in the box.
  await box.click();
  await light.getByRole("option", { name: "Omar Haddad" }).click();
  await expect(box).toHaveValue("Omar Haddad");
  await expect(box).toBeFocused();
  await box.fill("nobody has this name");
  await expect(light.getByText("No match").filter({ visible: true })).toBeVisible();
  await press(page, "Tab");
  await expect(box).toHaveValue("Omar Haddad");
  await light.getByRole("combobox", { name: "Still searching" }).click();
  await expect(light.getByText("Searching…").filter({ visible: true })).toBeVisible();
});

test("a combobox says when it cannot find out, tries again, and draws only the first of very many", async ({ page }) => {
  const light = await gallery(page, "combobox");
  const box = light.getByRole("combobox", { name: "Assigned to" });
  await box.fill("fail");
  await expect(light.getByRole("alert")).toContainText("The directory could not be loaded");
  await press(page, "Tab");
  await expect(light.getByRole("button", { name: "Try again" })).toBeFocused();
  await press(page, "Enter");
  await expect(box).toBeFocused();
  await box.fill("many");
  await expect(light.getByText("The first 50 of 10000. Type more to narrow.")).toBeVisible();
  await expect(light.getByRole("option")).toHaveCount(50);
  await press(page, "ArrowUp");
  await expect(light.getByRole("option", { name: "Person 50" })).toBeInViewport({ ratio: 1 });
  const wrong = light.getByRole("combobox", { name: "Wrong" });
  await expect(wrong).toHaveAttribute("aria-invalid", "true");
  await expect(wrong).toHaveAttribute("required", "");
});

test("tags are typed, pasted, walked and taken away by keys alone", async ({ page }) => {
  const light = await gallery(page, "tags");
  const field = light.getByRole("textbox", { name: "Tags" });
  const tags = (words: string) => expect(light.getByText(`Tags: ${words}`, { exact: true })).toBeVisible();
  const remove = (name: string) => light.getByRole("button", { name: `Remove ${name}`, exact: true });
  await field.pressSequentially("two words");
  await press(page, "Enter");
  await tags("ransomware | vip | finance | two words");
  await field.fill("a, b,c");
  await tags("ransomware | vip | finance | two words | a | b");
  await expect(field).toHaveValue("c");
  await press(page, "Tab");
  await tags("ransomware | vip | finance | two words | a | b | c");
  // The same again changes nothing and says so.
  await field.fill("vip,");
  await expect(page.getByRole("status").filter({ hasText: "vip is there already" })).toHaveCount(1);
  await field.fill("x".repeat(41));
  await press(page, "Enter");
  await expect(field).toHaveAttribute("aria-invalid", "true");
  await expect(field).toHaveAccessibleDescription(/Use at most 40 characters/);
  await expect(field).toHaveValue("x".repeat(41));
  await field.fill("");
  await press(page, "Backspace");
  await expect(remove("c")).toBeFocused();
  await press(page, "Delete");
  await expect(remove("b")).toBeFocused();
  await press(page, "ArrowLeft", "ArrowLeft", "Enter");
  await tags("ransomware | vip | finance | a | b");
  await expect(remove("a")).toBeFocused();
  await press(page, "Home", "Backspace");
  await expect(remove("vip")).toBeFocused();
  await press(page, "Shift+Tab", "Tab");
  await expect(remove("vip")).toBeFocused();
  for (const name of ["vip", "finance", "a", "b"]) await remove(name).press("Delete");
  await tags("");
  await expect(field).toBeFocused();
  await expect(light.getByRole("list", { name: "Shown tags" }).getByRole("listitem")).toHaveText(["ransomware", "vip"]);
});

test("boxes, switches, radio buttons and cards: roles, states, reasons", async ({ page }) => {
  const light = await gallery(page, "choices");
  const box = light.getByRole("checkbox", { name: "Only with open tasks" });
  await box.press("Space");
  await expect(box).not.toBeChecked();
  const locked = light.getByRole("checkbox", { name: "Not allowed" });
  await locked.press("Space");
  await expect(locked).toBeChecked();
  await expect(locked).toHaveAccessibleDescription(/Your role cannot change this/);
  const phone = light.getByRole("switch", { name: "Phone calls" });
  await phone.press("Space");
  await expect(phone).toBeChecked();
  await light.getByRole("switch", { name: "Locked" }).press("Space");
  await expect(light.getByRole("switch", { name: "Locked" })).not.toBeChecked();
  const theme = light.getByRole("group", { name: "Theme" });
  await theme.getByRole("radio", { name: "Active" }).focus();
  await press(page, "ArrowDown");
  await expect(theme.getByRole("radio", { name: "In progress" })).toBeChecked();
  await expect(light.getByText("Value: b")).toBeVisible();
  const cards = light.getByRole("group", { name: "Scope of action" });
  const some = cards.getByRole("radio", { name: "Some devices", exact: true });
  await expect(some).toBeChecked();
  await expect(some).toHaveAccessibleDescription("Experts act on the device groups you choose.");
  await some.press("ArrowUp");
  await expect(cards.getByRole("radio", { name: "All devices", exact: true })).toBeChecked();
  await expect(light.getByText("Value: a")).toBeVisible();
  const none = cards.getByRole("radio", { name: "No device", exact: true });
  await expect(none).toBeDisabled();
  await cards.getByText("No device").click({ force: true });
  await expect(none).not.toBeChecked();
  await expect(none).toHaveAccessibleDescription(/Your role cannot change this/);
  const status = light.getByRole("combobox", { name: "Status" });
  await status.selectOption("Resolved");
  await expect(light.getByText("Value: c")).toBeVisible();
  await expect(light.getByRole("combobox", { name: "Classification" })).toHaveAccessibleDescription("Resolve the incident first.");
});

test.describe("on 21 Nov 2026", () => {
  // The service's tokens set the page's clock right, so it is that day there, too.
  let ahead = 0;
  test.beforeEach(async ({ page, sandbox }) => {
    const noon = new Date("2026-11-21T12:00:00Z");
    ahead = (noon.getTime() - Date.now()) / 1000;
    await sandbox.post("clock", { advanceSeconds: ahead });
    await page.clock.setFixedTime(noon);
  });
  test.afterEach(async ({ sandbox }) => {
    await sandbox.post("clock", { advanceSeconds: -ahead });
  });

  test("a range of days: the usual ones at a press, others typed", async ({ page }) => {
    const light = await gallery(page, "dates");
    const button = light.getByRole("button", { name: "Time range: Last 30 days" });
    await button.press("Enter");
    const dialog = light.getByRole("dialog", { name: "Time range" });
    const preset = (name: string) => dialog.getByRole("button", { name });
    await expect(preset("Last 30 days")).toBeFocused();
    await expect(preset("Last 30 days")).toHaveAttribute("aria-pressed", "true");
    await preset("Last 7 days").press("Enter");
    await expect(dialog).toBeHidden();
    await expect(light.getByText("Range: 7d,")).toBeVisible();
    await expect(light.getByRole("button", { name: "Time range: Last 7 days" })).toBeFocused();
    await press(page, "Enter");
    const [from, to, apply] = [
      dialog.getByRole("textbox", { name: "From" }),
      dialog.getByRole("textbox", { name: "To" }),
      dialog.getByRole("button", { name: "Apply" }),
    ];
    await expect(apply).toBeDisabled();
    await from.fill("2026-02-30");
    await expect(from).toHaveAccessibleDescription("Write the date as 2026-11-21.");
    await from.fill("2026-11-10");
    await to.fill("2026-11-05");
    await expect(to).toHaveAccessibleDescription("The end is before the start.");
    await to.fill("2027-01-01");
    await expect(to).toHaveAccessibleDescription("This day has not come yet.");
    await to.fill("2026-11-12");
    await apply.press("Enter");
    await expect(light.getByText("Range: 2026-11-10..2026-11-12,")).toBeVisible();
    await expect(light.getByRole("button", { name: "Time range: 10 Nov 2026 to 12 Nov 2026" })).toBeFocused();
  });

  test("a range of days in the calendar: a grid with one tab stop, walked and picked by keys", async ({ page }) => {
    const light = await gallery(page, "dates");
    await light.getByRole("button", { name: "Report: 5 Oct 2026 to 9 Oct 2026" }).press("Enter");
    const dialog = light.getByRole("dialog", { name: "Report" });
    const grid = dialog.getByRole("grid", { name: "Oct 2026" });
    const day = (name: string) => dialog.getByRole("gridcell", { name, exact: true });
    await expect(grid.getByRole("columnheader")).toHaveCount(7);
    await expect(grid.getByRole("gridcell", { selected: true })).toHaveCount(5);
    await day("Friday, 9 Oct 2026").focus();
    for (const [key, there] of [
      ["ArrowLeft", "Thursday, 8 Oct 2026"],
      ["ArrowDown", "Thursday, 15 Oct 2026"],
      ["Home", "Monday, 12 Oct 2026"],
      ["End", "Sunday, 18 Oct 2026"],
      ["PageDown", "Wednesday, 18 Nov 2026"],
      ["Shift+PageUp", "Tuesday, 18 Nov 2025"],
      ["Shift+PageDown", "Wednesday, 18 Nov 2026"],
      ["ArrowRight", "Thursday, 19 Nov 2026"],
    ]) {
      await press(page, key);
      await expect(day(there), key).toBeFocused();
    }
    const stops = await dialog.getByRole("grid").evaluate((grid) => grid.querySelectorAll("[tabindex='0']").length);
    expect(stops).toBe(1);
    await expect(day("Saturday, 21 Nov 2026")).toHaveAttribute("aria-current", "date");
    await expect(day("Sunday, 22 Nov 2026")).toBeDisabled();
    await press(page, "Enter", "ArrowUp", "Enter");
    await expect(dialog.getByRole("textbox", { name: "From" })).toHaveValue("2026-11-12");
    await expect(dialog.getByRole("textbox", { name: "To" })).toHaveValue("2026-11-19");
    await expect(grid.or(dialog.getByRole("grid")).getByRole("gridcell", { selected: true })).toHaveCount(8);
    // What has not come yet cannot be picked.
    await day("Sunday, 22 Nov 2026").click({ force: true });
    await expect(dialog.getByRole("textbox", { name: "To" })).toHaveValue("2026-11-19");
    await dialog.getByRole("button", { name: "Previous month" }).click();
    await expect(dialog.getByRole("grid", { name: "Oct 2026" })).toBeVisible();
    await day("Thursday, 1 Oct 2026").click();
    await day("Friday, 2 Oct 2026").click();
    await press(page, "Escape");
    await expect(light.getByText("2026-10-05..2026-10-09")).toBeVisible();
    await expect(light.getByRole("button", { name: /^Report/ })).toBeFocused();
  });
});
