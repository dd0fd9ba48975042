/** The stream of events: one for all tabs of a person, and nothing is missed when it changes hands, or where it does not last. */

import type { BrowserContext, Route } from "@playwright/test";
import { expect, type Page, pass, signIn, test } from "./support/test";
import { pause } from "./support/schedule";
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

/** What comes in the stream's place; whether a question waits for its answer; for how long the requests are counted, and their limit. */
for (const [way, stream, waits, seconds, most] of [
  ["a page of a proxy's comes in the stream's place", HTML, true, 20, 4],
  ["the stream is closed at once", CLOSED, true, 20, 4],
  ["neither the stream nor an answer lasts", CLOSED, false, 60, 10],
] as const) {
  test(`where ${way}, the service is asked a few times a minute, and what is said arrives`, async ({ page, context, sandbox }) => {
    test.slow();
    const { ransomware } = await sandbox.get("showcase");
    let [tried, asked] = [0, 0];
    page.on("request", (request) => {
      if (request.method() === "GET" && /\/events(\/poll)?\?/.test(request.url())) asked += 1;
    });
    await page.route(/\/events\?topics=/, (route) => ((tried += 1), stream(route)));
    if (!waits) {
      await page.clock.install();
      await page.route(/\/events\/poll\?/, (route) => route.continue({ url: route.request().url().replace(/&wait=\d+/, "") }));
    }
    await signIn(page, "Omar Haddad", `/incidents/${ransomware.id}?panel=managed-response&part=chat`);
    await box(page).fill("Is the backup safe to start?");
    await page.getByRole("button", { name: "Send", exact: true }).click();
    // What was asked, the assistant's welcome and an expert's answer: then nothing happens any more.
    await expect(log(page).getByRole("listitem")).toHaveCount(3, { timeout: 90_000 });
    expect(tried).toBeGreaterThan(0);
    // That the answer has been read is an event, too.
    if (!waits) await pass(context, 30_000);
    asked = 0;
    // A question that waits for its answer does so for real. One that does not must not seem to, as it would over a long leap.
    if (waits) await pause(seconds * 1_000);
    else for (let at = 0; at < seconds; at += 1) await pass(context, 1_000);
    expect(asked).toBeLessThanOrEqual(most);
    const { items } = await told(page, sandbox, `/chat/threads?incidentId=${ransomware.id}`);
    await sandbox.post(`conversations/${items[0].id}`, { text: "Wait for the second scan." });
    if (!waits) await pass(context, 60_000);
    await expect(log(page).getByText("Wait for the second scan.")).toBeVisible({ timeout: 15_000 });
  });
}
