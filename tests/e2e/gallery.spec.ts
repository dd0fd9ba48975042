/** The gallery as a whole: what holds for every component in every state. */

import { gallery, half, MARKER } from "./support/gallery";
import { expect, type Locator, type Page, test } from "./support/test";

test.use({ bundle: "gallery" });
test.setTimeout(60_000);

const LONG = "N".repeat(500);

test("the build for these specs has the gallery, by the mark that no other may have", async ({ page, sandbox }) => {
  await gallery(page, "buttons");
  const programs = (await sandbox.files()).filter((name) => name.endsWith(".wasm"));
  const marked = await Promise.all(programs.map(async (name) => (await sandbox.file(name)).includes(MARKER)));
  expect(marked).toContain(true);
});

// The guard looks at each page with axe when its test ends.
for (const [name, width, density, forcedColors] of [
  ["wide", 1440, "Comfortable", "none"],
  ["narrow", 320, "Comfortable", "none"],
  ["in the system's colours and dense", 1440, "Compact", "active"],
] as const) {
  test(`nothing to find for axe, ${name}, light and dark`, async ({ page }) => {
    await page.setViewportSize({ width, height: 900 });
    await gallery(page);
    await page.getByRole("combobox", { name: "Density" }).selectOption(density);
    await page.emulateMedia({ forcedColors });
    await expect(half(page, "Dark").first()).toBeVisible();
  });
}

/** Places that are wider than what they stand in. */
async function overflowing(page: Page): Promise<string[]> {
  return page.getByRole("main").evaluate((main) => {
    const found: string[] = [];
    const tooWide = (element: Element) => element.scrollWidth > element.clientWidth;
    for (let box: Element | null = main; box; box = box.parentElement) if (tooWide(box)) found.push(box.tagName);
    for (const box of main.querySelectorAll("[role=region][aria-label]")) {
      if (tooWide(box)) found.push(`${box.getAttribute("aria-label")}: ${box.textContent?.slice(0, 40)}`);
    }
    return found;
  });
}

/** Texts that are cut off without a way to see the rest: neither a title, nor a list that opens, nor a field to scroll in. */
async function cutOff(half: Locator): Promise<string[]> {
  return half.evaluate((half) => {
    const cut = [...half.querySelectorAll<HTMLElement>("*")].filter((element) => {
      const { overflowX } = getComputedStyle(element);
      return overflowX !== "visible" && overflowX !== "auto" && element.clientWidth > 1 && element.scrollWidth > element.clientWidth + 1;
    });
    const seen = (element: Element) => element.closest("[title], [aria-haspopup], select, input, [role=grid], [role=tablist]");
    const says = (element: Element) => element.textContent?.trim() !== "";
    return cut.filter((element) => says(element) && !seen(element)).map((element) => element.outerHTML.slice(0, 120));
  });
}

for (const width of [1440, 320]) {
  test(`nothing overflows and nothing is out of reach at ${width} pixels, whatever it is called`, async ({ page }) => {
    await page.setViewportSize({ width, height: 900 });
    await gallery(page);
    await expect(page.getByRole("heading", { name: "Hostile content" })).toBeVisible();
    expect(await overflowing(page)).toEqual([]);
    for (const part of await half(page, "Light").all()) expect(await cutOff(part)).toEqual([]);
  });
}

test("hostile names: in dialogs and menus too, with their marks in sight, and ten thousand tags within reach", async ({ page }) => {
  await page.setViewportSize({ width: 320, height: 700 });
  const light = await gallery(page, "hostile");
  await light.getByRole("button", { name: LONG, exact: true }).first().click();
  const dialog = page.getByRole("dialog", { name: LONG });
  await expect(dialog.getByRole("heading")).toHaveText(LONG);
  expect(await dialog.evaluate((dialog) => dialog.scrollWidth <= dialog.clientWidth && dialog.getBoundingClientRect().right <= innerWidth)).toBe(true);
  await page.keyboard.press("Escape");
  await light.getByRole("button", { name: "Long", exact: true }).click();
  const menu = light.getByRole("menu", { name: "Long" });
  expect(await menu.evaluate((menu) => menu.scrollWidth <= menu.clientWidth && menu.getBoundingClientRect().right <= innerWidth)).toBe(true);
  await page.keyboard.press("Escape");
  await expect(light.getByText("invoice⟨U+202E⟩fdp.exe").first()).toBeVisible();
  await expect(light.getByText("\u202e")).toHaveCount(0);
  const chips = light.getByRole("list", { name: "Many shown tags" }).getByRole("listitem");
  await expect(chips).toHaveCount(50);
  await expect(chips.first()).toHaveText(LONG);
  const more = light.getByRole("button", { name: "Show 500 of 9956 more" });
  await more.last().click();
  await expect(chips).toHaveCount(550);
  expect(await overflowing(page)).toEqual([]);
});

test("every control is reached by Tab, or is part of one that is", async ({ page }) => {
  await gallery(page);
  await page.getByRole("combobox", { name: "Density" }).focus();
  const walk = await page.getByRole("main").evaluateHandle((main) => {
    const all = [...main.querySelectorAll<HTMLElement>("[role=region] :is(a[href], button, input, select, textarea, [tabindex])")];
    const there = all.filter((element) => element.checkVisibility({ visibilityProperty: true }));
    return { there, reached: new Set<Element>() };
  });
  // In both themes, and back round to the page's first control.
  const most = await walk.evaluate(({ there }) => there.length + 50);
  for (let turn = 0; turn < most; turn += 1) {
    await page.keyboard.press("Tab");
    const outside = await walk.evaluate(({ reached }) => {
      const active = document.activeElement;
      if (active) reached.add(active);
      return active === null || active === document.body || active.closest("main") === null;
    });
    if (outside) break;
  }
  const missed = await walk.evaluate(({ there, reached }) => {
    // One of a radio group, of tabs, of chips and of a grid's cells is the tab stop; keys lead to the others.
    const group = (element: HTMLElement) =>
      element instanceof HTMLInputElement && element.type === "radio"
        ? element.closest("fieldset")
        : element.closest("[role=tablist], [role=grid], ul:has(> li > button)");
    const within = (element: HTMLElement) => [...reached].some((one) => group(element)?.contains(one));
    return there.filter((element) => !reached.has(element) && !within(element)).map((element) => element.outerHTML.slice(0, 160));
  });
  expect(missed.filter((html) => !/^<h\d/.test(html))).toEqual([]);
  expect(await walk.evaluate(({ reached }) => reached.size)).toBeGreaterThan(150);
});
