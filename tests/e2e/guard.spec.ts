/** The guards themselves: each finds what it is there for. */

import { Guard } from "./support/guard";
import { expect, test } from "./support/test";

const ORIGIN = "http://portal.localhost:1";
const CLEAN = "<!doctype html><html lang=en><title>Test</title><main><h1>Test</h1></main>";
const POLICY = "default-src 'none'; script-src 'self'; style-src 'self'";

interface Case {
  name: string;
  body?: string;
  policy?: string;
  /** Runs in the page. */
  script?: string;
  finds: RegExp[];
}

const CASES: Case[] = [
  { name: "nothing on a clean page", finds: [] },
  { name: "an error on the console", script: "console.error('no')", finds: [/^console: no/] },
  { name: "an exception", script: "setTimeout(() => { throw Error('no') })", finds: [/^exception: no/] },
  {
    name: "a refused style",
    script: "document.body.setAttribute('style', 'margin: 0')",
    finds: [/^console: .*Content Security Policy/, /^console: style-src-attr refused inline/],
  },
  {
    name: "a request to somebody else",
    policy: "default-src *",
    body: CLEAN.replace("</main>", "<img alt='' src='http://other.localhost:1/'></main>"),
    finds: [/^request to another origin: http:\/\/other\.localhost:1\//],
  },
  {
    name: "what axe finds",
    body: CLEAN.replace("</main>", "<button></button></main>"),
    finds: [/^axe button-name/],
  },
  {
    name: "what axe finds in a frame",
    policy: "default-src *",
    body: CLEAN.replace("</main>", "<iframe title='Frame' srcdoc='<html lang=en><title>Frame</title><button></button>'></iframe></main>"),
    finds: [/^axe button-name/],
  },
];

for (const { name, body = CLEAN, policy = POLICY, script, finds } of CASES) {
  test(`the guards find ${name}`, async ({ browser }) => {
    const context = await browser.newContext();
    const guard = await Guard.watch(context, [ORIGIN]);
    const page = await context.newPage();
    await page.route("**", (route) =>
      route.fulfill({ contentType: "text/html", body, headers: { "content-security-policy": policy } }),
    );
    await page.goto(ORIGIN);
    if (script) await page.evaluate(script);
    await page.waitForTimeout(100);
    const findings = (await guard.findings(page)).sort();
    expect(findings).toHaveLength(finds.length);
    for (const pattern of finds) {
      expect(findings).toContainEqual(expect.stringMatching(pattern));
    }
    await context.close();
  });
}

test("the guards let pass what a spec expects", async ({ browser }) => {
  const context = await browser.newContext();
  const guard = await Guard.watch(context, [ORIGIN]);
  guard.expectStatus(404);
  const page = await context.newPage();
  await page.route(`${ORIGIN}/**`, (route) =>
    route.fulfill({ contentType: "text/html", body: CLEAN, status: route.request().isNavigationRequest() ? 200 : 404 }),
  );
  await page.goto(ORIGIN);
  await page.evaluate(() => fetch("/missing"));
  expect(await guard.findings(page)).toEqual([]);
  await context.close();
});
