/** Every page in light, dark and on a small phone: axe finds nothing, and nothing is wider than the window. */

import { axeFindings } from "./support/axe";
import { address, PAGES } from "./support/pages";
import { expect, signIn, test } from "./support/test";

const LOOKS = [
  { width: 1440, height: 900, colorScheme: "light" },
  { width: 1440, height: 900, colorScheme: "dark" },
  { width: 320, height: 640, colorScheme: "light" },
  { width: 320, height: 640, colorScheme: "dark" },
] as const;

for (const [name, path] of Object.entries(PAGES)) {
  test(`${name} is whole in light, in dark and at 320 px`, async ({ page, sandbox, guard }) => {
    test.slow();
    const showcase = await sandbox.get("showcase");
    // Of an incident without a managed response, the service says so.
    guard.expectStatus(404);
    await signIn(page, "Omar Haddad", address(path, showcase));
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    await page.waitForLoadState("networkidle", { timeout: 3_000 }).catch(() => {});
    for (const { colorScheme, ...size } of LOOKS) {
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize(size);
      // Colours on their way from light to dark are none of either.
      const fading = () => document.getAnimations().filter((one) => one instanceof CSSTransition).length;
      await expect.poll(() => page.evaluate(fading)).toBe(0);
      expect(await axeFindings(page), `${colorScheme}, ${size.width} px`).toEqual([]);
      const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      expect(over, `wider than the window by, at ${size.width} px`).toBeLessThanOrEqual(0);
    }
  });
}

test("the top bar stays in the window on half a screen and at 200 %, with something that waits", async ({ page, context, sandbox, guard }) => {
  guard.expectLostConnection();
  const { ransomware } = await sandbox.get("showcase");
  await signIn(page, "Omar Haddad", `/incidents/${ransomware.id}?panel=managed-response&part=chat`);
  const box = page.getByRole("textbox", { name: "Message", exact: true });
  await expect(box).toBeVisible();
  await context.setOffline(true);
  await box.fill("Are you there?");
  await page.getByRole("button", { name: "Send", exact: true }).click();
  await page.keyboard.press("Escape");
  const bar = page.getByRole("banner");
  const outbox = bar.getByRole("button", { name: "1 message not sent yet" });
  await expect(outbox).toBeVisible();
  await outbox.focus();
  // It is tried again after one second and after three, and stays where it is.
  await page.waitForTimeout(4_500);
  await expect(outbox).toBeFocused();
  await expect(outbox).toBeVisible();
  const person = bar.getByRole("button", { name: "Omar Haddad" });
  for (const width of [1440, 1024, 900, 720, 390]) {
    await page.setViewportSize({ width, height: 800 });
    const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect(over, `wider than the window by, at ${width} px`).toBeLessThanOrEqual(0);
    for (const button of await bar.getByRole("button").all()) {
      if (!(await button.isVisible())) continue;
      const frame = (await button.boundingBox())!;
      expect(frame.x + frame.width, `${await button.innerText()} at ${width} px`).toBeLessThanOrEqual(width);
      expect(frame.width, `${await button.innerText()} at ${width} px`).toBeGreaterThanOrEqual(24);
    }
    await expect(person).toBeInViewport({ ratio: 1 });
  }
});
