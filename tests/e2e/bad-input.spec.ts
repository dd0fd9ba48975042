/** What services, servers and browsers do wrong, each told by words of its own or dealt with. */

import { embed } from "./support/embed";
import { atRest, expect, leap, type Page, signIn, test } from "./support/test";

test.use({ cleanTenant: true });

const LISTS = { host: "graph", method: "GET", pathContains: "/security/incidents?" };
const grid = (page: Page) => page.getByRole("grid", { name: "Incidents" });
const failure = (page: Page, why: string) => page.getByRole("heading", { name: `The incident queue could not be loaded: ${why}` });

test.describe("answers", () => {
  for (const [name, body, contentType, why, advice] of [
    [
      "JSON that breaks off",
      '{"value":[{"id":"1"',
      "application/json",
      "the answer could not be understood",
      /Tell your administrator: EOF while parsing an object at line 1 column 19 in the answer to \/v1\.0\/security\/incidents\./,
    ],
    [
      "a member of another type",
      '{"value":[{"id":"1","severity":7}]}',
      "application/json",
      "the answer could not be understood",
      /Tell your administrator: value\[0\]\.severity is not a text in the answer to \/v1\.0\/security\/incidents\./,
    ],
    ["nothing at all", "", "application/json", "the answer could not be understood", /EOF while parsing a value at line 1 column 0/],
    [
      "a web page",
      "<!doctype html><title>Sign in to the network</title>",
      "text/html",
      "a web page came instead of data",
      /A proxy or the sign-in page of your network may have answered/,
    ],
  ] as const) {
    test(`${name} in place of a list is said, with the id to quote, and asked for again`, async ({ page, sandbox }) => {
      await sandbox.post("faults", { ...LISTS, status: 200, contentType, body, times: 2 });
      await signIn(page, "Omar Haddad", "/incidents");
      await expect(failure(page, why)).toBeVisible();
      await expect(page.getByText(advice)).toBeVisible();
      await expect(page.getByText(/^Request id [0-9a-f-]{36}/)).toBeVisible();
      await page.getByRole("button", { name: "Try again" }).click();
      await expect(grid(page)).toBeVisible();
    });
  }

  test("an enum member and evidence nobody has heard of are shown by their names", async ({ page, sandbox }) => {
    const { investigating } = await sandbox.get("showcase");
    const incident = {
      id: investigating.id,
      displayName: "From the future",
      status: "pausedByPolicy",
      severity: "apocalyptic",
      classification: "maybePositive",
      determination: "sheerBadLuck",
      createdDateTime: "2026-11-20T08:00:00Z",
      lastUpdateDateTime: "2026-11-20T09:00:00Z",
      somethingNew: { deep: [1, 2, 3] },
      alerts: [
        {
          id: "a-1",
          title: "An alert of tomorrow",
          severity: "gentle",
          status: "dreaming",
          serviceSource: "microsoftDefenderForDreams",
          evidence: [
            { "@odata.type": "#microsoft.graph.security.telepathyEvidence", displayName: "A thought", verdict: "profound", remediationStatus: "forgotten" },
          ],
        },
      ],
    };
    await sandbox.post("faults", { host: "graph", pathContains: `/security/incidents/${investigating.id}`, status: 200, body: incident });
    await signIn(page, "Omar Haddad", `/incidents/${investigating.id}`);
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("From the future");
    for (const unknown of ["pausedByPolicy", "apocalyptic", "maybePositive", "sheerBadLuck"]) {
      await expect(page.getByText(`Unknown (${unknown})`)).toBeVisible();
    }
    await page.getByRole("tab", { name: /^Alerts/ }).click();
    await page.getByRole("tabpanel").getByRole("button").first().click();
    const evidence = page.getByRole("row").filter({ hasText: "A thought" });
    await expect(evidence).toContainText("Telepathy");
    await expect(evidence).toContainText("Unknown (profound)");
  });
});

