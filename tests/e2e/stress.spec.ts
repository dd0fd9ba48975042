/** Nothing that answers late finds a page, a flyout or a portal that has gone. */

import { embed } from "./support/embed";
import { expect, signIn, test } from "./support/test";

test.use({ cleanTenant: true });

const ROUNDS = process.env.PORTAL_THOROUGH ? 200 : 40;
const SEED = Number(process.env.PORTAL_SEED ?? 1);

/** The same numbers for the same seed (mulberry32), from 0 up to 1. */
function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

test("two hundred ways through queue, incident and flyout while answers are late", async ({ page, sandbox, guard }) => {
  test.setTimeout(30_000 + ROUNDS * 3_000);
  guard.expectStatus(404);
  const next = numbers(SEED);
  const showcase = await sandbox.get("showcase");
  const { ransomware, phishing, investigating } = showcase;
  await signIn(page, "Omar Haddad", `/incidents/${ransomware.id}`);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(ransomware.displayName);
  for (const host of ["graph", "experts"]) {
    await sandbox.post("faults", { host, method: "GET", delayMs: 120, times: 1_000_000 });
  }
  // Presses what is there, and waits for nothing that is not.
  const press = (role: "link" | "button" | "tab" | "row", name?: RegExp) =>
    page.getByRole(role, { name, includeHidden: true }).evaluateAll((all, at) => {
      const chosen = all[Math.floor(at * all.length)];
      (chosen as HTMLElement | undefined)?.click();
    }, next());
  const ways: (() => Promise<unknown>)[] = [
    () => press("button", /managed response/i),
    () => press("button", /^Close$/),
    () => press("link", /^Incidents$/),
    () => press("link", /^Home$/),
    () => press("tab"),
    () => page.getByRole("grid").getByRole("link").evaluateAll((all) => (all[0] as HTMLElement | undefined)?.click()),
    () => press("button", /try again/i),
    () => page.evaluate(() => history.back()),
    () => page.evaluate(() => history.forward()),
    () => page.keyboard.press("Escape"),
  ];
  const steps: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    // Open the flyout, leave while it is being filled, and come back.
    const target = [ransomware, phishing, investigating][Math.floor(next() * 3)];
    await page.evaluate((path) => {
      const link = document.createElement("a");
      link.href = path;
      document.querySelector("main")?.append(link);
      link.click();
      link.remove();
    }, `/incidents/${target.id}?panel=managed-response`);
    for (let step = 0; step < 4; step += 1) {
      const way = Math.floor(next() * ways.length);
      steps.push(way);
      await page.waitForTimeout(next() * 150);
      await ways[way]();
    }
    await expect(page.getByRole("alertdialog"), `seed ${SEED}, round ${round}, steps ${steps.slice(-4)}`).toHaveCount(0);
  }
  await page.goto(`/incidents/${ransomware.id}`);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(ransomware.displayName);
});

test("a portal taken out of its page while it waits leaves nothing behind that runs", async ({ page, sandbox }) => {
  test.setTimeout(30_000 + ROUNDS * 2_000);
  await page.clock.install();
  const next = numbers(SEED);
  const { ransomware } = await sandbox.get("showcase");
  const { mount, unmount, requests } = await embed(page, sandbox, () => next() * 400);
  for (let round = 0; round < ROUNDS / 4; round += 1) {
    const paths = ["/", "/incidents", `/incidents/${ransomware.id}?panel=managed-response`];
    await page.evaluate((path) => history.pushState(null, "", path), paths[round % paths.length]);
    await mount();
    await page.waitForTimeout(next() * 800);
    await unmount();
    await expect(page.getByRole("main")).toHaveCount(0);
    // What was asked for before is answered, and finds nobody.
    await page.waitForLoadState("networkidle");
    await expect.poll(() => requests.waiting).toBe(0);
    const { begun } = requests;
    // Whatever used to listen, and every timer of the next minutes.
    await page.evaluate(() => {
      for (const name of ["online", "offline", "resize", "popstate", "visibilitychange", "focus", "storage"]) dispatchEvent(new Event(name));
      document.body.click();
    });
    await page.clock.runFor(5 * 60_000);
    expect(requests.begun, "requests of a portal that has gone").toBe(begun);
  }
  await page.evaluate((path) => history.pushState(null, "", path), `/incidents/${ransomware.id}`);
  await mount();
  await expect(page.getByRole("heading", { level: 1, name: ransomware.displayName })).toBeVisible();
  // A second mount takes the place of the first.
  await mount();
  await expect(page.getByRole("heading", { level: 1, name: ransomware.displayName })).toHaveCount(1);
});
