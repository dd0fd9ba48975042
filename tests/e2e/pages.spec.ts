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
