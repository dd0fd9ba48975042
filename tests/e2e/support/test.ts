/** The `test` of every spec: a sandbox per worker, guards around each test. Specs find things by role and label only. */

import { expect, type Locator, test as base, type Page } from "@playwright/test";
import { keepAwake } from "./awake";
import { countTraffic } from "./clock";
import { Guard } from "./guard";
import { type Bundle, Sandbox } from "./sandbox";

export { atRest, leap, pass } from "./clock";
export { expect, type Locator, type Page };

/** The people of the sandbox tenant. */
export type Person =
  | "Rhea Novak"
  | "Omar Haddad"
  | "Ada Lindqvist"
  | "Greta Reiter"
  | "Gabriel Adeyemi"
  | "Nils Berger";

interface TestFixtures {
  /** `test.use({ cleanTenant: true })`: the tenant is as at the start, whatever earlier tests did to it. */
  cleanTenant: boolean;
  guard: Guard;
}

interface WorkerFixtures {
  /** `test.use({ incidents: 2000 })`: how large the tenant is. */
  incidents: number;
  /** `test.use({ actionSeconds: 1 })`: how long a response action takes. */
  actionSeconds: number;
  /** `test.use({ bundle: "gallery" })`: the build that has the gallery. */
  bundle: Bundle;
  sandbox: Sandbox;
}

/** The one that this worker's pages speak to. */
let running: Sandbox;

export const test = base.extend<TestFixtures, WorkerFixtures>({
  incidents: [200, { scope: "worker", option: true }],
  actionSeconds: [4.5, { scope: "worker", option: true }],
  bundle: ["portal", { scope: "worker", option: true }],
  sandbox: [
    async ({ incidents, actionSeconds, bundle }, use) => {
      const sandbox = await Sandbox.start(incidents, actionSeconds, bundle);
      running = sandbox;
      await use(sandbox);
      await sandbox.stop();
    },
    { scope: "worker" },
  ],

  baseURL: async ({ sandbox }, use) => use(sandbox.origin("portal")),

  cleanTenant: [false, { option: true }],

  guard: [
    async ({ context, page, sandbox, cleanTenant }, use, info) => {
      // What an earlier test left to go wrong is none of this one's business.
      await (cleanTenant ? sandbox.reset() : sandbox.endFaults());
      countTraffic(context);
      keepAwake(context);
      const guard = await Guard.watch(context, sandbox.origins);
      await use(guard);
      // A test that failed half-way leaves a page that nobody is meant to see.
      if (info.errors.length === 0) {
        expect(await guard.findings(page), "what the guards found").toEqual([]);
        expect(await sandbox.disagreements(), "answers beside the API's document").toEqual([]);
      }
    },
    { auto: true },
  ],
});

/**
 * Opens the page at `path` as somebody who is signed in at the provider already: the portal goes there and comes back with
 * nobody asked. Every page of a test after the first comes this way, too; the way by the provider's own page is `signInByHand`.
 */
export async function signIn(page: Page, person: Person, path = "/"): Promise<void> {
  const cookie = await running.post("sessions", { person });
  await page.context().addCookies([{ ...cookie, url: running.origin("login"), httpOnly: true, sameSite: "Lax" }]);
  await page.goto(path);
  await expect(page.getByRole("banner")).toBeVisible();
}

/** Walks the whole sign-in as somebody whom the provider does not know yet, and ends on the page at `path`. */
export async function signInByHand(page: Page, person: Person, path = "/"): Promise<void> {
  await page.goto(path);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.getByRole("button", { name: person }).click();
  await expect(page.getByRole("banner")).toBeVisible();
}
