/** Reading a long queue in the background: what is said meanwhile, stopping, going on, and what breaks it off. */

import { expect, type Page, signIn, test } from "./support/test";
import type { Sandbox } from "./support/sandbox";

test.use({ cleanTenant: true, incidents: 600 });

const EVERYTHING = "/incidents?range=all&status=all";

const PROGRESS = /^\d+ (of \d+ )?read/;

const grid = (page: Page) => page.getByRole("grid", { name: "Incidents" });
const button = (page: Page, name: string) => page.getByRole("main").getByRole("button", { name, exact: true });

/** Waits until all have come. */
async function all(page: Page): Promise<void> {
  await expect(grid(page)).toHaveAttribute("aria-rowcount", "601", { timeout: 20_000 });
}

/** Holds back so many of the following pages, each for a while. */
async function slowPages(sandbox: Sandbox, times: number, delayMs = 1_200): Promise<void> {
  await sandbox.post("faults", { host: "graph", pathContains: "skiptoken", delayMs, times });
}

/** The lists that were asked for from their beginning, and the pages after a first one. */
async function lists(sandbox: Sandbox): Promise<{ begun: string[]; pages: string[] }> {
  const seen: { method: string; path: string }[] = await sandbox.get("requests");
  const read = seen.filter(({ method, path }) => method === "GET" && path.includes("/security/incidents?"));
  const paths = read.map(({ path }) => path);
  const next = (path: string) => path.includes("skiptoken");
  const counted = (path: string) => path.includes("count=true") && !next(path);
  return { begun: paths.filter(counted), pages: paths.filter(next) };
}

test("the first rows stand there after the first page, and the rest is counted while it comes", async ({ page, sandbox }) => {
  await slowPages(sandbox, 3);
  await signIn(page, "Omar Haddad", EVERYTHING);
  await expect(page.getByText("50 of 600 read", { exact: true })).toBeVisible();
  await expect(grid(page).getByRole("row").nth(1)).toBeVisible();
  await expect(button(page, "Stop")).toBeVisible();
  await all(page);
  await expect(page.getByText("600 incidents", { exact: true })).toBeVisible();
  await expect(page.getByText(PROGRESS)).toHaveCount(0);
  await expect(button(page, "Stop")).toHaveCount(0);
  expect((await lists(sandbox)).pages).toHaveLength(11);
});

test("what awaits the customer and the first page do not wait for each other", async ({ page, sandbox }) => {
  await sandbox.post("faults", { host: "graph", pathContains: "awaitingAction", delayMs: 25_000 });
  await signIn(page, "Omar Haddad", EVERYTHING);
  await all(page);
  await sandbox.reset();
  await sandbox.post("faults", { host: "graph", pathContains: "count=true", delayMs: 25_000 });
  await page.goto("/incidents?status=awaitingAction&range=all");
  await expect(grid(page).getByText("Awaiting Customer Action").first()).toBeVisible();
});

test("reading is stopped, says what is missing, and goes on where it was", async ({ page, sandbox }) => {
  const sent = new Set<string>();
  page.on("request", (request) => request.url().includes("skiptoken") && sent.add(request.url()));
  await slowPages(sandbox, 4);
  await signIn(page, "Omar Haddad", EVERYTHING);
  await expect(page.getByText("100 of 600 read", { exact: true })).toBeVisible();
  await button(page, "Stop").click();
  const left = page.getByText(/^\d+ read, older ones not loaded$/);
  await expect(left).toBeVisible();
  await expect(button(page, "Continue")).toBeFocused();
  // The page that was on its way is not thrown away; none is asked for after it.
  await expect.poll(async () => 50 + 50 * sent.size - (await readNow(page))).toBe(0);
  const before = await lists(sandbox);
  await page.getByRole("searchbox").fill("no incident has this name");
  await expect(page.getByText(/Older incidents are not loaded and may match/)).toBeVisible();
  await page.getByRole("searchbox").fill("");
  await grid(page).getByRole("link").first().click();
  await expect(page.getByRole("tab", { name: /^Alerts/ })).toBeVisible();
  await page.goBack();
  await expect(left).toBeVisible();
  expect(await lists(sandbox)).toEqual(before);

  await button(page, "Continue").click();
  await all(page);
  await expect(page.getByRole("heading", { name: "Incidents", level: 1 })).toBeFocused();
  const { begun, pages } = await lists(sandbox);
  expect(begun).toEqual(before.begun);
  expect(new Set(pages).size).toBe(pages.length);
  expect(pages.length).toBe(11);
});

test("an error in the middle is said, and reading goes on where it broke off", async ({ page, sandbox, guard }) => {
  guard.expectStatus(500);
  await slowPages(sandbox, 2, 0);
  await sandbox.post("faults", { host: "graph", pathContains: "skiptoken", status: 500, times: 1 });
  await signIn(page, "Omar Haddad", EVERYTHING);
  await expect(page.getByText("150 read, older ones not loaded")).toBeVisible();
  await expect(page.getByText(/could not be loaded: the service failed \(500\)/)).toBeVisible();
  await page.getByRole("button", { name: "Try again" }).click();
  await all(page);
  await expect(page.getByText(/could not be loaded/)).toHaveCount(0);
  const { begun, pages } = await lists(sandbox);
  expect(begun).toHaveLength(1);
  expect(pages).toHaveLength(12);
  expect(new Set(pages).size).toBe(11);
});

test("a lost connection breaks reading off, and it goes on by itself where it was", async ({ page, sandbox, guard }) => {
  guard.expectLostConnection();
  await slowPages(sandbox, 4);
  await signIn(page, "Omar Haddad", EVERYTHING);
  await expect(page.getByText("100 of 600 read", { exact: true })).toBeVisible();
  await page.context().setOffline(true);
  await expect(page.getByText(/^\d+ read, older ones not loaded$/)).toBeVisible();
  await expect(page.getByText(/^No connection since/)).toBeVisible();
  await page.context().setOffline(false);
  await all(page);
  expect((await lists(sandbox)).begun).toHaveLength(1);
});

test("where the address of the next page has expired, the list begins anew", async ({ page, sandbox, guard }) => {
  guard.expectStatus(400);
  await slowPages(sandbox, 2, 0);
  await sandbox.post("faults", { host: "graph", pathContains: "skiptoken", status: 400, times: 1 });
  await signIn(page, "Omar Haddad", EVERYTHING);
  await page.getByRole("button", { name: "Try again" }).click();
  await all(page);
  await expect(page.getByText(PROGRESS)).toHaveCount(0);
  expect((await lists(sandbox)).begun).toHaveLength(2);
});

test("pages keep to the budget of requests a minute", async ({ page, sandbox }) => {
  const { port } = new URL(sandbox.origin("portal"));
  const config = await (await fetch(`http://127.0.0.1:${port}/config.json`)).json();
  await page.route("**/config.json", (route) => route.fulfill({ json: { ...config, graphRequestsPerMinute: 4 } }));
  await page.clock.install();
  await signIn(page, "Omar Haddad", EVERYTHING);
  // Two at once, what awaits the customer and the first page; then one in half a minute.
  await expect(page.getByText("50 of 600 read", { exact: true })).toBeVisible();
  await page.clock.runFor(31_000);
  await expect(page.getByText("100 of 600 read", { exact: true })).toBeVisible();
  await page.clock.runFor(31_000);
  await expect(page.getByText("150 of 600 read", { exact: true })).toBeVisible();
});

async function readNow(page: Page): Promise<number> {
  const words = await page.getByText(/^\d+ read, older ones not loaded$/).textContent();
  return Number.parseInt(words ?? "", 10);
}
