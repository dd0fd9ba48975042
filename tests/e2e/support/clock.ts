/** Time that passes on a fake clock, as it would on a real one: no answer is broken off, and nothing that waits for time is missed. */

import { type BrowserContext, expect, type Page, type Request } from "@playwright/test";

const underWay = new WeakMap<BrowserContext, Set<Request>>();

/** Keeps count of what a context has asked for and what has been answered. A stream of events has no end, and is no part of it. */
export function countTraffic(context: BrowserContext): void {
  const open = new Set<Request>();
  const ended = (request: Request) => open.delete(request);
  context.on("request", (request) => {
    if (!new URL(request.url()).pathname.endsWith("/events")) open.add(request);
  });
  context.on("requestfinished", ended).on("requestfailed", ended);
  underWay.set(context, open);
}

/** Everything that was asked for is answered, except for what a spec holds back for longer than a moment. */
export async function answered(context: BrowserContext): Promise<void> {
  const open = underWay.get(context);
  if (open === undefined) throw new Error("nobody counts what this context asks for");
  const answers = expect.poll(() => open.size, { intervals: [5, 10, 20, 50], timeout: 3_000 }).toBe(0);
  await answers.catch(() => undefined);
}

/** What follows changes is there, and nothing is under way that a leap of the clock would break off, or that a fault would hit in a later request's place. */
export async function atRest(page: Page): Promise<void> {
  const late = page.getByRole("button", { name: /^Search and commands/, includeHidden: true });
  await expect(late).toBeAttached();
  await page.waitForLoadState("networkidle");
  await answered(page.context());
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
