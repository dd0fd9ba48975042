import { expect, leap, signIn, signInByHand, test } from "./support/test";

test.use({ cleanTenant: true });

test("a person signs in and out again", async ({ page }) => {
  await signInByHand(page, "Omar Haddad");
  await expect(page.getByRole("heading", { level: 1, name: "Home" })).toBeVisible();

  await page.getByRole("button", { name: "Omar Haddad" }).click();
  await page.getByRole("menuitem", { name: "Sign out" }).click();
  await expect(page.getByRole("heading", { name: "You are signed out" })).toBeVisible();
  await page.reload();
  await page.getByRole("button", { name: "Sign in" }).click();
  // The provider's session has ended as well: it asks who it is.
  await expect(page.getByRole("button", { name: "Rhea Novak" })).toBeVisible();
});

test("the provider is told who it is to know again, until they sign out", async ({ page, sandbox, guard }) => {
  guard.expectStatus(401, 400);
  const asked = async (act: () => Promise<unknown>) => {
    const leaving = page.waitForRequest(/\/authorize\?/);
    await act();
    const sent = new URL((await leaving).url()).searchParams;
    return [sent.get("prompt"), sent.get("login_hint")];
  };
  expect(await asked(() => page.goto("/"))).toEqual(["none", null]);
  expect(await asked(() => page.getByRole("button", { name: "Sign in" }).click())).toEqual([null, null]);
  await page.getByRole("button", { name: "Omar Haddad" }).click();
  await expect(page.getByRole("button", { name: "Omar Haddad" })).toBeVisible();
  const omar = expect.stringMatching(/^omar\.haddad@/);
  expect(await asked(() => page.reload())).toEqual(["none", omar]);
  await expect(page.getByRole("button", { name: "Omar Haddad" })).toBeVisible();

  await sandbox.post("tokens/expire", { refresh: true, sessions: true });
  await page.getByRole("link", { name: "Incidents", exact: true }).click();
  await page.getByRole("grid", { name: "Incidents" }).getByRole("link").first().click();
  const again = page.getByRole("main").getByRole("button", { name: "Sign in" });
  expect(await asked(() => again.first().click())).toEqual([null, omar]);
  await page.getByRole("button", { name: "Omar Haddad" }).click();
  await expect(page.getByRole("banner")).toBeVisible();

  await page.getByRole("button", { name: "Omar Haddad" }).click();
  await page.getByRole("menuitem", { name: "Sign out" }).click();
  await expect(page.getByRole("heading", { name: "You are signed out" })).toBeVisible();
  const [prompt, hint] = await asked(() => page.getByRole("button", { name: "Sign in" }).click());
  expect([prompt, hint]).toEqual(["login", null]);
  await expect(page.getByRole("button", { name: "Rhea Novak" })).toBeVisible();
});

test("a sign-in that ends while somebody types loses neither the page nor a letter", async ({ page, sandbox, guard }) => {
  guard.expectStatus(401, 400);
  const { investigating } = await sandbox.get("showcase");
  await signIn(page, "Omar Haddad", `/incidents/${investigating.id}?tab=comments`);
  const box = page.getByRole("textbox", { name: "Add a comment" });
  await box.pressSequentially("The owner says it was ");
  await sandbox.post("tokens/expire", { refresh: true, sessions: true });
  await box.pressSequentially("planned");
  await page.getByRole("button", { name: "Add comment" }).click();
  await expect(page.getByText("The comment was not added. Your sign-in has ended.")).toBeVisible();
  const main = page.getByRole("main");
  await expect(main.getByText(/^Your sign-in has ended\. What you see stays as it was/)).toBeVisible();
  await box.pressSequentially(", but not by whom");
  await main.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByRole("heading", { name: /^Sign in to Contoso/ })).toBeVisible();
  await page.getByRole("button", { name: "Omar Haddad" }).click();
  await expect(page).toHaveURL(new RegExp(`/incidents/${investigating.id}\\?tab=comments$`));
  await expect(box).toHaveValue("The owner says it was planned, but not by whom");
  await page.getByRole("button", { name: "Add comment" }).click();
  await expect(page.getByRole("listitem").filter({ hasText: "planned, but not by whom" })).toHaveCount(1);
  await expect(page.getByText("Your sign-in has ended.")).toHaveCount(0);
});

test("a sign-in that ends behind an open flyout is said in it, and leads back to it", async ({ page, sandbox, guard }) => {
  guard.expectStatus(401, 400);
  await page.clock.install();
  const { ransomware } = await sandbox.get("showcase");
  const address = `/incidents/${ransomware.id}?tab=alerts&panel=managed-response`;
  await signIn(page, "Omar Haddad", address);
  const flyout = page.getByRole("dialog", { name: "Managed response" });
  await expect(flyout.getByText(/An attacker working by hand/)).toBeVisible();
  await sandbox.post("tokens/expire", { refresh: true });
  await leap(page, 70_000);
  await expect(flyout.getByText("Your sign-in has ended.", { exact: true })).toBeVisible();
  // What was there stays in sight.
  await expect(flyout.getByText(/An attacker working by hand/)).toBeVisible();
  await flyout.getByRole("button", { name: "Sign in" }).click();
  await expect(flyout.getByText("Your sign-in has ended.", { exact: true })).toHaveCount(0);
  await expect(flyout.getByText(/An attacker working by hand/)).toBeVisible();
  await expect(page).toHaveURL(new RegExp(`/incidents/${ransomware.id}\\?tab=alerts&panel=managed-response$`));
  await page.keyboard.press("Escape");
  await expect(page.getByRole("tab", { name: /^Alerts/ })).toHaveAttribute("aria-selected", "true");
});
