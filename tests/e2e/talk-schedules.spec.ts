/** Random lives of messages and questions in a real browser: each arrives once, and in order. */

import { Browser } from "./support/browser";
import { Guard } from "./support/guard";
import { numbers, pause } from "./support/schedule";
import { box, dialog, inquiries, messages, question, told } from "./support/talk";
import { expect, type Page, test } from "./support/test";

test.use({ cleanTenant: true });

const SEEDS = process.env.PORTAL_THOROUGH ? 500 : 5;

/** How a POST fares at the service. */
const FATES: Record<string, object | undefined> = {
  "goes well": undefined,
  "answer lost after the commit": { dropAfterCommit: true },
  "commit after the answer was lost": { commitAfterMs: 1_500 },
  "409 though it was done": { status: 409, afterCommit: true },
  "502 though it was done": { status: 502, afterCommit: true },
  "503, not done": { status: 503 },
  "429, not done": { status: 429, retryAfter: "0.5" },
  "slow": { delayMs: 1_500 },
};
const TROUBLES = ["none", "reload", "killed", "two tabs", "session expired", "offline", "events lost"] as const;

interface Act {
  words: string;
  fate: string;
  trouble: (typeof TROUBLES)[number];
  after: number;
}

function draw(seed: number, count: number): Act[] {
  const random = numbers(seed);
  // Eight fates and seven troubles take turns: five seeds meet each of them, and twenty each of them with each other.
  return Array.from({ length: count }, (_, at) => ({
    words: `seed ${seed} no. ${at}`,
    fate: Object.keys(FATES)[(seed * count + at) % Object.keys(FATES).length]!,
    trouble: TROUBLES[(seed * count + at) % TROUBLES.length]!,
    after: Math.floor(random() * 900),
  }));
}

const tell = (acts: Act[]) => acts.map((one) => `"${one.words}": ${one.fate}; ${one.trouble} after ${one.after} ms`).join("\n");

async function enter(page: Page, path: string, there: (page: Page) => ReturnType<Page["getByRole"]>): Promise<void> {
  await page.goto(path);
  const signIn = page.getByRole("button", { name: "Sign in" });
  await expect(signIn.or(there(page)).first()).toBeVisible({ timeout: 20_000 });
  if (await there(page).isVisible()) return;
  await signIn.click();
  await page.getByRole("button", { name: "Omar Haddad" }).click();
  await expect(there(page)).toBeVisible({ timeout: 20_000 });
}

