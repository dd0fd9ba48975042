import { expect, signIn, test } from "./support/test";

test("a person signs in and out again", async ({ page }) => {
  await signIn(page, "Omar Haddad");
  await expect(page.getByRole("heading", { level: 1, name: "Home" })).toBeVisible();

  await page.getByRole("button", { name: "Omar Haddad" }).click();
  await page.getByRole("menuitem", { name: "Sign out" }).click();
  await expect(page.getByRole("heading", { name: "You are signed out" })).toBeVisible();
  await page.reload();
  await page.getByRole("button", { name: "Sign in" }).click();
  // The provider's session has ended as well: it asks who it is.
  await expect(page.getByRole("button", { name: "Rhea Novak" })).toBeVisible();
});
