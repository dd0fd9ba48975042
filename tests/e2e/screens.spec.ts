/** Pictures of the pages for a person to look at. Not part of the tests: `playwright test --grep @screens`. */

import { screenshots } from "./support/screens";
import { expect, signIn, test } from "./support/test";

const PAGES = {
  home: "/",
  incidents: "/incidents",
};

for (const [name, path] of Object.entries(PAGES)) {
  test(`${name} @screens`, async ({ page }) => {
    await signIn(page, "Omar Haddad", path);
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    // A page that holds a stream open is never idle; it has had its time by then.
    await page.waitForLoadState("networkidle", { timeout: 3_000 }).catch(() => {});
    await screenshots(page, name);
  });
}
