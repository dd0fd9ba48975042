/** Dialogs, panels and toasts on the gallery: where the focus goes, what closes them, what stays in use. */

import { gallery, press } from "./support/gallery";
import { expect, type Locator, type Page, test } from "./support/test";

test.use({ bundle: "gallery" });

const opener = (page: Page, name: string) => page.getByRole("region", { name: "Light", exact: true }).getByRole("button", { name, exact: true });

/** Behind an open dialog nothing takes the focus. */
async function outOfReach(button: Locator): Promise<void> {
  await button.focus();
  await expect(button).not.toBeFocused();
}

test("a dialog keeps the focus inside and gives it back", async ({ page }) => {
  await gallery(page, "overlays");
  await opener(page, "Open dialog").press("Enter");
  const dialog = page.getByRole("dialog", { name: "Shortcuts" });
  await expect(dialog.getByRole("button", { name: "Close" })).toBeFocused();
  await outOfReach(opener(page, "Open dialog"));
  for (let turn = 0; turn < 4; turn += 1) {
    await press(page, "Tab");
    const outside = await page.evaluate(() => document.activeElement?.closest("dialog") === null && document.activeElement !== document.body);
    expect(outside).toBe(false);
  }
  await press(page, "Escape");
  await expect(dialog).toBeHidden();
  await expect(opener(page, "Open dialog")).toBeFocused();
  await press(page, "Enter");
  await page.mouse.click(5, 5);
  await expect(dialog).toBeHidden();
});

test("a question says what will happen, waits for what is missing, and is not closed while its action is under way", async ({ page }) => {
  await gallery(page, "overlays");
  await opener(page, "Open question").press("Enter");
  const question = page.getByRole("dialog", { name: "Isolate SRV-FIN-042?" });
  await expect(question).toHaveAccessibleDescription(/loses its network connection at once/);
  await expect(question.getByRole("heading")).toBeFocused();
  const isolate = question.getByRole("button", { name: "Isolate device" });
  await expect(isolate).toBeDisabled();
  await expect(isolate).toHaveAccessibleDescription("Write why first.");
  await isolate.press("Enter");
  await expect(question).toBeVisible();
  await question.getByRole("textbox", { name: "Why" }).fill("Ransomware");
  await isolate.press("Enter");
  await expect(question).toBeHidden();
  await opener(page, "Open busy question").press("Enter");
  const busy = page.getByRole("dialog", { name: "Isolate SRV-FIN-043?" });
  await expect(busy.getByRole("alert")).toContainText("The last attempt was refused.");
  await press(page, "Escape", "Escape");
  await page.mouse.click(5, 5);
  await busy.getByRole("button", { name: "Cancel" }).press("Enter");
  await expect(busy).toBeVisible();
  await busy.getByRole("textbox").fill("done");
  await press(page, "Escape");
  await expect(busy).toBeHidden();
  await expect(opener(page, "Open busy question")).toBeFocused();
});

test("a panel steps from one thing to the next, and says where it is", async ({ page }) => {
  await gallery(page, "overlays");
  await opener(page, "Open panel").press("Enter");
  const panel = page.getByRole("dialog");
  const [previous, next] = [panel.getByRole("button", { name: "Previous" }), panel.getByRole("button", { name: "Next" })];
  await expect(panel.getByRole("heading", { name: "Isolate SRV-FIN-042" })).toBeFocused();
  await expect(panel.getByText("1 of 3")).toBeVisible();
  await expect(previous).toBeDisabled();
  await expect(previous).toHaveAccessibleDescription("Previous: this is the first");
  await next.press("Enter");
  await expect(panel).toHaveAccessibleName("Quarantine invoice.exe");
  await expect(panel.getByRole("status").filter({ hasText: "Quarantine invoice.exe" })).toHaveCount(1);
  await expect(next).toBeFocused();
  await press(page, "Enter");
  await expect(panel.getByText("3 of 3")).toBeVisible();
  await expect(next).toBeDisabled();
  await previous.click();
  await expect(panel).toHaveAccessibleName("Quarantine invoice.exe");
  await press(page, "Escape");
  await expect(opener(page, "Open panel")).toBeFocused();
});

