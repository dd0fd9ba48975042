/**
 * In the pseudo-locale every text of the portal stands in brackets. What a person can read outside of them is
 * data: words that a service sent, names of people, addresses. Anything else could not be translated.
 */

import { address, PAGES } from "./support/pages";
import { answered } from "./support/clock";
import { expect, type Page, test } from "./support/test";

test.use({ bundle: "pseudo" });

/** Words that are the same in every language: keys, zones, the name of a file. */
const SAME = /^(UTC|GMT|Ctrl|Enter|Esc|Shift|Space|Alt|Tab|MITRE|CSV|JSON|PNG|SVG|URL|config|json)$/i;

/** All that can be read or is read out, piece by piece. */
async function pieces(page: Page): Promise<string[]> {
  return page.locator("body").evaluate((body) => {
    const found = new Set<string>();
    const walker = document.createTreeWalker(body, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      if (node instanceof Text) {
        const element = node.parentElement;
        if (element?.closest("script, style, noscript")) continue;
        found.add(node.data.trim());
      } else if (node instanceof Element) {
        for (const name of ["aria-label", "title", "placeholder", "alt", "aria-valuetext", "aria-description"]) {
          const text = node.getAttribute(name);
          if (text) found.add(text.trim());
        }
      }
    }
    found.add(document.title);
    return [...found];
  });
}

/**
 * Keeps a copy of what the services answer, in the page: of an answer that a busy page has read before the browser's own
 * note of its end was there, the browser keeps none.
 */
async function keepAnswers(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const [ask, kept] = [window.fetch, [] as Promise<string>[]];
    window.fetch = async (...question) => {
      const answer = await ask(...question);
      const { hostname, pathname } = new URL(answer.url);
      // A stream of events never ends.
      if (/graph|experts/.test(hostname) && !pathname.includes("/events")) kept.push(answer.clone().text());
      return answer;
    };
    Object.assign(window, { kept });
  });
}

/** What the services have answered to the document that is open. */
const answers = (page: Page) => page.evaluate(() => Promise.all((window as any).kept as Promise<string>[]));

/** What stands outside of all brackets, without ids and the names of time zones. */
function bare(text: string): string {
  let [depth, outside] = [0, ""];
  for (const sign of text.replace(/[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}|^\w+(\/[\w+ -]+)+$|\(\w+(\/\w+)+\)/g, "")) {
    if (sign === "]") depth = Math.max(0, depth - 1);
    if (depth === 0) outside += sign;
    if (sign === "[") depth += 1;
  }
  return outside;
}

/** The words of a text, those that are written together apart, too: `CredentialAccess` is shown as two. */
const words = (text: string) => `${text} ${text.replace(/([a-z])([A-Z])/g, "$1 $2")}`.toLowerCase().match(/[a-z]{3,}/g) ?? [];

/** The pieces with words that no service sent and that are not in brackets. */
function untranslated(shown: string[], data: string): string[] {
  const known = new Set(words(data));
  return shown.filter((piece) => {
    const found = bare(piece).match(/[A-Za-z]{3,}/g) ?? [];
    return found.some((word) => !SAME.test(word) && !known.has(word.toLowerCase()));
  });
}

test("every text of every page has passed through the place where it is translated", async ({ page, sandbox, guard }) => {
  test.setTimeout(240_000);
  // An incident without a managed response.
  guard.expectStatus(404);
  await keepAnswers(page);
  const people = "Rhea Novak Omar Haddad portal localhost Defender Experts";
  const found: Record<string, string[]> = {};
  const look = async (name: string) => {
    const shown = await pieces(page);
    const texts = untranslated(shown, [people, ...(await answers(page))].join("\n"));
    if (texts.length) found[name] = texts;
  };
  await page.goto("/");
  await expect(page.getByRole("button", { name: /^\[/ })).toBeVisible();
  await look("sign-in");
  await page.getByRole("button", { name: /^\[/ }).click();
  await page.getByRole("button", { name: "Omar Haddad" }).click();
  await expect(page.getByRole("banner")).toBeVisible();
  const showcase = await sandbox.get("showcase");
  for (const [name, path] of Object.entries(PAGES)) {
    await page.goto(address(path, showcase));
    await expect(page.getByRole("main").getByRole("heading").first()).toBeVisible();
    await expect(page.getByRole("progressbar")).toHaveCount(0);
    // A page that holds a stream open is never idle; it has had its time by then.
    await page.waitForLoadState("networkidle", { timeout: 3_000 }).catch(() => {});
    await answered(page.context());
    await look(name);
  }
  for (const key of ["Control+k", "?"]) {
    await page.keyboard.press(key);
    await expect(page.getByRole("dialog")).toBeVisible();
    await look(key);
    await page.keyboard.press("Escape");
  }
  expect(found).toEqual({});
});
