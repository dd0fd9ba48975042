/** A deployment with nothing but Microsoft Graph: what works there, and what says that it needs the service. */

import { expect, type Page, signIn, test } from "./support/test";
import type { Sandbox } from "./support/sandbox";

test.use({ cleanTenant: true });

async function bare(page: Page, sandbox: Sandbox): Promise<void> {
  const config = await sandbox.config();
  const graph = { ...config, tasksBaseUrl: null, expertsBaseUrl: null, endpointBaseUrl: null };
  await page.route("**/config.json", (route) => route.fulfill({ json: graph }));
}

test("queue, incident, alerts and comments work with Graph alone", async ({ page, sandbox }) => {
  await bare(page, sandbox);
  const { investigating } = await sandbox.get("showcase");
  const asked = new Set<string>();
  page.on("request", (request) => asked.add(new URL(request.url()).hostname));
  await signIn(page, "Omar Haddad", "/incidents");
  await expect(page.getByRole("grid", { name: "Incidents" }).getByRole("link").first()).toBeVisible();
  await page.goto(`/incidents/${investigating.id}?tab=alerts`);
  await expect(page.getByRole("tab", { name: /^Alerts/ })).toHaveAttribute("aria-selected", "true");
  await expect(page.getByRole("tabpanel").getByRole("button").first()).toBeVisible();
  await page.getByRole("tab", { name: "Comments and history" }).click();
  const box = page.getByRole("textbox", { name: "Add a comment" });
  await box.fill("Seen by the night shift");
  await page.getByRole("button", { name: "Add comment" }).click();
  await expect(page.getByRole("listitem").filter({ hasText: "Seen by the night shift" })).toHaveCount(1);
  expect([...asked]).not.toContain("experts.localhost");
});

test("what needs the service says so, and its entries are absent", async ({ page, sandbox }) => {
  await bare(page, sandbox);
  const { ransomware } = await sandbox.get("showcase");
  await signIn(page, "Omar Haddad", `/incidents/${ransomware.id}?panel=managed-response`);
  const flyout = page.getByRole("dialog", { name: "Managed response" });
  await expect(flyout.getByText(/not available here/).first()).toBeVisible();
  await expect(flyout.getByText(/expertsBaseUrl|tasksBaseUrl/).first()).toBeVisible();
  const navigation = page.getByRole("navigation", { name: "Main" });
  await page.keyboard.press("Escape");
  await expect(navigation.getByRole("link", { name: "Incidents" })).toBeVisible();
  for (const name of ["Overview", "Messages", "Settings"]) {
    await expect(navigation.getByRole("link", { name, exact: true })).toHaveCount(0);
  }
  await page.keyboard.press("Control+k");
  const palette = page.getByRole("dialog", { name: "Search and commands" });
  await expect(palette.getByRole("option", { name: /^Go to Incidents/ })).toBeVisible();
  await expect(palette.getByRole("option", { name: /^Go to (Overview|Messages|Settings)/ })).toHaveCount(0);
  await page.keyboard.press("Escape");
  for (const path of ["/messages", "/overview", "/settings/defender-experts/service-status"]) {
    await page.goto(path);
    await expect(page.getByRole("main").getByText(/not available here|expertsBaseUrl/).first()).toBeVisible();
  }
});
