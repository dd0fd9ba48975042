import { expect, leap, signIn, test } from "./support/test";

test.use({ cleanTenant: true });

test("the page shows every field, its alerts with evidence, and what is impacted", async ({ page, sandbox }) => {
  const { ransomware } = await sandbox.get("showcase");
  await signIn(page, "Omar Haddad", `/incidents/${ransomware.id}`);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(ransomware.displayName);
  for (const label of ["Status", "Severity", "Assigned to", "Classification", "Determination", "Tags", "ID", "Last update"]) {
    await expect(page.getByRole("term").filter({ hasText: new RegExp(`^${label}$`) })).toBeVisible();
  }
  await expect(page.getByText("Awaiting Customer Action", { exact: true })).toBeVisible();
  await expect(page.getByRole("region", { name: "Impacted assets" }).getByText(/prod-sql-02/)).toBeVisible();
  await page.getByRole("tab", { name: /^Alerts/ }).click();
  await expect(page).toHaveURL(/tab=alerts/);
  const alert = page.getByRole("tabpanel").getByRole("button").first();
  await alert.click();
  await expect(alert).toHaveAttribute("aria-expanded", "true");
  await expect(page.getByRole("columnheader", { name: "Verdict" })).toBeVisible();
});

test("a comment is added, and the box says that experts do not answer here", async ({ page, sandbox }) => {
  const { investigating } = await sandbox.get("showcase");
  await signIn(page, "Omar Haddad", `/incidents/${investigating.id}?tab=comments`);
  const box = page.getByRole("textbox", { name: "Add a comment" });
  await expect(page.getByText("Defender Experts do not read or answer comments here.")).toBeVisible();
  const add = page.getByRole("button", { name: "Add comment" });
  await expect(add).toHaveAttribute("aria-disabled", "true");
  await box.fill("Checked with the owner: <b>planned</b> maintenance.");
  await add.click();
  await expect(page.getByRole("list", { name: "Comments and history" }).getByText("<b>planned</b>")).toBeVisible();
  await expect(box).toHaveValue("");
});

test("what was typed survives a reload and a new sign-in, until it is sent", async ({ page, sandbox }) => {
  const { investigating } = await sandbox.get("showcase");
  await signIn(page, "Omar Haddad", `/incidents/${investigating.id}?tab=comments`);
  const box = page.getByRole("textbox", { name: "Add a comment" });
  await box.pressSequentially("Half a thou");
  // What is typed is kept within a second.
  await page.waitForTimeout(1_000);
  await page.reload();
  await expect(box).toHaveValue("Half a thou");
  await page.getByRole("button", { name: "Add comment" }).click();
  await expect(box).toHaveValue("");
  await page.waitForTimeout(1_000);
  await page.reload();
  await expect(page.getByRole("listitem").filter({ hasText: "Half a thou" })).toBeVisible();
  await expect(box).toHaveValue("");
});

test("a comment whose answer is lost is neither sent again nor thrown away", async ({ page, sandbox, guard }) => {
  guard.expectLostConnection();
  const { investigating } = await sandbox.get("showcase");
  await signIn(page, "Omar Haddad", `/incidents/${investigating.id}?tab=comments`);
  await sandbox.post("faults", { host: "graph", method: "POST", pathContains: "/comments", dropAfterCommit: true });
  await page.getByRole("textbox", { name: "Add a comment" }).fill("Only once, please.");
  await page.getByRole("button", { name: "Add comment" }).click();
  await expect(page.getByText(/It is not known whether the comment was added/)).toBeVisible();
  await expect(page.getByRole("textbox", { name: "Add a comment" })).toHaveValue("Only once, please.");
  await expect(page.getByRole("listitem").filter({ hasText: "Only once, please." })).toHaveCount(1);
});

test("the experts' closing note stands in comments and history", async ({ page, sandbox }) => {
  const { falsePositive } = await sandbox.get("showcase");
  await signIn(page, "Omar Haddad", `/incidents/${falsePositive.id}?tab=comments`);
  await expect(page.getByRole("region", { name: "Closing note" })).toBeVisible();
});

test("a link to a merged incident leads to the one it became part of", async ({ page, sandbox }) => {
  const { redirected, ransomware } = await sandbox.get("showcase");
  await signIn(page, "Omar Haddad", `/incidents/${redirected.id}`);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(ransomware.displayName);
  await expect(page.getByText(`Incident ${redirected.id} was merged into this one.`)).toBeVisible();
});

test("an unknown id says so and what to do", async ({ page, guard }) => {
  guard.expectStatus(404);
  await signIn(page, "Omar Haddad", "/incidents/999999999");
  await expect(page.getByText("The incident was not found")).toBeVisible();
  await expect(page.getByText(/Go back to the list/)).toBeVisible();
});

test("a Security Reader reads everything and is told who can comment", async ({ page, sandbox }) => {
  const { investigating } = await sandbox.get("showcase");
  await signIn(page, "Rhea Novak", `/incidents/${investigating.id}?tab=comments`);
  const add = page.getByRole("button", { name: "Add comment" });
  await expect(add).toHaveAttribute("aria-disabled", "true");
  await expect(add).toHaveAccessibleDescription(/Security Reader can read but not act. Security Operator or higher can/);
});

test("an alert that comes while the page is open is counted, and listed", async ({ page, sandbox }) => {
  await page.clock.install();
  const { ransomware } = await sandbox.get("showcase");
  await signIn(page, "Omar Haddad", `/incidents/${ransomware.id}?tab=alerts`);
  const tab = page.getByRole("tab", { name: /^Alerts/ });
  await expect(tab).toContainText(/\d/);
  const before = Number((await tab.innerText()).match(/\d+/)![0]);
  await sandbox.post(`incidents/${ransomware.id}`, { alert: "A third server joins in" });
  await leap(page, 70_000);
  await expect(tab).toContainText(String(before + 1));
  await expect(page.getByRole("main").getByText("A third server joins in").first()).toBeVisible();
});