for (let seed = 0; seed < SEEDS; seed++) {
  test(`chat schedule ${seed}: every message once and in order, on both sides`, async ({ sandbox, launchOptions, locale, timezoneId, viewport, baseURL }) => {
    test.setTimeout(150_000);
    const { ransomware } = await sandbox.get("showcase");
    const path = `/incidents/${ransomware.id}?panel=managed-response&part=chat`;
    const acts = draw(seed, 4);
    const story = tell(acts);
    const guards: Guard[] = [];
    const browser = new Browser({ ...launchOptions, locale, timezoneId, viewport, baseURL }, async (context) => {
      const guard = await Guard.watch(context, sandbox.origins);
      guard.expectStatus(400, 401, 409, 429, 502, 503);
      guard.expectLostConnection();
      guards.push(guard);
    });
    try {
      let context = await browser.start();
      let page = context.pages()[0]!;
      await enter(page, path, box);
      const byTab: string[][] = [[], []];
      let thread: string | undefined;
      for (const act of acts) {
        const fault = FATES[act.fate];
        if (fault) await sandbox.post("faults", { host: "experts", method: "POST", pathContains: "/messages", ...fault });
        if (act.trouble === "events lost") await sandbox.post("faults", { host: "experts", pathContains: "/events", status: 503, times: 2 });
        const second = act.trouble === "two tabs" ? await context.newPage() : undefined;
        if (second) await enter(second, path, box);
        if (act.trouble === "offline") await context.setOffline(true);
        if (act.trouble === "session expired") await sandbox.post("tokens/expire", { refresh: true, sessions: true });
        const tab = second ?? page;
        await box(tab).fill(act.words);
        await box(tab).press("Control+Enter");
        // It is kept, or it is still what is typed: neither is lost.
        await expect(box(tab), story).toHaveValue("");
        byTab[second ? 1 : 0]!.push(act.words);
        await pause(act.after);
        if (act.trouble === "offline") await context.setOffline(false);
        if (act.trouble === "reload") await enter(page, path, box);
        if (act.trouble === "killed") {
          await browser.kill();
          context = await browser.start();
          page = context.pages()[0]!;
          await enter(page, path, box);
        }
        if (thread === undefined) {
          const { items } = await told(page, sandbox, `/chat/threads?incidentId=${ransomware.id}`).catch(() => ({ items: [] }));
          thread = items[0] && `/chat/threads/${items[0].id}`;
        } else {
          await sandbox.post(`conversations/${thread.split("/").pop()}`, { text: `Heard ${act.words}` });
        }
      }
      await enter(page, path, box);
      const log = page.getByRole("log", { name: "Messages" });
      for (const { words } of acts) {
        await expect(log.getByText(words, { exact: true }), story).toHaveCount(1, { timeout: 90_000 });
      }
      await expect(page.getByRole("list", { name: "Not yet with the service" }), story).toHaveCount(0, { timeout: 30_000 });
      const { items } = await told(page, sandbox, `/chat/threads?incidentId=${ransomware.id}`);
      const all = await messages(page, sandbox, `/chat/threads/${items[0].id}`);
      const said = all.filter((one) => one.author.kind === "customer").map((one) => one.body.content);
      expect(said.toSorted(), story).toEqual(acts.map((one) => one.words).toSorted());
      for (const own of byTab) expect(said.filter((words) => own.includes(words)), story).toEqual(own);
      expect(all.map((one) => one.seq), story).toEqual(all.map((_, at) => at + 1));
      // What stands on the page stands in the service's order, and everything that is in sight is read.
      const shown = await log.getByRole("listitem").allInnerTexts();
      const places = said.map((words) => shown.findIndex((text) => text.split("\n").includes(words)));
      expect(places, story).toEqual(places.toSorted((one, other) => one - other));
      await expect.poll(async () => (await told(page, sandbox, `/chat/threads/${items[0].id}`, "Omar Haddad")).unread, { timeout: 15_000 }).toBe(0);
      for (const guard of guards) expect(await guard.findings(page), story).toEqual([]);
    } finally {
      await browser.stop();
    }
  });

  test(`inquiry schedule ${seed}: every question exactly once`, async ({ sandbox, launchOptions, locale, timezoneId, viewport, baseURL }) => {
    test.setTimeout(120_000);
    const acts = draw(seed + 1_000, 3);
    const story = tell(acts);
    const asking = (page: Page) => page.getByRole("button", { name: "Ask Defender Experts" });
    const guards: Guard[] = [];
    const browser = new Browser({ ...launchOptions, locale, timezoneId, viewport, baseURL }, async (context) => {
      const guard = await Guard.watch(context, sandbox.origins);
      guard.expectStatus(400, 401, 409, 429, 502, 503);
      guard.expectLostConnection();
      guards.push(guard);
    });
    try {
      let context = await browser.start();
      let page = context.pages()[0]!;
      for (const act of acts) {
        await enter(page, "/messages", asking);
        const fault = FATES[act.fate];
        if (fault) await sandbox.post("faults", { host: "experts", method: "POST", pathContains: "/inquiries", ...fault });
        const second = act.trouble === "two tabs" ? await context.newPage() : undefined;
        if (second) await enter(second, "/messages", asking);
        const tab = second ?? page;
        await asking(tab).click();
        await expect(question(tab)).toBeFocused();
        if (act.trouble === "offline") await context.setOffline(true);
        if (act.trouble === "session expired") await sandbox.post("tokens/expire", { refresh: true, sessions: true });
        await dialog(tab).getByRole("textbox", { name: "Inquiry topic" }).fill(act.words);
        await question(tab).fill(`Question ${act.words}`);
        await question(tab).press("Control+Enter");
        await expect(dialog(tab).getByRole("button", { name: "Ask another question" }), story).toBeVisible();
        await pause(act.after);
        if (act.trouble === "offline") await context.setOffline(false);
        if (act.trouble === "killed") {
          await browser.kill();
          context = await browser.start();
          page = context.pages()[0]!;
        }
      }
      await enter(page, "/messages", asking);
      const wanted = acts.map((one) => one.words).toSorted();
      const arrived = async () => {
        const all = await inquiries(page, sandbox);
        return all.map((one) => one.topic).filter((topic: string) => topic.startsWith("seed ")).toSorted();
      };
      await expect.poll(arrived, { timeout: 60_000 }).toEqual(wanted);
      // Whatever is still on its way is the same again.
      await pause(2_500);
      expect(await arrived(), story).toEqual(wanted);
      for (const guard of guards) expect(await guard.findings(page), story).toEqual([]);
    } finally {
      await browser.stop();
    }
  });
}