test.describe("too many requests", () => {
  for (const [status, name, retryAfter] of [
    [429, "a fraction of a second", "0.128"],
    [429, "no delay at all", undefined],
    [429, "a delay nobody can read", "soon"],
    [503, "a fraction of a second", "0.128"],
    [503, "no delay at all", undefined],
    [504, "no delay at all", undefined],
  ] as const) {
    test(`a list that is refused (${status}) for ${name} is asked for again without anybody's doing`, async ({ page, sandbox, guard }) => {
      guard.expectStatus(status);
      await sandbox.post("faults", { ...LISTS, status, retryAfter, times: 2 });
      await signIn(page, "Omar Haddad", "/incidents");
      await expect(grid(page)).toBeVisible({ timeout: 15_000 });
      const lists = (await sandbox.get("requests")).filter((one: { path: string }) => one.path.includes("/security/incidents?"));
      expect(lists.filter((one: { status: number }) => one.status === status)).toHaveLength(2);
    });
  }

  test("of two delays the longer one is heeded, whichever comes last", async ({ page, sandbox, guard }) => {
    guard.expectStatus(429);
    await sandbox.post("faults", { ...LISTS, pathContains: "awaitingAction", status: 429, retryAfter: "90" });
    // The other list is told of no delay, later.
    await sandbox.post("faults", { ...LISTS, pathContains: "count=true", status: 429, delayMs: 500 });
    const other = page.waitForResponse((response) => response.url().includes("count=true"));
    await signIn(page, "Omar Haddad", "/incidents");
    await expect(page.getByText(/It asks to wait \d+ s\. Then try again\./).first()).toBeVisible();
    await other;
    await atRest(page);
    await page.getByRole("button", { name: "Try again" }).first().click();
    await expect(page.getByText(/It asks to wait [89]\d s\. Then try again\./).first()).toBeVisible();
    const lists = (await sandbox.get("requests")).filter((one: { method: string; path: string }) => one.method === "GET" && one.path.includes("/security/incidents?"));
    expect(lists).toHaveLength(2);
  });

  test("a list that is refused for longer than anybody waits says for how long", async ({ page, sandbox, guard }) => {
    guard.expectStatus(429);
    await sandbox.post("faults", { ...LISTS, status: 429, retryAfter: "90.5", times: 2 });
    await signIn(page, "Omar Haddad", "/incidents");
    await expect(page.getByRole("heading", { name: "The service is busy" })).toBeVisible();
    await expect(page.getByText(/It asks to wait 9[01] s\. Then try again\./)).toBeVisible();
  });

  for (const [name, retryAfter, advice] of [
    ["a fraction of a second", "1.128", "The service is busy and asks to wait 2 s first."],
    ["no delay at all", undefined, "The service is busy: wait a moment first."],
  ] as const) {
    test(`an action that is refused for ${name} has not been taken, says when to try again, and is done once`, async ({ page, sandbox, guard }) => {
      guard.expectStatus(429);
      const { ransomware } = await sandbox.get("showcase");
      await signIn(page, "Omar Haddad", `/incidents/${ransomware.id}?panel=managed-response`);
      await sandbox.post("faults", { host: "experts", method: "POST", pathContains: "executeResponseAction", status: 429, retryAfter });
      const card = page.getByRole("dialog", { name: "Managed response" }).getByRole("group", { name: "Isolate device prod-sql-02" });
      const isolate = async () => {
        await card.getByRole("button", { name: "Isolate device", exact: true }).click();
        await page.getByRole("dialog").last().getByRole("button", { name: "Isolate device", exact: true }).click();
      };
      await isolate();
      await expect(card.getByText(`The service has not carried this out, the action is unchanged. ${advice}`)).toBeVisible();
      expect(await sandbox.get("effects")).toEqual([]);
      await isolate();
      await expect(card.getByText("Completed").first()).toBeVisible({ timeout: 20_000 });
      expect((await sandbox.get("effects")).map((one: { effect: string }) => one.effect)).toEqual(["execute"]);
    });
  }
});

