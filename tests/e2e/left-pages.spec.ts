/** A page that is left: what it alone was waiting for is broken off, what others share and what is written is not. */

import type { Request } from "@playwright/test";
import { expect, type Page, signIn, test } from "./support/test";

test.use({ cleanTenant: true });

/**
 * Requests that the page has given up before their answer. Chromium calls those aborted, too, whose answer a busy page
 * has read to its last byte before the browser's own note of the end was there.
 */
function brokenOff(page: Page): Request[] {
  const all: Request[] = [];
  const answered = new Set<Request>();
  page.on("response", (response) => answered.add(response.request()));
  page.on("requestfailed", (request) => {
    if (request.failure()?.errorText === "net::ERR_ABORTED" && !answered.has(request)) all.push(request);
  });
  return all;
}

const alerts = (request: Request) => request.url().includes("/security/alerts_v2?");

test("its own reading is broken off, and begins again when somebody comes back", async ({ page, sandbox }) => {
  await signIn(page, "Omar Haddad");
  await expect(page.getByRole("heading", { level: 1, name: "Home" })).toBeVisible();
  const gone = brokenOff(page);
  // Longer than anybody stays on the page.
  await sandbox.post("faults", { host: "graph", method: "GET", pathContains: "/security/alerts_v2", delayMs: 20_000 });
  const begun = page.waitForRequest(alerts);
  await page.getByRole("link", { name: "Alerts", exact: true }).click();
  await begun;
  await expect(page.getByRole("main").getByText("Loading…").first()).toBeVisible();
  await page.getByRole("link", { name: "Home", exact: true }).first().click();
  await expect(page.getByRole("heading", { level: 1, name: "Home" })).toBeVisible();
  await expect.poll(() => gone.filter(alerts).length).toBe(1);
  await expect(page.getByText("No connection since")).toHaveCount(0);
  await page.getByRole("link", { name: "Alerts", exact: true }).click();
  await expect(page.getByRole("main").getByRole("grid").getByRole("link").first()).toBeVisible();
  await expect(page.getByText(/could not be loaded/)).toHaveCount(0);
});

test("what other pages show as well is read to its end", async ({ page, sandbox }) => {
  const { investigating } = await sandbox.get("showcase");
  await signIn(page, "Omar Haddad");
  await expect(page.getByRole("heading", { level: 1, name: "Home" })).toBeVisible();
  const gone = brokenOff(page);
  const one = new RegExp(`/security/incidents/${investigating.id}\\?`);
  await sandbox.post("faults", { host: "graph", method: "GET", pathContains: `/security/incidents/${investigating.id}`, delayMs: 1_500 });
  await page.getByRole("link", { name: "Incidents", exact: true }).click();
  await page.getByRole("searchbox", { name: "Search for name or ID" }).fill(investigating.id);
  const begun = page.waitForRequest(one);
  const done = page.waitForResponse(one);
  await page.getByRole("grid").getByRole("link", { name: investigating.displayName }).click();
  await begun;
  await page.getByRole("link", { name: "Home", exact: true }).first().click();
  await done;
  expect(gone.filter((request) => one.test(request.url()))).toEqual([]);
});

test("nothing that is written is broken off", async ({ page, sandbox }) => {
  const { investigating } = await sandbox.get("showcase");
  await signIn(page, "Omar Haddad", `/incidents/${investigating.id}?tab=comments`);
  const gone = brokenOff(page);
  await page.getByRole("textbox", { name: "Add a comment" }).fill("Written on the way out.");
  await sandbox.post("faults", { host: "graph", method: "POST", pathContains: "/comments", delayMs: 1_500 });
  const sent = page.waitForRequest((request) => request.method() === "POST" && request.url().endsWith("/comments"));
  await page.getByRole("button", { name: "Add comment" }).click();
  await sent;
  await page.getByRole("link", { name: "Home", exact: true }).first().click();
  await expect(page.getByRole("heading", { level: 1, name: "Home" })).toBeVisible();
  const added = async () => {
    const requests = await sandbox.get("requests");
    return requests.filter((one: { method: string; path: string; status: number }) => one.method === "POST" && one.path.endsWith("/comments")).map((one: { status: number }) => one.status);
  };
  await expect.poll(added).toEqual([200]);
  const written = gone.filter((request) => request.method() !== "GET");
  expect(written.map((request) => `${request.method()} ${request.url()}`)).toEqual([]);
  await page.goBack();
  await expect(page.getByRole("listitem").filter({ hasText: "Written on the way out." })).toHaveCount(1);
});

test("a document that has not changed is not sent again, and one that has is", async ({ page, sandbox }) => {
  const { ransomware } = await sandbox.get("showcase");
  await signIn(page, "Omar Haddad", `/incidents/${ransomware.id}?panel=managed-response`);
  const summary = page.getByRole("dialog", { name: "Managed response" }).getByRole("region", { name: "Investigation summary" });
  await expect(summary.getByText(/An attacker working by hand/)).toBeVisible();
  const answers = async () => {
    const requests = await sandbox.get("requests");
    return requests.filter((one: { method: string; path: string }) => one.method === "GET" && one.path.endsWith(`/${ransomware.id}/managed-response`)).map((one: { status: number }) => one.status);
  };
  const before = (await answers()).length;
  expect((await answers())[0]).toBe(200);
  const openAgain = async () => {
    await page.keyboard.press("Escape");
    await expect(summary).toHaveCount(0);
    await page.getByRole("button", { name: /^(View m|M)anaged response$/ }).first().click();
  };
  await openAgain();
  await expect.poll(async () => (await answers()).length).toBeGreaterThan(before);
  expect((await answers()).at(-1)).toBe(304);
  await expect(summary.getByText(/An attacker working by hand/)).toBeVisible();
  await expect(page.getByText("Not up to date.")).toHaveCount(0);
  await sandbox.post(`incidents/${ransomware.id}`, { publish: { markdown: "Rewritten by an expert." } });
  await openAgain();
  await expect(summary.getByText("Rewritten by an expert.")).toBeVisible();
});
