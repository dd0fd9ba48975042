/** Random lives of decisions in a real browser: what a seed stands for, and the person who sees it through. */

import { type BrowserContext, expect, type Page } from "@playwright/test";
import { card, flyout } from "./response";

/** How the write of a decision fares at the service. */
const FATES: Record<string, object | undefined> = {
  "goes well": undefined,
  "answer lost after the commit": { dropAfterCommit: true },
  "commit after the answer was lost": { commitAfterMs: 1_500 },
  "commit after the read-back": { commitAfterMs: 5_000 },
  "409 though it was done": { status: 409, afterCommit: true },
  "502 though it was done": { status: 502, afterCommit: true },
  "503, not done": { status: 503 },
  "429, not done": { status: 429, retryAfter: "0.5" },
  "slow": { delayMs: 1_500 },
};

/** What happens to the person's side meanwhile. */
const TROUBLES = ["none", "reload", "killed", "double click", "two tabs", "session expired", "offline"] as const;

const ACTS = [
  { title: /^Isolate device/, button: "Isolate device", answer: "Isolate device", done: "Completed", effect: "execute" },
  { title: /^Restrict app execution/, button: "Restrict app execution", answer: "Restrict app execution", done: "Completed", effect: "execute" },
  { title: /^Rotate/, button: "I've completed this action", answer: "Yes, I've done it", done: "Completed", effect: "complete" },
  { title: /^Rotate/, button: "Skip", answer: "Yes, skip this action", done: "Skipped", effect: "skip" },
];

export interface Decision {
  title: string;
  task: string;
  button: string;
  answer: string;
  /** What the card says once it is done, and what the service notes. */
  done: string;
  effect: string;
  method: string;
  fate: string;
  fault: object | undefined;
  trouble: (typeof TROUBLES)[number];
  /** How long after the click the trouble begins. */
  after: number;
}

/** The two decisions of a seed, on the tasks of an incident. */
export function draw(seed: number, tasks: Record<string, string>): Decision[] {
  const random = numbers(seed);
  const pick = <T>(all: readonly T[]): T => all[Math.floor(random() * all.length)]!;
  const chosen = new Set<string>();
  const decisions: Decision[] = [];
  while (decisions.length < 2) {
    const act = pick(ACTS);
    const title = Object.keys(tasks).find((name) => act.title.test(name))!;
    if (chosen.has(title)) continue;
    chosen.add(title);
    // Nine fates and seven troubles take turns: five seeds meet each of them, and 32 each of them with each other.
    const turn = seed * 2 + decisions.length;
    const fate = Object.keys(FATES)[turn % Object.keys(FATES).length]!;
    const trouble = TROUBLES[turn % TROUBLES.length]!;
    const { button, answer, done, effect } = act;
    const method = effect === "execute" ? "POST" : "PATCH";
    const about = { title, task: tasks[title]!, button, answer, done, effect, method };
    decisions.push({ ...about, fate, fault: FATES[fate], trouble, after: Math.floor(random() * 900) });
  }
  return decisions;
}

export function tell(seed: number, decisions: Decision[]): string {
  const lines = decisions.map((one) => `  ${one.button} on "${one.title}": ${one.fate}; ${one.trouble} after ${one.after} ms`);
  return [`seed ${seed}`, ...lines].join("\n");
}

export const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** Opens a page, by way of the sign-in where it has to be. */
export async function enter(page: Page, path: string): Promise<void> {
  await page.goto(path);
  const signIn = page.getByRole("button", { name: "Sign in" });
  const inside = flyout(page).getByRole("heading", { name: "Pending actions" });
  await expect(signIn.or(inside).first()).toBeVisible({ timeout: 20_000 });
  if (await inside.isVisible()) return;
  await signIn.click();
  await page.getByRole("button", { name: "Omar Haddad" }).click();
  await expect(inside).toBeVisible({ timeout: 20_000 });
}

/** Asks for the action and stops at the question. */
export async function ask(page: Page, decision: Decision): Promise<void> {
  await card(page, decision.title).getByRole("button", { name: decision.button, exact: true }).click();
}

/** The button that goes through with it. */
export function answer(page: Page, decision: Decision) {
  return page.getByRole("dialog").last().getByRole("button", { name: decision.answer, exact: true });
}

const UNDER_WAY = /Sending…|checking…|in another tab…|In progress/;

/** Looks after the decisions until each shows its outcome: presses again where the page asks for it. */
export async function seeThrough(page: Page, path: string, decisions: Decision[]): Promise<void> {
  await expect(async () => {
    if (await page.getByText("Your sign-in has ended.").count()) await enter(page, path);
    // A question that the last look could not answer in time would stand before everything else.
    const cancel = page.getByRole("dialog").last().getByRole("button", { name: "Cancel", exact: true });
    if (await cancel.count()) await cancel.click({ timeout: 2_000 });
    const open: string[] = [];
    for (const decision of decisions) {
      const words = await card(page, decision.title).innerText();
      if (words.split("\n").some((line) => line.trim() === decision.done)) continue;
      open.push(`${decision.title}: ${words}`);
      if (UNDER_WAY.test(words)) continue;
      const check = card(page, decision.title).getByRole("button", { name: "Check again" });
      if (await check.count()) {
        await check.click({ timeout: 2_000 });
        continue;
      }
      await card(page, decision.title).getByRole("button", { name: decision.button, exact: true }).click({ timeout: 2_000 });
      await answer(page, decision).click({ timeout: 2_000 });
    }
    expect(open).toEqual([]);
  }).toPass({ timeout: 60_000, intervals: [300] });
}

/** What pages have called done, and when, on the clock that the service has too. */
export class Sightings {
  private readonly seen = new Map<string, number>();

  /** Watches every page of a context, from before its first script. */
  async watch(context: BrowserContext): Promise<void> {
    await context.exposeBinding("shownAsDone", (_, title: string, at: number) => {
      if (!this.seen.has(title)) this.seen.set(title, at);
    });
    await context.addInitScript(() => {
      const look = () => {
        for (const group of document.querySelectorAll("[role=group][aria-label]")) {
          const leaves = [...group.querySelectorAll("*")].filter((one) => one.childElementCount === 0);
          if (leaves.some((one) => /^(Completed|Skipped)$/.test(one.textContent!.trim()))) {
            (window as any).shownAsDone(group.getAttribute("aria-label"), Date.now());
          }
        }
      };
      new MutationObserver(look).observe(document, { subtree: true, childList: true, characterData: true });
    });
  }

  /** When an action was first shown as done. */
  of(title: string): number {
    return this.seen.get(title) ?? Number.NaN;
  }
}

/** Numbers that are the same for the same seed (mulberry32). */
export function numbers(seed: number): () => number {
  let state = (seed + 1) * 0x9e3779b9;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
