/** The managed response of an incident, as a person works with it. */

import type { Page } from "@playwright/test";
import type { Sandbox } from "./sandbox";

export const ISOLATE = "Isolate device prod-sql-02";

export const flyout = (page: Page) => page.getByRole("dialog", { name: "Managed response" });

/** An action's card: its heading's button names it, and the region it opens has everything else. */
export function card(page: Page, title: string) {
  return flyout(page).getByRole("group", { name: title });
}

/** Answers the question before an action. */
export async function confirm(page: Page, button: string): Promise<void> {
  await page.getByRole("dialog").last().getByRole("button", { name: button, exact: true }).click();
}

/** Isolates the device, question included. */
export async function isolate(page: Page): Promise<void> {
  await card(page, ISOLATE).getByRole("button", { name: "Isolate device", exact: true }).click();
  await confirm(page, "Isolate device");
}

/** What really happened to a task. */
export async function effects(sandbox: Sandbox, task: string): Promise<string[]> {
  const all: { taskId: string; effect: string }[] = await sandbox.get("effects");
  return all.filter((one) => one.taskId === task).map((one) => one.effect);
}

/** The keys under which executions were asked for, one for each request. */
export async function executions(sandbox: Sandbox): Promise<string[]> {
  const all: { method: string; path: string; idempotencyKey: string }[] = await sandbox.get("requests");
  const sent = all.filter((one) => one.method === "POST" && one.path.includes("executeResponseAction"));
  return sent.map((one) => one.idempotencyKey);
}

/** How the next execution fares. */
export async function nextExecution(sandbox: Sandbox, fate: object): Promise<void> {
  await sandbox.post("faults", { host: "experts", method: "POST", pathContains: "executeResponseAction", ...fate });
}
