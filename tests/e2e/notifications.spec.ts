/** Interrupting a person by the browser, as they have chosen. */

import { expect, type Page, signIn, test } from "./support/test";

test.use({ cleanTenant: true });

/** What the browser would have shown, in any tab. */
async function shown(page: Page): Promise<string[]> {
  return page.evaluate(() => JSON.parse(localStorage.getItem("shown") ?? "[]"));
}

test.beforeEach(async ({ context }) => {
  await context.addInitScript(() => {
    class Shown {
      static permission = "granted";
      static requestPermission = async () => "granted";
      constructor(title: string, options: { body: string; tag: string }) {
        const all = JSON.parse(localStorage.getItem("shown") ?? "[]");
        localStorage.setItem("shown", JSON.stringify([...all, `${title}: ${options.body}`]));
      }
    }
    Object.defineProperty(window, "Notification", { value: Shown });
  });
});

test("each kind of event interrupts as far as one has chosen: for the organization, for oneself, or not at all", async ({ page, sandbox }) => {
  await signIn(page, "Omar Haddad", "/preferences");
  await page.getByRole("switch", { name: "Notify me by this browser" }).click();
  const kind = (name: string) => page.getByRole("group", { name: "Events" }).getByRole("combobox", { name });
  await expect(kind("Managed responses")).toHaveValue("organization");
  await expect(kind("Readiness changes").getByRole("option")).toHaveText(["My organization", "Nothing"]);
  await kind("Managed responses").selectOption("Mine");
  const published = async (incident: string, unread: number, assignedTo?: string) => {
    await sandbox.post(`incidents/${incident}`, { publish: { markdown: "Secret words of the experts." } });
    if (assignedTo) await sandbox.post(`incidents/${incident}`, { assignedTo });
    await page.reload();
    await expect(page).toHaveTitle(new RegExp(`^\\(${unread}\\) `));
  };
  const one = "Defender Experts: The experts have published a managed response.";

  // It is nobody's: the bell counts it, the browser is silent.
  await published("38530", 7);
  await published("38527", 8, "omar.haddad@contoso.com");
  await expect.poll(() => shown(page)).toEqual([one]);
  await expect(kind("Managed responses")).toHaveValue("mine");

  await kind("Managed responses").selectOption("Nothing");
  await published("38527", 9, "omar.haddad@contoso.com");
  await kind("Managed responses").selectOption("My organization");
  await published("38530", 10);
  // Had the third been shown, it would stand there twice by now.
  await expect.poll(() => shown(page)).toEqual([one, one]);
});

test("a browser that does not allow it says so, and the switch stays off", async ({ page }) => {
  await page.addInitScript(() => {
    Object.assign(window.Notification, { permission: "denied", requestPermission: async () => "denied" });
  });
  await signIn(page, "Omar Haddad", "/preferences");
  await page.getByRole("switch", { name: "Notify me by this browser" }).click();
  await expect(page.getByText(/This browser does not allow it/)).toBeVisible();
  await expect(page.getByRole("switch", { name: "Notify me by this browser" })).not.toBeChecked();
});