test.describe("pages of a list", () => {
  const incident = (id: string, name: string) => ({
    id,
    displayName: name,
    status: "active",
    severity: "low",
    createdDateTime: new Date().toISOString(),
    lastUpdateDateTime: new Date().toISOString(),
  });

  test("a next page on another host is refused, and no token goes there", async ({ page, sandbox }) => {
    const elsewhere: string[] = [];
    page.on("request", (request) => request.url().includes("stolen") && elsewhere.push(request.url()));
    const next = `${sandbox.origin("experts")}/v1.0/security/incidents?stolen`;
    await sandbox.post("faults", { ...LISTS, status: 200, body: { value: [incident("1", "One")], "@odata.nextLink": next }, times: 2 });
    await signIn(page, "Omar Haddad", "/incidents");
    await expect(failure(page, "the answer could not be understood")).toBeVisible();
    await expect(page.getByText(/the next page is on another host and was refused/)).toBeVisible();
    expect(elsewhere).toEqual([]);
  });

  test("pages that lead round in a circle are left, and what they brought is shown", async ({ page, sandbox }) => {
    const at = (name: string) => `${sandbox.origin("graph")}/v1.0/security/incidents?page=${name}`;
    const give = (pathContains: string, body: unknown) =>
      sandbox.post("faults", { host: "graph", pathContains, status: 200, body, times: 1_000 });
    await give("page=one", { value: [incident("1", "Of page one")], "@odata.nextLink": at("two") });
    await give("page=two", { value: [incident("2", "Of page two")], "@odata.nextLink": at("one") });
    await give("awaitingAction", { value: [] });
    await give("lastUpdateDateTime", { value: [incident("3", "Of the first page")], "@odata.nextLink": at("one") });
    await signIn(page, "Omar Haddad", "/incidents");
    await expect(grid(page).getByRole("link", { name: "Of page two" })).toBeVisible();
    await expect(page.getByText(/Tell your administrator: the pages of the list lead round in a circle\./)).toBeVisible();
    const asked = (await sandbox.get("requests")).filter((one: { path: string }) => one.path.includes("page="));
    expect(asked.length).toBeLessThan(12);
  });

  test("an update of the year 2099 does not hide what really follows", async ({ page, sandbox }) => {
    await page.clock.install();
    const { investigating } = await sandbox.get("showcase");
    const late = { ...incident("1", "Of the year 2099"), lastUpdateDateTime: "2099-01-01T00:00:00Z" };
    await sandbox.post("faults", { ...LISTS, pathContains: "lastUpdateDateTime", status: 200, body: { value: [late] } });
    await signIn(page, "Omar Haddad", "/incidents");
    await expect(grid(page).getByRole("link", { name: "Of the year 2099" })).toBeVisible();
    for (const name of ["First change", "Second change"]) {
      await sandbox.post(`incidents/${investigating.id}`, { displayName: name });
      await leap(page, 70_000);
      await expect(grid(page).getByRole("link", { name })).toBeVisible();
    }
  });

  test("an empty page with a next one is no end", async ({ page, sandbox }) => {
    const list = `${sandbox.origin("graph")}/v1.0/security/incidents?$top=50`;
    await sandbox.post("faults", { ...LISTS, pathContains: "lastUpdateDateTime", status: 200, body: { value: [], "@odata.nextLink": list } });
    await signIn(page, "Omar Haddad", "/incidents");
    await expect(grid(page).getByRole("link").first()).toBeVisible();
    await expect(page.getByText(/could not be loaded/)).toHaveCount(0);
  });
});

