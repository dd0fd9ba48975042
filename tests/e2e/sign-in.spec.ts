import { expect, signIn, test } from "./support/test";

test("a person signs in and out again", async ({ page }) => {
  await signIn(page, "Omar Haddad");
  await expect(page.getByRole("heading", { level: 1, name: "Home" })).toBeVisible();

  await page.getByRole("button", { name: "Omar Haddad" }).click();
  await page.getByRole("menuitem", { name: "Sign out" }).click();
  await expect(page.getByRole("button", { name: "Sign in" })).toBeVisible();
});
