/** Following changes: how often Graph is asked, by how many tabs, and that all of them show what is new. */

import type { BrowserContext } from "@playwright/test";
import { expect, leap, type Page, pass, signIn, test } from "./support/test";

test.use({ cleanTenant: true });

const TABS = 10;
const MINUTES = 5;

/** How often Graph is asked, from now on. */
function counted(context: BrowserContext): () => number {
  let asked = 0;
  context.on("request", (request) => {
    if (new URL(request.url()).hostname === "graph.localhost" && request.method() !== "OPTIONS") asked += 1;
  });
  return () => asked;
}

/** What a browser tells a page that is put into the background. */
async function hide(page: Page, hidden: boolean): Promise<void> {
  await page.evaluate((state) => {
    Object.defineProperty(document, "visibilityState", { configurable: true, get: () => state });
    document.dispatchEvent(new Event("visibilitychange"));
    window.dispatchEvent(new Event("visibilitychange"));
  }, hidden ? "hidden" : "visible");
}

async function open(context: BrowserContext, first: boolean): Promise<Page> {
  if (first) await context.clock.install();
  const page = await context.newPage();
  if (first) await signIn(page, "Omar Haddad", "/incidents");
  else await page.goto("/incidents");
  await expect(page.getByRole("grid", { name: "Incidents" })).toBeVisible();
  await leap(page, 5_000);
  return page;
}

test("one idle tab asks Graph at most twice a minute, and not at all once nobody sees it", async ({ context }) => {
  const page = await open(context, true);
  const asked = counted(context);
  await pass(context, MINUTES * 60_000);
  await page.waitForLoadState("networkidle");
  expect(asked()).toBeGreaterThanOrEqual(MINUTES - 1);
  expect(asked()).toBeLessThanOrEqual(2 * MINUTES);
  await hide(page, true);
  const before = asked();
  await pass(context, MINUTES * 60_000);
  expect(asked()).toBe(before);
  // Seen again, it asks at once.
  await hide(page, false);
  await expect.poll(asked).toBeGreaterThan(before);
});

test("an incident that the service shows late, with an older update than one that is known, is shown by every tab", async ({ context, sandbox }) => {
  const { investigating, ransomware } = await sandbox.get("showcase");
  const pages = [await open(context, true), await open(context, false)];
  const shown = async (name: string) => {
    for (const page of pages) await expect(page.getByRole("link", { name })).toBeAttached();
  };
  await pass(context, 2 * 60_000);
  await sandbox.post(`incidents/${ransomware.id}`, { displayName: "Renamed in time" });
  await pass(context, 2 * 60_000);
  await shown("Renamed in time");
  await sandbox.post("clock", { advanceSeconds: -60 });
  await sandbox.post(`incidents/${investigating.id}`, { displayName: "Renamed a minute before that" });
  await sandbox.post("clock", { advanceSeconds: 60 });
  await pass(context, 2 * 60_000);
  await shown("Renamed a minute before that");
});

test("ten tabs ask as one, and each shows what has changed", async ({ context, sandbox }) => {
  test.slow();
  const { investigating } = await sandbox.get("showcase");
  const pages: Page[] = [];
  for (let at = 0; at < TABS; at += 1) pages.push(await open(context, at === 0));
  await pass(context, 3 * 60_000);
  const asked = counted(context);
  await pass(context, MINUTES * 60_000);
  expect(asked()).toBeGreaterThanOrEqual(MINUTES - 1);
  expect(asked()).toBeLessThanOrEqual(2 * MINUTES);
  await sandbox.post(`incidents/${investigating.id}`, { displayName: "Renamed by an expert" });
  await pass(context, 2 * 60_000);
  for (const page of pages) {
    await expect(page.getByRole("link", { name: "Renamed by an expert" })).toBeAttached();
  }
  // The tab whose turn it is goes; another one takes it.
  await pages[0]!.close();
  const before = asked();
  await pass(context, MINUTES * 60_000);
  expect(asked() - before).toBeGreaterThanOrEqual(MINUTES - 2);
  expect(asked() - before).toBeLessThanOrEqual(2 * MINUTES);
});