test.describe("a browser that keeps nothing", () => {
  for (const [name, error] of [
    ["refuses", "SecurityError"],
    ["is full", "QuotaExceededError"],
  ] as const) {
    test(`everything works where storage ${name}, and a reload is warned of`, async ({ page, sandbox }) => {
      await page.addInitScript((error) => {
        const refuse = () => {
          throw new DOMException("No.", error);
        };
        if (error === "SecurityError") {
          Object.defineProperty(window, "localStorage", { get: refuse });
          IDBFactory.prototype.open = refuse;
        } else {
          const keep = Storage.prototype.setItem;
          Storage.prototype.setItem = function (...pair) {
            if (this === localStorage) refuse();
            keep.apply(this, pair);
          };
          IDBObjectStore.prototype.put = refuse;
          IDBObjectStore.prototype.add = refuse;
        }
      }, error);
      const { investigating, ransomware } = await sandbox.get("showcase");
      await signIn(page, "Omar Haddad", `/incidents/${investigating.id}?tab=comments`);
      await page.getByRole("textbox", { name: "Add a comment" }).fill("Written on water.");
      await expect(page.getByText(/This browser keeps nothing for this address/)).toBeVisible();
      await page.getByRole("button", { name: "Add comment" }).click();
      await expect(page.getByRole("listitem").filter({ hasText: "Written on water." })).toBeVisible();
      await page.getByRole("button", { name: "Omar Haddad" }).click();
      await page.getByRole("menuitemradio", { name: "Dark" }).click();
      await page.goto(`/incidents/${ransomware.id}?panel=managed-response`);
      const card = page.getByRole("dialog", { name: "Managed response" }).getByRole("group", { name: "Isolate device prod-sql-02" });
      await card.getByRole("button", { name: "Isolate device", exact: true }).click();
      await page.getByRole("dialog").last().getByRole("button", { name: "Isolate device", exact: true }).click();
      await expect(card.getByText("Completed").first()).toBeVisible({ timeout: 20_000 });
      expect((await sandbox.get("effects")).map((one: { effect: string }) => one.effect)).toEqual(["execute"]);
    });
  }

  test("a sign-in that could not find its way back is not begun", async ({ page }) => {
    await page.addInitScript(() => {
      Object.defineProperty(window, "sessionStorage", {
        get: () => {
          throw new DOMException("No.", "SecurityError");
        },
      });
    });
    await page.goto("/incidents");
    await expect(page.getByRole("heading", { name: "Sign-in did not succeed" })).toBeVisible();
    await expect(page.getByText(/The browser refuses to keep anything for this address/)).toBeVisible();
  });
});

test.describe("a browser or server that does not start the portal", () => {
  test("without JavaScript it says what it needs", async ({ browser, sandbox }) => {
    const context = await browser.newContext({ javaScriptEnabled: false, baseURL: sandbox.origin("portal") });
    const page = await context.newPage();
    await page.goto("/");
    const needs = page.getByRole("paragraph").filter({ hasText: "The portal needs JavaScript. Allow it for this address and reload the page." });
    await expect(needs).toBeVisible();
    await expect(page.getByRole("status")).toHaveCount(0);
    await context.close();
  });

  test("without WebAssembly it says what it needs", async ({ page }) => {
    await page.addInitScript(() => Reflect.deleteProperty(window, "WebAssembly"));
    await page.goto("/");
    await expect(page.getByRole("heading", { name: "This browser cannot run the portal" })).toBeVisible();
    await expect(page.getByText(/It needs WebAssembly, which is turned off or missing here/)).toBeVisible();
  });

  const WASM = /\.wasm$/;
  const JS = /mdr-portal.*\.js$/;
  for (const [name, pattern, answer, heading] of [
    ["a missing program", WASM, { status: 404, body: "" }, /^A part of the portal is missing on the server: .*\.wasm \(404\)$/],
    ["missing code", JS, { status: 404, body: "" }, /^A part of the portal is missing on the server: .*\.js \(404\)$/],
    [
      "a web page in place of the program",
      WASM,
      { status: 200, contentType: "text/html", body: "<!doctype html><p>Hello" },
      /^A web page came in place of a part of the portal: .*\.wasm$/,
    ],
    [
      "a web page in place of the code",
      JS,
      { status: 200, contentType: "text/html", body: "<!doctype html><p>Hello" },
      /^A web page came in place of a part of the portal: .*\.js$/,
    ],
    ["a program that is none", WASM, { status: 200, contentType: "application/wasm", body: "nonsense" }, /^A part of the portal arrived damaged$/],
  ] as const) {
    test(`${name} is told by its name`, async ({ page, guard }) => {
      guard.expectError(/^console: Failed to (load resource|fetch|find)/);
      guard.expectError(/^console: (TypeError|CompileError|Failed to load module script)/);
      guard.expectError(/integrity/);
      await page.route(pattern, (route) => route.fulfill(answer));
      await page.goto("/");
      await expect(page.getByRole("heading", { name: heading })).toBeVisible();
      await expect(page.getByText(/Reload the page; if it happens again, tell your administrator\./)).toBeVisible();
    });
  }

  test("a program that is cut off is told from one that is missing", async ({ page, sandbox, guard }) => {
    guard.expectError(/CompileError|integrity/);
    await page.route(WASM, async (route) => {
      const whole = await sandbox.file(new URL(route.request().url()).pathname);
      await route.fulfill({ status: 200, contentType: "application/wasm", body: whole.subarray(0, whole.length / 2) });
    });
    await page.goto("/");
    await expect(page.getByRole("heading", { name: "A part of the portal arrived damaged" })).toBeVisible();
  });

  test("a program under the wrong type runs all the same", async ({ page, sandbox, guard }) => {
    guard.expectError(/integrity/);
    await page.route(WASM, async (route) => {
      const body = await sandbox.file(new URL(route.request().url()).pathname);
      await route.fulfill({ status: 200, contentType: "application/octet-stream", body });
    });
    await signIn(page, "Omar Haddad");
    await expect(page.getByRole("heading", { level: 1, name: "Home" })).toBeVisible();
  });

  test("a policy that forbids the program is named", async ({ page, sandbox, guard }) => {
    guard.expectError(/WebAssembly|wasm-eval/);
    await page.route(/\/$/, async (route) => {
      const body = await sandbox.file("/");
      const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'";
      await route.fulfill({ body, contentType: "text/html", headers: { "content-security-policy": policy } });
    });
    await page.goto("/");
    await expect(page.getByRole("heading", { name: "This server does not let the browser run the portal" })).toBeVisible();
    await expect(page.getByText(/script-src 'self' 'wasm-unsafe-eval'/)).toBeVisible();
  });
});

