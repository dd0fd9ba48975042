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
    await page.waitForLoadState("networkidle");
    await screenshots(page, name);
  });
}
