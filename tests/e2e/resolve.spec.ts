/** Marking an incident resolved: offered, never done by itself, and never over somebody else's change. */

import { confirm, flyout } from "./support/response";
import { expect, leap, type Page, signIn, test } from "./support/test";

test.use({ cleanTenant: true, actionSeconds: 1 });

const dialog = (page: Page) => page.getByRole("dialog", { name: "Mark this incident resolved?" });

async function choose(page: Page, classification: string, determination: string): Promise<void> {
  await dialog(page).getByRole("combobox", { name: "Classification" }).selectOption(classification);
  await dialog(page).getByRole("combobox", { name: "Determination" }).selectOption(determination);
}

/** What the portal wrote to Graph about incidents and alerts. */
async function writes(sandbox: any): Promise<string[]> {
  const all: { method: string; path: string }[] = await sandbox.get("requests");
  return all.filter((one) => one.method === "PATCH" && /incidents|alerts_v2/.test(one.path)).map((one) => one.path.split("/").at(-2)!);
}

test("when all tasks are done the portal offers to resolve, and resolves only when asked", async ({ page, sandbox }) => {
  const { phishing } = await sandbox.get("showcase");
  await signIn(page, "Omar Haddad", `/incidents/${phishing.id}?panel=managed-response`);
  const offer = flyout(page).getByText(/All tasks done/);
  // A service that does not close the incident by itself.
  await sandbox.post(`incidents/${phishing.id}`, { status: "inProgress" });
  await page.reload();
  await expect(flyout(page).getByRole("button", { name: "Skip", exact: true }).first()).toBeVisible();
  await expect(offer).toHaveCount(0);
  for (const skip = flyout(page).getByRole("button", { name: "Skip", exact: true }); (await skip.count()) > 0; ) {
    const left = await skip.count();
    await skip.first().click();
    await confirm(page, "Yes, skip this action");
    await expect(skip).toHaveCount(left - 1, { timeout: 15_000 });
  }
  await expect(offer).toBeVisible();
  expect(await writes(sandbox)).toEqual([]);
  await flyout(page).getByRole("button", { name: "Mark resolved" }).click();
  await choose(page, "truePositive", "phishing");
  await dialog(page).getByRole("textbox", { name: "Note" }).fill("Reset and done.");
  await dialog(page).getByRole("button", { name: "Resolve incident" }).click();
  await expect(dialog(page)).toHaveCount(0);
  await page.keyboard.press("Escape");
  await expect(page.getByRole("main").getByText("Resolved", { exact: true }).first()).toBeVisible();
  await page.getByRole("tab", { name: /Comments and history/ }).click();
  await expect(page.getByRole("region", { name: "Closing note" })).toContainText("Reset and done.");
  expect(await writes(sandbox)).toEqual(["incidents"]);
});

test("linked alerts go with it where that is asked for, and the choice is remembered", async ({ page, sandbox }) => {
  const { ransomware, release } = await sandbox.get("showcase");
  await signIn(page, "Omar Haddad", `/incidents/${ransomware.id}`);
  await page.getByRole("button", { name: "Resolve incident" }).click();
  const too = dialog(page).getByRole("checkbox", { name: /Also resolve its \d+ linked alerts/ });
  await expect(too).not.toBeChecked();
  await too.check();
  await choose(page, "truePositive", "multiStagedAttack");
  await dialog(page).getByRole("button", { name: "Resolve incident" }).click();
  await expect(dialog(page)).toHaveCount(0);
  const alerts = (await writes(sandbox)).filter((one) => one === "alerts_v2");
  expect(alerts.length).toBeGreaterThan(1);
  await page.goto(`/incidents/${release.id}`);
  await page.getByRole("button", { name: "Resolve incident" }).click();
  await expect(too).toBeChecked();
});

test("what somebody changed meanwhile is shown before anything is written", async ({ page, sandbox }) => {
  const { ransomware } = await sandbox.get("showcase");
  await signIn(page, "Omar Haddad", `/incidents/${ransomware.id}`);
  await page.getByRole("button", { name: "Resolve incident" }).click();
  await choose(page, "truePositive", "malware");
  await dialog(page).getByRole("textbox", { name: "Note" }).fill("Contained.");
  await sandbox.post(`incidents/${ransomware.id}`, { comment: "Wait: we have found a third server." });
  await dialog(page).getByRole("button", { name: "Resolve incident" }).click();
  await expect(dialog(page).getByText(/The incident has changed since you opened this, last by Defender Experts. Nothing was written/)).toBeVisible();
  expect(await writes(sandbox)).toEqual([]);
  await dialog(page).getByRole("button", { name: "Cancel" }).click();
  await expect(dialog(page)).toHaveCount(0);
  await page.getByRole("button", { name: "Resolve incident" }).click();
  await expect(dialog(page).getByRole("textbox", { name: "Note" })).toHaveValue("Contained.");
  await sandbox.post(`incidents/${ransomware.id}`, { status: "resolved" });
  await choose(page, "truePositive", "malware");
  await dialog(page).getByRole("button", { name: "Resolve incident" }).click();
  await expect(dialog(page).getByText(/The incident is resolved already/).first()).toBeVisible();
  expect(await writes(sandbox)).toEqual([]);
});

