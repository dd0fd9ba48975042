/** Pictures of the pages for a person to look at. Not part of the tests: `playwright test --grep @screens`. */

import { screenshots } from "./support/screens";
import { expect, signIn, test } from "./support/test";

const PAGES = {
  home: "/",
  incidents: "/incidents",
  alerts: "/alerts?status=all",
  devices: "/devices",
  messages: "/messages?group=status",
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

const SETTINGS = {
  overview: "/overview",
  "settings-start": "/settings/defender-experts/get-started",
  "settings-permissions": "/settings/defender-experts/permissions",
  "settings-exclusions": "/settings/defender-experts/exclusions?view=user-groups",
  "settings-contacts": "/settings/defender-experts/contacts",
  "settings-teams": "/settings/defender-experts/teams",
  "start-permissions": "/settings/defender-experts/get-started/permissions",
  "start-exclusions": "/settings/defender-experts/get-started/exclusions",
  "start-contacts": "/settings/defender-experts/get-started/contacts",
  "start-teams": "/settings/defender-experts/get-started/teams",
  "start-review": "/settings/defender-experts/get-started/review",
  "settings-status": "/settings/defender-experts/service-status",
  "settings-samples": "/settings/defender-experts/sample-notifications",
  preferences: "/preferences",
};

for (const [name, path] of Object.entries(SETTINGS)) {
  test(`${name} @screens`, async ({ page }) => {
    await signIn(page, "Ada Lindqvist", path);
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    await page.waitForLoadState("networkidle", { timeout: 3_000 }).catch(() => {});
    await screenshots(page, name);
  });
}

for (const name of ["overview", "settings-contacts"] as const) {
  test(`${name} in forced colours @screens`, async ({ page }) => {
    await page.emulateMedia({ forcedColors: "active" });
    await signIn(page, "Ada Lindqvist", SETTINGS[name]);
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    await page.waitForLoadState("networkidle", { timeout: 3_000 }).catch(() => {});
    await screenshots(page, `${name}-forced`);
  });
}