test("a panel is made wider by keys, by dragging its edge and by a double click", async ({ page }) => {
  await gallery(page, "overlays");
  await opener(page, "Open panel").press("Enter");
  const panel = page.getByRole("dialog");
  const edge = panel.getByRole("separator", { name: "Width of the panel" });
  const wide = async (px: number) => {
    await expect(edge).toHaveAttribute("aria-valuenow", String(px));
    await expect.poll(async () => Math.round((await panel.boundingBox())?.width ?? 0)).toBe(px);
  };
  await wide(680);
  await expect(edge).toHaveAttribute("aria-orientation", "vertical");
  await edge.focus();
  await press(page, "ArrowLeft", "ArrowLeft");
  await wide(712);
  await press(page, "ArrowRight");
  await wide(696);
  await press(page, "Home", "ArrowRight");
  await wide(360);
  await press(page, "End");
  await wide(1280);
  const place = (await edge.boundingBox())!;
  await page.mouse.move(place.x + 4, 400);
  await page.mouse.down();
  await page.mouse.move(place.x + 304, 420, { steps: 3 });
  await page.mouse.up();
  await wide(980);
  await page.mouse.move(600, 400);
  await wide(980);
  await edge.dblclick();
  await wide(680);
  await edge.dblclick();
  await wide(1280);
});

test("a panel beside the page leaves the page in use, and closes by Escape from within", async ({ page }) => {
  await gallery(page, "overlays");
  await opener(page, "Open panel beside").press("Enter");
  const panel = page.getByRole("dialog", { name: "Beside the page" });
  await expect(panel.getByRole("heading")).toBeFocused();
  await expect(opener(page, "Show toast")).toBeVisible();
  await opener(page, "Show toast").press("Enter");
  await press(page, "Escape");
  await expect(panel).toBeVisible();
  await panel.getByRole("button", { name: "Inside" }).press("Escape");
  await expect(panel).toBeHidden();
  await expect(opener(page, "Open panel beside")).toBeFocused();
  // The focus stays with somebody who has moved on.
  await opener(page, "Open panel beside").press("Enter");
  await expect(panel.getByRole("heading")).toBeFocused();
  await opener(page, "Open dialog").focus();
  await panel.getByRole("button", { name: "Close" }).dispatchEvent("click");
  await expect(panel).toBeHidden();
  await expect(opener(page, "Open dialog")).toBeFocused();
  // A narrow screen has no beside: it is a dialog over the page there.
  await page.setViewportSize({ width: 390, height: 800 });
  await opener(page, "Open panel beside").press("Enter");
  await expect(panel).toBeVisible();
  await outOfReach(opener(page, "Open dialog"));
});

test("a panel opened again before the browser has told of its closing stays open", async ({ page }) => {
  await gallery(page, "overlays");
  await opener(page, "Open panel beside").press("Enter");
  const panel = page.getByRole("dialog", { name: "Beside the page" });
  await expect(panel.getByRole("heading")).toBeFocused();
  const close = await panel.getByRole("button", { name: "Close" }).elementHandle();
  await opener(page, "Open panel beside").evaluate(async (opener, close) => {
    const dialog = close!.closest("dialog")!;
    const told = new Promise((done) => dialog.addEventListener("close", done, { once: true }));
    (close as HTMLElement).click();
    // What a key pressed in that moment meets: the page has closed the panel, the browser's word is on its way.
    while (dialog.open) await Promise.resolve();
    (opener as HTMLElement).click();
    await told;
  }, close);
  await expect(panel.getByRole("heading")).toBeFocused();
});

test("a toast is read out and goes by itself, though not while it is pointed at or has the focus; an error stays", async ({ page }) => {
  await page.clock.install();
  await gallery(page, "overlays");
  const toasts = page.getByRole("region", { name: "Light", exact: true }).getByRole("region", { name: "Notifications" });
  const resolved = toasts.getByText("Incident 4711 is resolved.");
  await opener(page, "Show toast").press("Enter");
  await opener(page, "Show error toast").press("Enter");
  await expect(resolved).toBeVisible();
  await expect(page.getByRole("status").filter({ hasText: "The comment could not be sent." })).toHaveCount(1);
  await toasts.getByRole("button", { name: "Undo" }).focus();
  await page.clock.runFor(30_000);
  await expect(resolved).toBeVisible();
  await opener(page, "Show toast").focus();
  await resolved.hover();
  await page.clock.runFor(30_000);
  await expect(resolved).toBeVisible();
  await page.mouse.move(5, 5);
  await page.clock.runFor(13_000);
  await expect(resolved).toBeHidden();
  await expect(toasts.getByText("The comment could not be sent.")).toBeVisible();
  await toasts.getByRole("button", { name: "Dismiss" }).press("Enter");
  await expect(toasts).toBeHidden();
});