test("an alert that has come since is shown before the incident is resolved without it", async ({ page, sandbox, guard }) => {
  guard.expectLostConnection();
  await page.clock.install();
  const { ransomware } = await sandbox.get("showcase");
  await signIn(page, "Omar Haddad", `/incidents/${ransomware.id}`);
  await expect(page.getByRole("tab", { name: /^Alerts/ })).toContainText(/\d/);
  // The list brings the incident's new time without its alerts, and the incident itself cannot be read.
  const whole = /incidents\/\d+\?.*expand/;
  await page.route(whole, (route) => route.abort());
  await sandbox.post(`incidents/${ransomware.id}`, { alert: "A third server joins in" });
  const refused = page.waitForEvent("requestfailed", (request) => whole.test(request.url()));
  await leap(page, 70_000);
  await refused;
  await page.unroute(whole);
  await page.getByRole("button", { name: "Resolve incident" }).click();
  const too = dialog(page).getByRole("checkbox", { name: /Also resolve its \d+ linked alerts/ });
  const words = await too.evaluate((box: HTMLInputElement) => box.labels?.[0]?.textContent ?? "");
  const count = Number(words.match(/\d+/)![0]);
  await too.check();
  await choose(page, "truePositive", "malware");
  await dialog(page).getByRole("button", { name: "Resolve incident" }).click();
  await expect(dialog(page).getByText(/The incident has changed since you opened this/)).toBeVisible();
  expect(await writes(sandbox)).toEqual([]);
  await expect(dialog(page).getByRole("checkbox", { name: `Also resolve its ${count + 1} linked alerts` })).toBeVisible();
});

test("a lost answer is read back: resolved is resolved, and what is not known is said", async ({ page, sandbox, guard }) => {
  guard.expectLostConnection();
  guard.expectStatus(503);
  const { ransomware, release } = await sandbox.get("showcase");
  await signIn(page, "Omar Haddad", `/incidents/${ransomware.id}`);
  await sandbox.post("faults", { host: "graph", method: "PATCH", pathContains: "/incidents/", dropAfterCommit: true });
  await page.getByRole("button", { name: "Resolve incident" }).click();
  await choose(page, "truePositive", "malware");
  await dialog(page).getByRole("button", { name: "Resolve incident" }).click();
  await expect(dialog(page)).toHaveCount(0, { timeout: 20_000 });
  await page.goto(`/incidents/${release.id}`);
  await sandbox.post("faults", { host: "graph", method: "PATCH", pathContains: "/incidents/", status: 503 });
  await page.getByRole("button", { name: "Resolve incident" }).click();
  await choose(page, "truePositive", "malware");
  await dialog(page).getByRole("button", { name: "Resolve incident" }).click();
  await expect(dialog(page).getByText(/It is not known whether the incident was resolved/)).toBeVisible({ timeout: 20_000 });
  expect(await writes(sandbox)).toEqual(["incidents", "incidents"]);
});

test("a resolution that lands late is found by trying again, and its alerts go with it", async ({ page, sandbox, guard }) => {
  test.slow();
  guard.expectLostConnection();
  const { ransomware } = await sandbox.get("showcase");
  const status = async () => {
    const { access_token } = await sandbox.post("tokens", { person: "Ada Lindqvist", resource: "graph" });
    return page.evaluate(
      async ([url, token]) => {
        const answer = await fetch(url!, { headers: { authorization: `Bearer ${token}` } });
        return (await answer.json()).status;
      },
      [`${sandbox.origin("graph")}/v1.0/security/incidents/${ransomware.id}`, access_token],
    );
  };
  await signIn(page, "Omar Haddad", `/incidents/${ransomware.id}`);
  await sandbox.post("faults", { host: "graph", method: "PATCH", pathContains: "/incidents/", commitAfterMs: 20_000 });
  await page.getByRole("button", { name: "Resolve incident" }).click();
  await dialog(page).getByRole("checkbox", { name: /Also resolve its \d+ linked alerts/ }).check();
  await choose(page, "truePositive", "malware");
  await dialog(page).getByRole("textbox", { name: "Note" }).fill("Contained.");
  await dialog(page).getByRole("button", { name: "Resolve incident" }).click();
  await expect(dialog(page).getByText(/It is not known whether the incident was resolved/)).toBeVisible({ timeout: 20_000 });
  await expect.poll(status, { timeout: 30_000 }).toBe("resolved");
  await dialog(page).getByRole("button", { name: "Resolve incident" }).click();
  await expect(dialog(page)).toHaveCount(0, { timeout: 20_000 });
  const all = await writes(sandbox);
  expect(all.filter((one) => one === "incidents")).toHaveLength(1);
  expect(all.filter((one) => one === "alerts_v2").length).toBeGreaterThan(1);
});

test("a reader is told who can resolve, and a classification is asked for", async ({ page, sandbox }) => {
  const { investigating } = await sandbox.get("showcase");
  await signIn(page, "Rhea Novak", `/incidents/${investigating.id}`);
  const button = page.getByRole("button", { name: "Resolve incident" });
  await expect(button).toHaveAccessibleDescription(/Security Reader can read but not act/);
  await button.click({ force: true });
  await expect(dialog(page)).toHaveCount(0);
});
