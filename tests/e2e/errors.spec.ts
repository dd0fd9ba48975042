import { expect, type Page, signIn, test } from "./support/test";

test.use({ cleanTenant: true });

/** What stands above every page. */
const banner = (page: Page, words: string | RegExp) => page.getByRole("main").getByText(words);

test("without a network every page says since when, and is fresh again when it is back", async ({ page, context, sandbox, guard }) => {
  guard.expectLostConnection();
  const { ransomware } = await sandbox.get("showcase");
  await signIn(page, "Omar Haddad", `/incidents/${ransomware.id}`);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(ransomware.displayName);
  await context.setOffline(true);
  await expect(banner(page, /^No connection since .*What you see may be old/)).toBeVisible();
  await page.getByRole("link", { name: "Home", exact: true }).click();
  await expect(banner(page, /^No connection since/)).toBeVisible();
  await page.getByRole("link", { name: "Incidents", exact: true }).click();
  await expect(banner(page, /^No connection since/)).toBeVisible();
  await sandbox.post(`incidents/${ransomware.id}`, { status: "resolved" });
  await context.setOffline(false);
  await expect(banner(page, /^No connection since/)).toHaveCount(0);
});
