/** Text is text: whatever an attacker gets into a name, a path or a subject is shown, and does nothing. */

import { confirm, flyout } from "./support/response";
import { expect, type Page, signIn, test } from "./support/test";

test.use({ cleanTenant: true });

/** Characters that hide or reorder others, as the portal names them; joiners within emoji stay. */
function visible(text: string): string {
  const hidden = /[\0-\x08\x0b-\x1f\x7f-\x9f\xad\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff]|(?<=[\0-\x7f])[\u200c\u200d]/gu;
  return text.replace(hidden, (char) => `⟨U+${char.codePointAt(0)!.toString(16).toUpperCase().padStart(4, "0")}⟩`);
}

interface Hostile {
  id: string;
  fields: string[];
  corpus: string;
}

/** The page shows the texts of these fields in full, and so that they can be read. */
async function expectTexts(page: Page, hostile: Hostile, fields: string[]): Promise<void> {
  for (const field of fields) expect(hostile.fields).toContain(field);
  const texts = fields.map((field) => `${field} ${visible(hostile.corpus)}`);
  await expect.poll(() => page.evaluate(unreadable, texts), "what cannot be read").toEqual([]);
}

/** Runs in the page: the beginnings of the texts that are not there, or not to be seen whole. */
function unreadable(texts: string[]): string[] {
  const clips = (style: string) => style === "hidden" || style === "clip";
  const problem = (text: string): string | undefined => {
    const all = [...document.body.querySelectorAll("*")].filter((one) => !one.closest("[aria-live], [popover], .visually-hidden, [hidden]"));
    const holders = all.filter((one) => one.textContent!.includes(text));
    // The innermost ones, more than one where a text is shown twice.
    const innermost = holders.filter((one) => !holders.some((other) => other !== one && one.contains(other)));
    if (innermost.length === 0) return "is not there";
    for (const one of innermost) {
      const titled = (one.closest("[title]") as HTMLElement | null)?.title.includes(text);
      for (let at: Element | null = one; at && at !== document.documentElement; at = at.parentElement) {
        const style = getComputedStyle(at);
        const cut =
          (clips(style.overflowX) && at.scrollWidth > at.clientWidth + 1) || (clips(style.overflowY) && at.scrollHeight > at.clientHeight + 1);
        if (cut && style.display !== "inline" && !titled) return `is cut off by ${at.tagName}.${at.className}`;
      }
      const box = one.getBoundingClientRect();
      if (box.width < 2 || box.height < 2) return "takes no room";
      // Beyond the right edge of what scrolls only down.
      if (!titled && box.right > innerWidth + 1 && !one.closest("pre, .table-frame, .table-scroll, [role=grid]")) {
        return `reaches ${Math.round(box.right)} of ${innerWidth} in ${one.tagName}.${one.className}`;
      }
    }
    return undefined;
  };
  return texts.flatMap((text) => {
    const found = problem(text);
    return found ? [`${text.slice(0, 30)} ${found}`] : [];
  });
}

/** Nothing was made of the texts, and nothing makes the page wider than the window. */
async function expectInert(page: Page): Promise<void> {
  const findings = await page.evaluate(() => {
    const found: string[] = [];
    if ("struck" in window) found.push("a payload ran");
    const made = "img, iframe, object, embed, video, audio, form, body script, body style, body link, [onclick], [onerror], [onload], [srcdoc]";
    for (const one of document.body.querySelectorAll(made)) found.push(one.outerHTML.slice(0, 100));
    for (const link of document.querySelectorAll("a[href]")) {
      const { protocol, origin } = new URL((link as HTMLAnchorElement).href);
      if (origin !== location.origin && !["http:", "https:", "mailto:"].includes(protocol)) found.push(`a link to ${protocol}`);
    }
    // Left in any text or name: a character that hides or reorders, which a reader cannot see.
    const hides = /[\0-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff]/;
    for (const one of document.body.querySelectorAll("*")) {
      const own = [...one.childNodes].filter((node) => node.nodeType === Node.TEXT_NODE).map((node) => node.textContent);
      const named = ["title", "aria-label", "aria-description", "alt", "placeholder"].map((name) => one.getAttribute(name));
      const words = [...own, ...named].find((words) => words && hides.test(words));
      if (words) found.push(`hidden characters in ${one.tagName}.${one.className}: ${words.slice(0, 30)}`);
    }
    if (hides.test(document.title)) found.push("hidden characters in the title");
    // What scrolls sideways by design is a table, a block of code or a row of tabs.
    for (const one of document.querySelectorAll("html, main, dialog[open], dialog[open] > *, [role=tabpanel]")) {
      if (one.scrollWidth > one.clientWidth + 1) found.push(`${one.tagName}.${one.className} is ${one.scrollWidth} wide in ${one.clientWidth}`);
    }
    return found;
  });
  expect(findings).toEqual([]);
}