test.describe("a clock that is wrong by a day", () => {
  const DAY = 24 * 60 * 60_000;
  for (const [way, ahead, words] of [
    ["fast", DAY, /The clock of this computer is (1 day|23 h) fast/],
    ["slow", -DAY, /The clock of this computer is (1 day|23 h) slow/],
  ] as const) {
    test(`and ${way}: sign-in, ranges, times and changes follow the service's`, async ({ page, sandbox }) => {
      const { investigating } = await sandbox.get("showcase");
      await sandbox.post(`incidents/${investigating.id}`, { displayName: "Touched just now" });
      await page.clock.install({ time: Date.now() + ahead });
      await signIn(page, "Omar Haddad", "/incidents?range=24h&status=inProgress");
      await expect(page.getByText(words)).toBeVisible();
      await expect(grid(page).getByRole("link", { name: "Touched just now" })).toBeVisible();
      await page.getByRole("link", { name: "Home", exact: true }).click();
      await expect(page.getByText("Updated just now")).toBeVisible();
      await expect(page.getByRole("main")).not.toContainText(/\bin \d+ (min|h|day)/);
      await page.goBack();
      await sandbox.post(`incidents/${investigating.id}`, { displayName: "Changed since" });
      await leap(page, 70_000);
      await expect(grid(page).getByRole("link", { name: "Changed since" })).toBeVisible();
    });

    test(`and ${way}: changes arrive where nobody tells the time, either`, async ({ page, sandbox }) => {
      const { investigating } = await sandbox.get("showcase");
      await page.clock.install({ time: Date.now() + ahead });
      const { mount } = await embed(page, sandbox);
      await page.evaluate((path) => history.pushState(null, "", path), "/incidents?status=inProgress&range=3d");
      await mount();
      await expect(grid(page).getByRole("link", { name: investigating.displayName })).toBeVisible();
      for (const name of ["First change", "Second change"]) {
        await sandbox.post(`incidents/${investigating.id}`, { displayName: name });
        await leap(page, 70_000);
        await expect(grid(page).getByRole("link", { name })).toBeVisible();
      }
    });
  }
});
