/** Talking to the experts, as a person does it, and what really arrived. */

import { expect, type Page } from "@playwright/test";
import type { Sandbox } from "./sandbox";
import type { Person } from "./test";

export const dialog = (page: Page) => page.getByRole("dialog", { name: "Ask Defender Experts" });
export const question = (page: Page) => dialog(page).getByRole("textbox", { name: "Your question" });
export const box = (page: Page) => page.getByRole("textbox", { name: "Message", exact: true });

export interface Told {
  seq: number;
  clientMessageId: string | null;
  body: { content: string };
  author: { kind: string };
  attachments: { name: string; mediaType: string; size: number }[];
}

/** Asks the Experts API itself, as somebody else's client would. */
export async function told(page: Page, sandbox: Sandbox, path: string, person: Person = "Ada Lindqvist"): Promise<any> {
  const { access_token } = await sandbox.post("tokens", { person, resource: "experts" });
  const url = `${sandbox.origin("experts")}/v1${path}`;
  return page.evaluate(
    async ([url, token]) => {
      const answer = await fetch(url!, { headers: { authorization: `Bearer ${token}` } });
      return answer.json();
    },
    [url, access_token],
  );
}

/** The questions that the service has, by their words. */
export async function inquiries(page: Page, sandbox: Sandbox): Promise<any[]> {
  const { items } = await told(page, sandbox, "/inquiries?limit=100");
  return items;
}

/** The messages of a conversation at the service. */
export async function messages(page: Page, sandbox: Sandbox, path: string): Promise<Told[]> {
  const { items } = await told(page, sandbox, `${path}/messages?limit=100`);
  return items;
}

/** Opens the dialog by its key, writes and sends: how many keys that took besides the words. */
export async function askByKeys(page: Page, words: string): Promise<number> {
  await page.keyboard.press("e");
  await expect(question(page)).toBeFocused();
  await page.keyboard.insertText(words);
  await page.keyboard.press("Control+Enter");
  return 3;
}