const QUEUE = ["incident name", "incident assignee", "incident classification", "incident determination"];
const HEADER = ["incident name", "incident assignee", "incident classification", "incident determination", "custom tag", "second custom tag", "system tag", "incident last modified by"];
const ASSETS = ["device name", "user name", "mailbox name", "app name"];
const COMMENTS = ["closing note", "comment author", "comment text"];
const ALERT = ["alert title", "alert description", "alert category", "alert severity", "alert status", "alert product", "alert technique"];
const EVIDENCE = [
  ["device name", "device platform"],
  ["user name", "user principal name"],
  ["mailbox name", "mailbox address"],
  ["app name", "app publisher"],
  ["file name", "file hash"],
  ["process name", "command line"],
  ["ip address", "ip country"],
  ["url"],
  ["mail subject", "mail sender"],
  ["registry key"],
].flatMap((fields, number) => [...fields, `verdict ${number}`, `remediation ${number}`]);
const SUMMARY = ["summary device", "summary device role", "indicator kind", "indicator value", "indicator note", "timeline text", "timeline device"];
const task = (name: string) => ["name", "description", name === "unheard" ? "identifier" : "target", "device", "changer"].map((field) => `${name} task ${field}`);
const PENDING = [...["isolation", "manual", "failed", "unheard"].flatMap(task), "failed task failure", "unheard-of action"];
const MANAGED = task("managed");

for (const [width, height] of [
  [1440, 900],
  [390, 844],
]) {
  test.describe(`at ${width} px`, () => {
    test.use({ viewport: { width, height } });

    test("queue and Home name it in a line each, whole in the tooltip", async ({ page, sandbox }) => {
      const hostile: Hostile = await sandbox.post("hostile");
      await signIn(page, "Omar Haddad");
      await expectTexts(page, hostile, ["incident name"]);
      await expectInert(page);
      await page.goto("/incidents?range=all");
      const search = page.getByRole("searchbox", { name: "Search for name or ID" });
      await search.fill("<script>window.struck");
      await expect(page.getByRole("grid").getByRole("link")).toHaveCount(1);
      await expectTexts(page, hostile, QUEUE);
      await expectInert(page);
      await page.getByRole("search").getByRole("button", { name: "Tags" }).click();
      await expect(page.getByRole("checkbox", { name: /second custom tag/ })).toBeVisible();
      await expectInert(page);
    });

    test("the incident's page shows every field", async ({ page, sandbox }) => {
      test.setTimeout(120_000);
      const hostile: Hostile = await sandbox.post("hostile");
      await signIn(page, "Omar Haddad", `/incidents/${hostile.id}`);
      await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
      await expectTexts(page, hostile, [...HEADER, ...ASSETS]);
      // Formatted text: its marks are gone, nothing else is.
      const markdown = page.getByRole("tabpanel");
      for (const said of ["<script>window.struck=1</script>", "[press](javascript:window.struck=1)", "invoice⟨U+202E⟩fdp.exe", "W".repeat(10_000)]) {
        await expect(markdown).toContainText(said);
      }
      await expectInert(page);

      await page.getByRole("tab", { name: /^Alerts/ }).click();
      await page.getByRole("tabpanel").getByRole("button").first().click();
      await expect(page.getByRole("columnheader", { name: "Verdict" })).toBeVisible();
      await expectTexts(page, hostile, [...ALERT, ...EVIDENCE]);
      await expectInert(page);

      await page.getByRole("tab", { name: /^Comments/ }).click();
      await expect(page.getByRole("textbox", { name: "Add a comment" })).toBeVisible();
      await expectTexts(page, hostile, COMMENTS);
      await expectInert(page);
    });

    test("the managed response shows every field, and its questions", async ({ page, sandbox, guard }) => {
      test.setTimeout(120_000);
      // The devices that are named do not exist.
      guard.expectStatus(404);
      const hostile: Hostile = await sandbox.post("hostile");
      await signIn(page, "Omar Haddad", `/incidents/${hostile.id}?panel=managed-response`);
      const actions = flyout(page).getByRole("region", { name: "Actions" });
      await expect(actions.getByRole("group").first()).toBeVisible();
      // Also shows that the heading, which stays in place, leaves room for what scrolls under it.
      const managed = flyout(page).getByRole("group", { name: /^managed task name/ });
      await managed.getByRole("button").first().click();
      await expectTexts(page, hostile, [...SUMMARY, ...PENDING, ...MANAGED]);
      const narrative = flyout(page).getByRole("region", { name: "Investigation summary" });
      for (const said of ["<script>window.struck=1</script>", "[press](javascript:window.struck=1)", "invoice⟨U+202E⟩fdp.exe", "W".repeat(10_000)]) {
        await expect(narrative).toContainText(said);
      }
      await expectInert(page);
      const isolation = flyout(page).getByRole("group", { name: /^isolation task name/ });
      await isolation.getByRole("button", { name: "Isolate device", exact: true }).click();
      const question = page.getByRole("dialog", { name: /^Isolate device isolation task target/ });
      await expect(question.getByRole("button", { name: "Isolate device", exact: true })).toBeAttached();
      await expectInert(page);
      await question.getByRole("button", { name: "Cancel" }).click();
      await expect(question).toBeHidden();

      const manual = flyout(page).getByRole("group", { name: /^manual task name/ });
      await manual.getByRole("button", { name: "Skip" }).click();
      await confirm(page, "Yes, skip this action");
      await expect(manual.getByText("Skipped").first()).toBeVisible();
      await expectInert(page);
    });
  });
}
