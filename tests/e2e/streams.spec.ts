/** The stream of events: one for all tabs of a person, and nothing is missed when it changes hands, or where it does not last. */

import type { BrowserContext, Route } from "@playwright/test";
import { expect, type Page, pass, signIn, test } from "./support/test";
import { box, told } from "./support/talk";

test.use({ cleanTenant: true });

const log = (page: Page) => page.getByRole("log", { name: "Messages" });

/** Streams of a context: how many were begun, and how many are open. */
function streams(context: BrowserContext): { begun: number; open: Set<unknown> } {
  const all = { begun: 0, open: new Set<unknown>() };
  context.on("request", (request) => {
    if (request.method() !== "GET" || !new URL(request.url()).pathname.endsWith("/events")) return;
    all.begun += 1;
    all.open.add(request);
  });
  const ended = (request: unknown) => all.open.delete(request);
  context.on("requestfinished", ended).on("requestfailed", ended);
  return all;
}

test("three tabs hold one stream, each shows what it brings, and another takes it on", async ({ page: first, context, sandbox }) => {
  test.slow();
  const { ransomware } = await sandbox.get("showcase");
  const chat = `/incidents/${ransomware.id}?panel=managed-response&part=chat`;
  const held = streams(context);
  await signIn(first, "Omar Haddad", chat);
  await box(first).fill("Is the backup safe to start?");
  await first.getByRole("button", { name: "Send", exact: true }).click();
  await expect(log(first).getByText("Is the backup safe to start?")).toBeVisible();
  await expect.poll(() => held.open.size).toBe(1);

  const others = [await context.newPage(), await context.newPage()];
  for (const other of others) {
    await other.goto(chat);
    await expect(log(other).getByText("Is the backup safe to start?")).toBeVisible({ timeout: 20_000 });
  }
  const { items } = await told(first, sandbox, `/chat/threads?incidentId=${ransomware.id}`);
  const say = (text: string) => sandbox.post(`conversations/${items[0].id}`, { text });
  await say("Wait for the second scan.");
  for (const page of [first, ...others]) {
    await expect(log(page).getByText("Wait for the second scan.")).toBeVisible({ timeout: 15_000 });
  }
  expect(held.open.size).toBe(1);
  expect(held.begun).toBe(1);

  // What is said while nobody holds the stream is not missed.
  await first.close();
  await say("The scan is clean.");
  for (const page of others) {
    await expect(log(page).getByText("The scan is clean.")).toBeVisible({ timeout: 20_000 });
  }
  await expect.poll(() => held.begun).toBe(2);
  await say("Go ahead.");
  for (const page of others) {
    await expect(log(page).getByText("Go ahead.")).toBeVisible({ timeout: 15_000 });
  }
  expect(held.begun).toBe(2);
});

const answering = (contentType: string, body: string) => (route: Route) =>
  route.fulfill({ contentType, body, headers: { "access-control-allow-origin": "*" } });
const HTML = answering("text/html; charset=utf-8", "<!doctype html><title>Please wait</title>");
const CLOSED = answering("text/event-stream", "retry: 3000\n\n");

for (const [way, stream, waits] of [
  ["a page of a proxy's comes in the stream's place", HTML, true],
  ["the stream is closed at once", CLOSED, true],
  ["neither the stream nor an answer lasts", CLOSED, false],
] as const) {
  test(`where ${way}, the service is asked a few times a minute, and what is said arrives`, async ({ page, context, sandbox }) => {
    test.slow();
    await page.clock.install();
    const { ransomware } = await sandbox.get("showcase");
    await page.route(/\/events\?topics=/, stream);
    if (!waits) {
      await page.route(/\/events\/poll\?/, (route) => route.continue({ url: route.request().url().replace(/&wait=\d+/, "") }));
    }
    await signIn(page, "Omar Haddad", `/incidents/${ransomware.id}?panel=managed-response&part=chat`);
    await box(page).fill("Is the backup safe to start?");
    await page.getByRole("button", { name: "Send", exact: true }).click();
    await expect(log(page).getByText("Is the backup safe to start?")).toBeVisible();
    let asked = 0;
    page.on("request", (request) => {
      if (request.method() === "GET" && /\/events(\/poll)?\?/.test(request.url())) asked += 1;
    });
    await pass(context, 60_000);
    expect(asked).toBeGreaterThan(0);
    expect(asked).toBeLessThanOrEqual(10);
    const { items } = await told(page, sandbox, `/chat/threads?incidentId=${ransomware.id}`);
    await sandbox.post(`conversations/${items[0].id}`, { text: "Wait for the second scan." });
    if (!waits) await pass(context, 60_000);
    await expect(log(page).getByText("Wait for the second scan.")).toBeVisible({ timeout: 30_000 });
  });
}
