/** Evidence of an alert: every type of the schema has its line, and opens to what is known of it. */

import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, type Page, signIn, test } from "./support/test";

test.use({ cleanTenant: true });

const TYPES = JSON.parse(readFileSync(path.join(__dirname, "../fixtures/evidence-types.json"), "utf8"));

/** Opens the only alert of an incident that has all kinds of evidence. */
async function open(page: Page, sandbox: any): Promise<void> {
  const { investigating } = await sandbox.get("showcase");
  const at = "2026-11-20T09:00:00Z";
  const alert = { id: "a-1", title: "Everything at once", severity: "high", status: "new", evidence: TYPES };
  const body = { id: investigating.id, displayName: "All kinds", status: "active", severity: "high", createdDateTime: at, lastUpdateDateTime: at, alerts: [alert] };
  await sandbox.post("faults", { host: "graph", pathContains: `/security/incidents/${investigating.id}`, status: 200, body, times: 9 });
  await signIn(page, "Omar Haddad", `/incidents/${investigating.id}?tab=alerts`);
  await page.getByRole("tabpanel").getByRole("button", { name: /^Everything at once/ }).click();
}

const row = (page: Page, kind: string) =>
  page.getByRole("row").filter({ has: page.getByRole("cell", { name: kind, exact: true }) }).first();

test("every type of the schema has a line with a name and a kind, and what nobody has named opens too", async ({ page, sandbox }) => {
  await open(page, sandbox);
  const rows = page.getByRole("table").getByRole("row").filter({ has: page.getByRole("rowheader") });
  await expect(rows).toHaveCount(TYPES.length);
  for (const words of await rows.getByRole("rowheader").allTextContents()) expect(words.trim()).not.toBe("");
  const machine = row(page, "IoT device");
  await machine.getByRole("button", { name: /^Show the properties of/ }).click();
  const facts = page.getByRole("row").filter({ hasText: "Serial number" });
  await expect(facts).toContainText("ioTDevice serialNumber");
  await expect(facts).toContainText("Is authorized");
  await expect(facts).toContainText("IP address: IP address");
});

for (const [kind, facts] of [
  ["Device", ["DNS name", "build-7.example.com", "Logged-on users", "Device group", "Servers", "Last external IP address", "203.0.113.8"]],
  ["User", ["User principal name", "Entra user id", "SID"]],
  ["File", ["Folder", "/tmp", "SHA-256", "Publisher"]],
  ["Process", ["Command line", "process processCommandLine", "Parent process id"]],
  ["IP address", ["Country", "Austria", "City", "Vienna"]],
  ["URL", ["https://bad.example/a"]],
  ["Mailbox", ["Primary address", "mailbox primaryAddress"]],
  ["Email", ["Subject", "Sender", "Recipient", "Received", "Network message id"]],
  ["Cloud app", ["App id", "Instance"]],
  ["OAuth app", ["Publisher", "Object id"]],
  ["Registry key", ["Hive", "Key"]],
  ["Registry value", ["Value name", "Type", "Data"]],
  ["Security group", ["Friendly name", "Distinguished name", "SID"]],
] as const) {
  test(`${kind}: its own properties, by keyboard`, async ({ page, sandbox }) => {
    await open(page, sandbox);
    const show = row(page, kind).getByRole("button", { name: /^Show/ });
    await show.focus();
    await page.keyboard.press("Enter");
    const hide = row(page, kind).getByRole("button", { name: /^Hide/ });
    await expect(hide).toBeFocused();
    await expect(hide).toHaveAttribute("aria-expanded", "true");
    const shown = page.getByRole("table").getByRole("definition");
    await expect(shown.first()).toBeVisible();
    const all = page.getByRole("row").filter({ has: page.getByRole("definition") });
    for (const words of facts) await expect(all).toContainText(words);
    await page.keyboard.press("Enter");
    await expect(all).toHaveCount(0);
  });
}

test("the times of evidence follow the time zone", async ({ page, sandbox }) => {
  await open(page, sandbox);
  await row(page, "Email").getByRole("button", { name: /^Show/ }).click();
  const all = page.getByRole("row").filter({ has: page.getByRole("definition") });
  await page.getByRole("combobox", { name: "Time zone" }).selectOption("UTC");
  await expect(all).toContainText("09:30");
});
