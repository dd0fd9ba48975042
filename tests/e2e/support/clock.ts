/** Time that passes on a fake clock, as it would on a real one: no answer is broken off, and nothing that waits for time is missed. */

import { type BrowserContext, expect, type Page, type Request } from "@playwright/test";

/** What a context has asked for and has no answer to, and when the last question or answer was. */
interface Traffic {
  open: Set<Request>;
  moved: number;
}

const traffics = new WeakMap<BrowserContext, Traffic>();

/** Keeps count of what a context has asked for and what has been answered. A stream of events has no end, and is no part of it. */
export function countTraffic(context: BrowserContext): void {
  const traffic: Traffic = { open: new Set(), moved: Date.now() };
  const ended = (request: Request) => {
    traffic.open.delete(request);
    traffic.moved = Date.now();
  };
  context.on("request", (request) => {
    if (new URL(request.url()).pathname.endsWith("/events")) return;
    traffic.open.add(request);
    traffic.moved = Date.now();
  });
  context.on("requestfinished", ended).on("requestfailed", ended);
  traffics.set(context, traffic);
}

/** Everything that was asked for is answered, and was `quiet` milliseconds ago, except for what a spec holds back for longer than a moment. */
export async function answered(context: BrowserContext, quiet = 0): Promise<void> {
  const traffic = traffics.get(context);
  if (traffic === undefined) throw new Error("nobody counts what this context asks for");
  const still = () => traffic.open.size === 0 && Date.now() - traffic.moved >= quiet;
  const answers = expect.poll(still, { intervals: [5, 10, 20, 50], timeout: 3_000 }).toBe(true);
  await answers.catch(() => undefined);
}

/** The page has done what it had to do: a message that it sends to itself has come round. No fake clock holds messages up. */
const comeRound = (page: Page) =>
  page.evaluate(
    () =>
      new Promise<void>((resolve) => {
        const channel = new MessageChannel();
        channel.port1.onmessage = () => resolve();
        channel.port2.postMessage(null);
      }),
  );

/**
 * What follows changes is there, and nothing is under way that a leap of the clock would break off, or that a fault would hit in a later
 * request's place. An answer often leads to the next question (a list's second page), so the silence has to last, and the page has to be idle.
 */
export async function atRest(page: Page): Promise<void> {
  const late = page.getByRole("button", { name: /^Search and commands/, includeHidden: true });
  await expect(late).toBeAttached();
  await answered(page.context(), 150);
  await comeRound(page);
  await answered(page.context(), 150);
}

/** Time passes in all tabs of a context together: they have one clock. It stands still while an answer is on its way. */
export async function pass(context: BrowserContext, milliseconds: number): Promise<void> {
  for (let left = milliseconds; left > 0; left -= 5_000) {
    await context.clock.runFor(Math.min(left, 5_000));
    await answered(context);
  }
}

/** So much time passes for a page that has come to rest. */
export async function leap(page: Page, milliseconds: number): Promise<void> {
  await atRest(page);
  await pass(page.context(), milliseconds);
}
