import { readFile } from "node:fs/promises";
import { atRest, expect, type Locator, type Page, signIn, test } from "./support/test";
import { parse, type Row } from "./support/csv";
import * as recompute from "./support/recompute";
import { card, confirm, flyout } from "./support/response";
import type { Sandbox } from "./support/sandbox";

test.use({ cleanTenant: true });

const section = (page: Page, name: string) => page.getByRole("region", { name, exact: true });
const number = async (of: Locator) => Number.parseInt((await of.innerText()).replace(/\D/g, ""), 10);

async function open(page: Page, path = "/reports"): Promise<void> {
  await signIn(page, "Omar Haddad", path);
  await shown(page);
}

/** A report is several questions to the service, of as much as there is. */
async function shown(page: Page): Promise<void> {
  await expect(section(page, "Resolved incidents").getByRole("link").first()).toBeVisible({ timeout: 20_000 });
}

/** Without an Experts API, and without an address for tasks where `tasks` says so. */
async function bare(page: Page, sandbox: Sandbox, tasks = true): Promise<void> {
  const { port } = new URL(sandbox.origin("portal"));
  const config = await (await fetch(`http://127.0.0.1:${port}/config.json`)).json();
  const changed = { ...config, expertsBaseUrl: null, ...(tasks ? {} : { tasksBaseUrl: null }) };
  await page.route("**/config.json", (route) => route.fulfill({ json: changed }));
}

/** Follows a figure and holds the list's length against it. */
async function opens(page: Page, link: Locator, count: number): Promise<void> {
  const back = page.url();
  await link.click();
  await expect(page.getByRole("heading", { level: 1, name: "Incidents" })).toBeVisible();
  await expect(page.getByText("The list is not complete yet.")).toHaveCount(0);
  const said = count === 1 ? "1 incident" : `${count} incidents`;
  await expect(page.getByText(said, { exact: true })).toBeVisible();
  if (count > 0) await expect(page.getByRole("grid", { name: "Incidents" })).toHaveAttribute("aria-rowcount", String(count + 1));
  await page.goBack();
  await expect(page).toHaveURL(back);
  await expect(section(page, "Resolved incidents")).toBeVisible();
}

/** What every figure of the overview says, by its section. */
async function figures(page: Page): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  for (const name of [
    "Resolved incidents",
    "Incidents by severity",
    "Incidents by category",
    "Incidents by service source",
    "Most impacted assets",
    "Incidents that required your action",
  ]) {
    const links = section(page, name).getByRole("link");
    await expect(links.first()).toBeVisible();
    found[name] = (await links.allInnerTexts()).join(" | ");
  }
  const tactics = section(page, "Incidents resolved by MITRE tactics");
  await tactics.getByText("Show data").click();
  found.tactics = (await tactics.getByRole("table").innerText()).replace(/\s+/g, " ");
  return found;
}

test("every headline figure opens the list it counts", async ({ page }) => {
  test.slow();
  await open(page);
  const links = section(page, "Resolved incidents").getByRole("link");
  await expect(links).toHaveCount(4);
  for (const index of [0, 1, 2, 3]) {
    const link = links.nth(index);
    await opens(page, link, await number(link.locator("span").first()));
  }
});

for (const name of ["Incidents by severity", "Incidents by category", "Incidents by service source", "Most impacted assets"]) {
  test(`${name}: every figure opens the list it counts`, async ({ page }) => {
    test.slow();
    await open(page);
    const links = section(page, name).getByRole("listitem").getByRole("link");
    await expect(links.first()).toBeVisible();
    for (let index = 0; index < (await links.count()); index += 1) {
      await opens(page, links.nth(index), await number(links.nth(index)));
    }
  });
}

test("tactics and required actions open the lists they count", async ({ page }) => {
  await open(page);
  const tactics = section(page, "Incidents resolved by MITRE tactics");
  await tactics.getByText("Show data").click();
  const cells = tactics.getByRole("table").getByRole("link");
  const filled = await cells.evaluateAll((all) => all.flatMap((one, at) => (one.textContent === "0" ? [] : [at])));
  for (const index of filled.slice(0, 4)) {
    await opens(page, cells.nth(index), await number(cells.nth(index)));
    await tactics.getByText("Show data").click();
  }
  const actions = section(page, "Incidents that required your action").getByRole("link", { name: /in \d+ incidents?$/ });
  await expect(actions).toHaveCount(4);
  for (const index of [0, 1, 2]) {
    const link = actions.nth(index);
    await opens(page, link, await number(link.getByText(/in \d+ incident/)));
  }
});

test("what is selected in a chart stands in the address and opens its incidents", async ({ page }) => {
  await open(page);
  const severity = section(page, "Incidents by severity");
  await severity.getByRole("button", { name: "View incidents" }).hover();
  await severity.getByRole("application").focus();
  for (const key of ["ArrowRight", " ", "ArrowRight", " "]) await page.keyboard.press(key);
  await expect(page).toHaveURL(/severity=high,medium/);
  await page.reload();
  await expect(severity.getByRole("checkbox", { name: "High" })).toBeChecked();
  const of = async (name: string) => number(severity.getByRole("listitem").filter({ hasText: name }).getByRole("link"));
  const both = (await of("High")) + (await of("Medium"));
  await opens(page, severity.getByRole("link", { name: "View incidents" }), both);
});

test("the portal's own figures are those of the service", async ({ page, browser, sandbox }) => {
  test.slow();
  await open(page);
  const told = await figures(page);
  await section(page, "Incidents behind the report").getByRole("button", { name: "Read the incidents" }).click();
  await expect(page.getByText("every figure compared agrees. Not compared: Average time to resolve incidents.")).toBeVisible();
  const context = await browser.newContext({ baseURL: sandbox.origin("portal") });
  const own = await context.newPage();
  await bare(own, sandbox);
  await open(own);
  await expect(own.getByText("Computed by this portal")).toBeVisible();
  expect(await figures(own)).toEqual(told);
  await expect(section(own, "Average time to resolve incidents").getByText("Only the experts' service keeps these times")).toBeVisible();
  await context.close();
});

test("the portal's own trends are those of the service", async ({ page, browser, sandbox }) => {
  test.slow();
  const trends = async (of: Page) => {
    await signIn(of, "Omar Haddad", "/reports/trends");
    const found: string[] = [];
    for (const name of ["Incidents by severity", "Incidents by MITRE tactic", "Incidents by classification", "Managed response task completion and efficiency"]) {
      const data = section(of, name).getByText(/^Show (data|all tactics)$/);
      await expect(data.first()).toBeVisible();
      for (const one of await data.all()) await one.click();
      await expect(section(of, name).getByRole("table")).toHaveCount(await data.count());
      for (const table of await section(of, name).getByRole("table").all()) found.push(name, (await table.innerText()).replace(/\s+/g, " "));
    }
    return found;
  };
  const told = await trends(page);
  expect(told).toHaveLength(12);
  const context = await browser.newContext({ baseURL: sandbox.origin("portal") });
  const own = await context.newPage();
  await bare(own, sandbox);
  expect(await trends(own)).toEqual(told);
  await expect(own.getByText("Computed by this portal")).toBeVisible();
  await context.close();
});

test("the portal's own report stays of these days, and tells when it was read, while it is read again in vain", async ({ page, sandbox, guard }) => {
  test.slow();
  guard.expectStatus(500);
  await bare(page, sandbox);
  await signIn(page, "Omar Haddad", "/reports/trends");
  const severity = section(page, "Incidents by severity");
  await severity.getByText("Show data").click();
  const [says, table] = [page.getByText(/^Showing results for/), severity.getByRole("table")];
  await expect(says).toContainText(/Computed by this portal from the incidents read at .*\. Newest data: /);
  await expect(table.getByRole("link").filter({ hasText: /[1-9]/ }).first()).toBeVisible();
  await atRest(page);
  const read = async () => (await says.innerText()).split(" Newest data")[0]!;
  const [told, figures] = [await read(), await table.innerText()];
  expect(told).not.toContain("1970");

  const again = "$expand=alerts&$count=true&$filter=lastUpdateDateTime";
  await sandbox.post("faults", { host: "graph", method: "GET", pathContains: again, status: 500 });
  await page.getByRole("button", { name: "Refresh" }).click();
  const stale = page.getByText("Not up to date.");
  await expect(stale).toBeVisible();
  expect(await table.innerText()).toBe(figures);
  expect(await read()).toBe(told);

  // What could not be read is asked for again by the next who needs it.
  await page.getByRole("tab", { name: "Report overview" }).click();
  await expect(says).toContainText(/\(30 days\).* Computed by this portal from the incidents read at /);
  await expect(stale).toHaveCount(0);
  await expect(says).not.toContainText("1970");
  await page.getByRole("button", { name: "Refresh" }).click();
  await atRest(page);
  await expect(says).not.toContainText("1970");
});

test("what takes tasks is a dash that says why where there are none", async ({ page, sandbox }) => {
  await bare(page, sandbox, false);
  await open(page);
  const headline = section(page, "Resolved incidents");
  await expect(headline.getByText("this portal has no address for them")).toHaveCount(2);
  await expect(headline.getByRole("link")).toHaveCount(2);
  await expect(section(page, "Incidents that required your action").getByText("this portal has no address for them")).toBeVisible();
});

/** How many colours each chart's canvas has, and its pixels for one of the page's. */
function looks(page: Page): Promise<{ colours: number; ratio: number }[]> {
  return page.getByRole("img").and(page.locator("canvas")).evaluateAll((all) =>
    (all as HTMLCanvasElement[]).map((canvas) => {
      const { data } = canvas.getContext("2d")!.getImageData(0, 0, canvas.width, canvas.height);
      const colours = new Set<number>();
      for (let at = 0; at < data.length; at += 4) colours.add((data[at]! << 16) | (data[at + 1]! << 8) | data[at + 2]!);
      return { colours: colours.size, ratio: canvas.width / canvas.clientWidth };
    }),
  );
}

for (const ratio of [1, 2]) {
  test(`charts are drawn and sharp at ${ratio} device pixels`, async ({ browser, sandbox }) => {
    const context = await browser.newContext({ baseURL: sandbox.origin("portal"), deviceScaleFactor: ratio });
    const page = await context.newPage();
    await open(page);
    for (const path of ["/reports", "/reports/trends"]) {
      if (path.endsWith("trends")) await page.getByRole("tab", { name: "Trends" }).click();
      await expect(page.getByRole("img").nth(3)).toBeVisible();
      const charts = await page.getByRole("img").all();
      expect(charts.length).toBeGreaterThan(3);
      for (const [at, chart] of charts.entries()) {
        await chart.scrollIntoViewIfNeeded();
        await expect.poll(async () => (await looks(page))[at]!.colours).toBeGreaterThan(8);
        expect((await looks(page))[at]!.ratio).toBeCloseTo(ratio, 1);
      }
    }
    await context.close();
  });
}

test("a chart far below the screen is drawn when it comes near, and onto paper", async ({ page }) => {
  await open(page);
  const drawn = async () => (await looks(page)).map(({ colours }) => colours > 8);
  await expect.poll(async () => (await drawn())[0]).toBe(true);
  const last = (await drawn()).length - 1;
  expect((await drawn())[last]).toBe(false);
  await page.getByRole("img").nth(last).scrollIntoViewIfNeeded();
  await expect.poll(async () => (await drawn())[last]).toBe(true);
  await page.reload();
  await shown(page);
  await expect.poll(async () => (await drawn())[0]).toBe(true);
  expect((await drawn())[last]).toBe(false);
  await page.evaluate(() => dispatchEvent(new Event("beforeprint")));
  await expect.poll(async () => (await drawn()).every(Boolean)).toBe(true);
});

test("what is below the screen says the same range as what is on it", async ({ page, sandbox }) => {
  // Computed here, so that no page of grey stands between two ranges.
  await bare(page, sandbox);
  await open(page, "/reports?range=180d");
  const top = section(page, "Resolved incidents").getByRole("link").first();
  const below = section(page, "Most impacted assets").getByRole("link").first();
  const range = async (link: Locator) => new URL((await link.getAttribute("href"))!, page.url()).searchParams.get("range");
  const before = await range(top);
  expect(await range(below)).toBe(before);
  const most = Number(await below.innerText());
  await page.getByRole("button", { name: /^Date range/ }).click();
  await page.getByRole("button", { name: "Last 7 days" }).click();
  await expect.poll(() => range(top)).not.toBe(before);
  const now = await range(top);
  await expect.poll(() => range(below)).toBe(now);
  expect(Number(await below.innerText())).toBeLessThan(most);
  await expect(below).not.toBeInViewport();
});

test("a chart is read and opened by keyboard alone", async ({ page }) => {
  await open(page);
  const tactics = section(page, "Incidents resolved by MITRE tactics");
  await tactics.getByRole("application").focus();
  await page.keyboard.press("End");
  await expect(page.getByRole("status").filter({ hasText: /Impact: \d+ Investigated, \d+ Resolved/ })).toHaveCount(1);
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/incidents\?.*tactic=Impact/);
  await expect(page.getByRole("list", { name: "Filters of the report" })).toContainText("Tactic: Impact");
});

test("the exported incidents make up every figure again", async ({ page }) => {
  test.slow();
  await open(page);
  const rows = await proof(page);
  const table = (name: string) => exported(page, name);
  const pairs = (rows: Row[], key: string, value = "incidents") =>
    Object.fromEntries(rows.filter((row) => Number(row[value]) > 0).map((row) => [row[key]!, Number(row[value])]));
  expect(rows.length).toBeGreaterThan(0);
  expect(pairs(await table("Resolved incidents"), "figure", "value")).toEqual(recompute.headline(rows));
  const links = section(page, "Resolved incidents").getByRole("link");
  const { resolvedPercent, ...shown } = recompute.headline(rows);
  for (const [index, count] of Object.values(shown).entries()) {
    expect(await number(links.nth(index).locator("span").first())).toBe(count);
  }
  await expect(section(page, "Resolved incidents").getByText(`${resolvedPercent} %`, { exact: true })).toBeVisible();
  expect(pairs(await table("Incidents by severity"), "severity")).toEqual(recompute.bySeverity(rows));
  expect(pairs(await table("Incidents by category"), "category")).toEqual(recompute.byCategory(rows));
  expect(pairs(await table("Incidents by service source"), "source")).toEqual(recompute.bySource(rows));

  const assets = recompute.byAsset(rows);
  const named = await table("Most impacted assets");
  for (const asset of named) expect(Number(asset.incidents), asset.name).toBe(assets[asset.id!]);
  for (const [kind, column] of [["user", "users"], ["device", "devices"]] as const) {
    const own = recompute.count(rows.flatMap((row) => (row[column] ? row[column].split(";") : [])));
    const most = Object.values(own).sort((a, b) => b - a).slice(0, 5);
    expect(named.filter((asset) => asset.kind === kind).map((asset) => Number(asset.incidents))).toEqual(most);
  }
  const tactics = await table("Incidents resolved by MITRE tactics");
  expect(tactics).toHaveLength(14);
  for (const row of tactics) expect([Number(row.investigated), Number(row.resolved)], row.tactic).toEqual(recompute.byTactic(rows, row.tactic!));
  const cells = await table("Incidents resolved by severity and category");
  const key = (row: Row) => `${row.classification}/${row.severity}/${row.category}`;
  expect(Object.fromEntries(cells.map((row) => [key(row), Number(row.incidents)]))).toEqual(recompute.byCell(rows));

  const actions = await table("Incidents that required your action");
  const states = ["completed", "pending", "skipped", "failed"];
  const told = Object.fromEntries(actions.map((row) => [row.id!, states.map((state) => Number(row[state]))]));
  expect(told).toEqual(recompute.required(rows));
});

test("the exported incidents make up every time to resolve again", async ({ page }) => {
  await open(page);
  const rows = await proof(page);
  const buckets = await exported(page, "Average time to resolve incidents");
  expect(buckets.length).toBeGreaterThan(0);
  // What is exported is rounded to tenths, and a mean of what is rounded may be as far off.
  const close = (told: string | undefined, own: number | null) => {
    if (own === null) expect(told).toBe("");
    else expect(Math.abs(Number(told) - own)).toBeLessThanOrEqual(0.1);
  };
  for (const row of buckets) {
    const of = rows.filter((one) => one.status === "resolved" && recompute.bucket(one.created!, row.zone!, row.created!.length) === row.created);
    expect(of.length).toBe(Number(row.resolved));
    close(row.expertsMeanMinutes, recompute.mean(recompute.minutes(of, "expertsMinutes")));
    close(row.customerMeanMinutes, recompute.mean(recompute.minutes(of, "customerMinutes")));
  }
  const table = section(page, "Average time to resolve incidents").getByRole("table").first();
  for (const [name, column] of [["Experts", "expertsMinutes"], ["Customer", "customerMinutes"]] as const) {
    const values = recompute.minutes(rows, column);
    const cells = table.getByRole("row", { name }).getByRole("cell");
    close((await cells.nth(0).getAttribute("title"))!, recompute.mean(values));
    close((await cells.nth(1).getAttribute("title"))!, recompute.median(values));
  }
});

test("the exported incidents and tasks make up every trend again", async ({ page }) => {
  test.slow();
  await signIn(page, "Omar Haddad", "/reports/trends");
  const trend = (name: string) => exported(page, name);
  const severity = await trend("Incidents by severity");
  const [tactic, classification, tasks] = [
    await trend("Incidents by MITRE tactic"),
    await trend("Incidents by classification"),
    await trend("Managed response task completion and efficiency"),
  ];
  const { from, to, zone } = severity[0]!;
  const pairs = (rows: Row[], key: string) =>
    Object.fromEntries(rows.filter((row) => Number(row.incidents) > 0).map((row) => [`${row.month}/${row[key]}`, Number(row.incidents)]));

  expect(tasks).toHaveLength(6);
  const links = section(page, "Managed response task completion and efficiency").getByRole("table").getByRole("link");
  const data = section(page, "Managed response task completion and efficiency").getByText("Show data");
  await data.first().click();
  await expect(links).toHaveCount(6);
  for (const [index, month] of tasks.entries()) {
    const count = await number(links.nth(index));
    expect(count).toBe(Number(month.completed));
    await links.nth(index).click();
    const listed = page.getByRole("region", { name: /^Tasks completed in / });
    await expect(page).toHaveURL(new RegExp(`tasks=${month.month}`));
    await expect(listed.getByText(count === 1 ? "1 task" : `${count} tasks`, { exact: true })).toBeVisible();
    await expect(listed.getByRole("row")).toHaveCount(count + 1);
    if (count > 0) {
      const done = await exported(page, "Tasks completed");
      const spans = done.map((row) => (Date.parse(row.completed!) - Date.parse(row.created!)) / 60_000);
      expect(done.every((row) => recompute.bucket(row.completed!, zone!, 7) === month.month)).toBe(true);
      expect(Math.abs(recompute.median(spans)! - Number(month.medianMinutes))).toBeLessThanOrEqual(0.1);
    }
  }

  await page.goto(`/reports?range=${from}..${to}`);
  await shown(page);
  const rows = await proof(page);
  expect(pairs(severity, "severity")).toEqual(recompute.byMonth(rows, zone!, (row) => [row.severity!]));
  expect(pairs(classification, "classification")).toEqual(recompute.byMonth(rows, zone!, (row) => [row.classification!]));
  const known = new Set(tactic.map((row) => row.tactic));
  const tactics = recompute.byMonth(rows, zone!, (row) => row.categories!.split(";").filter((one) => known.has(one)));
  expect(pairs(tactic, "tactic")).toEqual(tactics);
});

/** The incidents behind the report, as the portal exports them. */
async function proof(page: Page): Promise<Row[]> {
  const behind = section(page, "Incidents behind the report");
  const read = behind.getByRole("button", { name: "Read the incidents" });
  await expect(read.or(behind.getByRole("link"))).toBeVisible();
  if (await read.isVisible()) await read.click();
  await expect(behind.getByRole("link")).toBeVisible({ timeout: 20_000 });
  return exported(page, "Incidents behind the report");
}

async function exported(page: Page, name: string): Promise<Row[]> {
  await page.getByRole("button", { name: `Export: ${name}`, exact: true }).click();
  const download = page.waitForEvent("download");
  await page.getByRole("menuitem", { name: "CSV" }).click();
  return parse(await readFile(await (await download).path(), "utf8"));
}

test("a range stays relative in the address, and days can be chosen", async ({ page }) => {
  await open(page);
  await page.getByRole("button", { name: /^Date range/ }).click();
  await page.getByRole("button", { name: "Last 7 days" }).click();
  await expect(page).toHaveURL(/reports\?range=7d$/);
  await expect(page.getByText(/Showing results for .* \(7 days\)/)).toBeVisible();
  await page.getByRole("switch", { name: "Compare with the previous period" }).click();
  await expect(page).toHaveURL(/range=7d&compare=previous/);
  await expect(section(page, "Resolved incidents").getByText(/\d+ in the period before/).first()).toBeVisible();
  await page.getByRole("button", { name: /^Date range/ }).click();
  const days = page.getByRole("dialog", { name: "Date range" });
  const ago = (count: number) => new Date(Date.now() - count * 86_400_000).toISOString().slice(0, 10);
  await days.getByRole("textbox", { name: "From" }).fill(ago(12));
  await days.getByRole("textbox", { name: "To" }).fill(ago(3));
  await days.getByRole("button", { name: "Apply" }).click();
  await expect(page).toHaveURL(new RegExp(`range=${ago(12)}\\.\\.${ago(3)}`));
  await expect(page.getByText(/Showing results for .* \(10 days\)/)).toBeVisible();
});

test("a range without data has a dash, not a hundred percent", async ({ page }) => {
  await signIn(page, "Omar Haddad", "/reports?range=2020-01-01..2020-01-31");
  const headline = section(page, "Resolved incidents");
  await expect(headline.getByText("–", { exact: true })).toBeVisible();
  await expect(page.getByText("No incidents in this range")).toBeVisible();
});

test("a range that ends before it begins is said, and the last 30 days are shown", async ({ page }) => {
  await signIn(page, "Omar Haddad", "/reports?range=2026-11-21..2026-11-01");
  await expect(page.getByText(/cannot read: range\. The report ignores them/)).toBeVisible();
  await expect(page.getByRole("button", { name: /Date range: Last 30 days/ })).toBeVisible();
});

test("a service that fails is said, and can be asked again", async ({ page, sandbox, guard }) => {
  guard.expectStatus(500);
  await sandbox.post("faults", { host: "experts", pathContains: "/reports/summary", status: 500, times: 1 });
  await signIn(page, "Omar Haddad", "/reports");
  await expect(page.getByText("The report could not be loaded")).toBeVisible();
  await page.getByRole("button", { name: "Try again" }).click();
  await expect(section(page, "Resolved incidents")).toBeVisible();
});

test("figures of the period before that do not come are said to be unknown", async ({ page, sandbox, guard }) => {
  guard.expectStatus(500);
  await open(page);
  await atRest(page);
  await sandbox.post("faults", { host: "experts", method: "GET", pathContains: "/reports/summary", status: 500 });
  await page.getByRole("switch", { name: "Compare with the previous period" }).click();
  const unknown = section(page, "Resolved incidents").getByText("The figures of the period before could not be read. Refresh to ask again.");
  const before = section(page, "Resolved incidents").getByText(/\d+ in the period before/);
  await expect(unknown).toBeVisible();
  await expect(before).toHaveCount(0);
  await page.getByRole("button", { name: "Refresh", exact: true }).click();
  await expect(before.first()).toBeVisible();
  await expect(unknown).toHaveCount(0);
});

/** Changes what the service answers to a question for the summary. */
async function summary(page: Page, change: (body: any) => object): Promise<void> {
  await page.route("**/reports/summary?**", async (route) => {
    // Node does not resolve *.localhost everywhere.
    const { host, port } = new URL(route.request().url());
    const url = route.request().url().replace(host, `127.0.0.1:${port}`);
    const response = await route.fetch({ url, headers: { ...route.request().headers(), host } });
    const body = await response.json();
    await route.fulfill({ response, json: { ...body, ...change(body) } });
  });
}

test("a report that disagrees with its own parts is shown as such", async ({ page }) => {
  await summary(page, (body) => ({ resolvedDirectly: body.resolvedDirectly + 3 }));
  await open(page);
  await expect(page.getByText("This report does not agree with its own parts.")).toBeVisible();
});

test("four hundred categories, one that nobody knows, and assets without a name are all told", async ({ page }) => {
  test.slow();
  const many = Object.fromEntries(Array.from({ length: 399 }, (_, at) => [`Category${at}`, 1]));
  await summary(page, (body) => ({
    byCategory: { QuantumTampering: body.resolved, ...many },
    impactedAssets: { users: [{ id: "user-7", displayName: null, incidents: 2 }], devices: [{ id: "device-9", displayName: "", incidents: 1 }] },
  }));
  await open(page);
  const category = section(page, "Incidents by category");
  await expect(category.getByRole("listitem").filter({ hasText: "Quantum tampering" }).getByRole("link")).toBeVisible();
  await expect(category.getByRole("checkbox")).toHaveCount(400);
  await expect(category.getByText("The chart shows the most frequent; 388 more are in the list.")).toBeVisible();
  await expect(category.getByText(/counts for \d+ resolved incidents: some are in several/)).toBeVisible();
  const assets = section(page, "Most impacted assets");
  await expect(assets.getByText("user-7")).toBeVisible();
  await expect(assets.getByText("device-9")).toBeVisible();
  await category.getByRole("checkbox", { name: "Quantum tampering" }).check();
  await expect(page).toHaveURL(/category=QuantumTampering/);
});

test("a residue is shown, not hidden", async ({ page }) => {
  await summary(page, (body) => ({ bySeverity: { ...body.bySeverity, high: Math.max(0, body.bySeverity.high - 1) } }));
  await open(page);
  await expect(section(page, "Incidents by severity").getByText("1 resolved incident is in none of these.")).toBeVisible();
});

test("a range across a change of clocks and a year opens lists of its own days", async ({ page }) => {
  const year = new Date().getUTCFullYear();
  await signIn(page, "Omar Haddad", `/reports?range=${year - 1}-12-20..${year}-12-15`);
  const link = section(page, "Resolved incidents").getByRole("link").first();
  await shown(page);
  await expect(page.getByText(/Showing results for .* \(36[12] days\), Europe\/Vienna/)).toBeVisible();
  await opens(page, link, await number(link.locator("span").first()));
});

test("days of years ago begin and end by the clocks of then", async ({ page }) => {
  const year = new Date().getUTCFullYear() - 2;
  for (const [days, from, to] of [
    [`${year}-01-01..${year}-01-31`, `${year - 1}-12-31T23:00:00Z`, `${year}-01-31T23:00:00Z`],
    [`${year}-07-01..${year}-07-31`, `${year}-06-30T22:00:00Z`, `${year}-07-31T22:00:00Z`],
  ] as const) {
    const asked = page.waitForRequest((request) => request.url().includes("/reports/summary?"));
    await signIn(page, "Omar Haddad", `/reports?range=${days}`);
    const { searchParams } = new URL((await asked).url());
    expect([searchParams.get("from"), searchParams.get("to")]).toEqual([from, to]);
    await expect(page.getByText("No incidents in this range")).toBeVisible();
  }
});

test("a reopened incident counts by its state now, and one that was merged no more", async ({ page, sandbox }) => {
  await open(page);
  const links = section(page, "Resolved incidents").getByRole("link");
  const [investigated, resolved] = [await number(links.nth(0).locator("span").first()), await number(links.nth(1).locator("span").first())];
  const rows = await proof(page);
  const closed = rows.filter((row) => row.status === "resolved");
  await sandbox.post(`incidents/${closed[0]!.id}`, { status: "active" });
  await sandbox.post(`incidents/${closed[1]!.id}`, { redirectTo: closed[2]!.id });
  await page.getByRole("button", { name: "Refresh" }).click();
  await expect(links.nth(0).locator("span").first()).toHaveText(String(investigated - 1));
  await expect(links.nth(1).locator("span").first()).toHaveText(String(resolved - 2));
  await expect(page.getByText("every figure compared agrees. Not compared: Average time to resolve incidents.")).toBeVisible();
});

test("what the report says of itself is on the page", async ({ page }) => {
  await open(page);
  const says = page.getByText(/^Showing results for/);
  await expect(says).toContainText(/\(30 days\), Europe\/Vienna/);
  await expect(says).toContainText(/Computed by the experts' service at .*\. Newest data: .*\. Filters: incidents of Defender Experts, by creation, merged ones left out\./);
  for (const term of ["Counted", "Investigated", "Resolved", "Resolved directly", "Resolved with your help", "Percentage", "Range", "Mean and median", "Dash"]) {
    await expect(section(page, "Definitions").getByRole("term").filter({ hasText: new RegExp(`^${term}$`) })).toBeVisible();
  }
  const headline = section(page, "Resolved incidents");
  for (const [index, name] of ["Investigated", "Resolved", "Resolved directly", "Resolved with your help"].entries()) {
    await expect(headline.getByRole("link").nth(index)).toContainText(name);
  }
  await expect(section(page, "Incidents by severity").getByText(/^Adds up to \d+ resolved incidents\.$/)).toBeVisible();
  const times = section(page, "Average time to resolve incidents");
  await expect(times.getByRole("list").getByText("Experts")).toBeVisible();
  await expect(times.getByRole("list").getByText("Customer")).toBeVisible();
  for (const name of ["Mean", "Median"]) await expect(times.getByRole("columnheader", { name })).toBeVisible();
});

test("tactics that did not come up can be left out, and the type of incidents chosen", async ({ page }) => {
  await open(page);
  const tactics = section(page, "Incidents resolved by MITRE tactics");
  await tactics.getByText("Show data").click();
  await expect(tactics.getByRole("row")).toHaveCount(15);
  await tactics.getByRole("switch", { name: "Show all tactics" }).click();
  await expect(page).toHaveURL(/tactics=occurring/);
  const rows = await exported(page, "Incidents resolved by MITRE tactics");
  await expect(tactics.getByRole("row")).toHaveCount(1 + rows.filter((row) => Number(row.investigated) > 0).length);
  const cells = section(page, "Incidents resolved by severity and category");
  await cells.getByRole("combobox", { name: "Select incident type" }).selectOption("False positive");
  await expect(page).toHaveURL(/type=falsePositive/);
  await cells.getByText("Show data").click();
  const all = await exported(page, "Incidents resolved by severity and category");
  const categories = new Set(all.filter((row) => row.classification === "falsePositive").map((row) => row.category));
  await expect(cells.getByRole("row")).toHaveCount(1 + Math.min(12, categories.size));
});

test("what is not set, and what nobody knows, is told by its name and opens its list", async ({ page, sandbox }) => {
  const { falsePositive } = await sandbox.get("showcase");
  await sandbox.post(`incidents/${falsePositive.id}`, { status: "resolved", classification: "unknown", severity: "critical" });
  await bare(page, sandbox);
  await open(page);
  const severity = section(page, "Incidents by severity").getByRole("listitem").filter({ hasText: "Unknown (critical)" });
  await opens(page, severity.getByRole("link"), 1);
  const cells = section(page, "Incidents resolved by severity and category");
  await cells.getByRole("combobox", { name: "Select incident type" }).selectOption("Not set");
  await expect(page).toHaveURL(/type=unknown/);
  await cells.getByText("Show data").click();
  await expect(cells.getByRole("columnheader", { name: "Unknown (critical)" })).toBeVisible();
  const links = cells.getByRole("table").getByRole("link");
  const critical = (all: Element[]) => all.findIndex((one) => one.getAttribute("href")!.includes("severity=critical") && one.textContent === "1");
  await opens(page, links.nth(await links.evaluateAll(critical)), 1);
});

test("the actions that were required can be sorted and filtered", async ({ page }) => {
  await open(page);
  const required = section(page, "Incidents that required your action");
  const table = required.getByRole("group", { name: "Incidents that required your action", exact: true }).getByRole("table");
  const rows = await exported(page, "Incidents that required your action");
  await expect(table.getByRole("row")).toHaveCount(1 + rows.length);
  await table.getByRole("button", { name: "Title" }).click();
  await expect(table.getByRole("columnheader", { name: "Title" })).toHaveAttribute("aria-sort", "ascending");
  await expect(table.getByRole("row").nth(1)).toContainText(rows.map((row) => row.name!).sort()[0]!);
  await required.getByRole("combobox", { name: "Action status" }).selectOption("Pending");
  await expect(table.getByRole("row")).toHaveCount(1 + rows.filter((row) => Number(row.pending) > 0).length);
});

test("an action that is seen to is in the lists that the figures open, though its incident has not changed", async ({ page, sandbox }) => {
  test.slow();
  const { investigating } = await sandbox.get("showcase");
  const [call, reset] = ["Call the person", "Reset the password"];
  await sandbox.post(`incidents/${investigating.id}`, { publish: { tasks: [{ displayName: call }, { displayName: reset }] } });
  await open(page);
  const states = section(page, "Incidents that required your action").getByRole("link", { name: /in \d+ incidents?$/ });
  const counts = () => Promise.all([0, 1, 2].map((index) => number(states.nth(index).getByText(/in \d+ incident/))));
  await expect(states).toHaveCount(4);
  const [completed, pending, skipped] = (await counts()) as [number, number, number];
  await states.nth(1).click();
  await page.getByRole("searchbox", { name: "Search for name or ID" }).fill(investigating.id);
  const row = page.getByRole("grid", { name: "Incidents" }).getByRole("link", { name: investigating.displayName });
  await row.click();
  await page.getByRole("button", { name: "View managed response" }).click();

  /** Back in the report, without a reload: each figure, and the list that it opens. */
  const told = async (now: [number, number, number]) => {
    await page.keyboard.press("Escape");
    await expect(flyout(page)).toHaveCount(0);
    await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Reports" }).click();
    await shown(page);
    await expect(states).toHaveCount(4);
    expect(await counts()).toEqual(now);
    for (const [index, count] of now.entries()) await opens(page, states.nth(index), count);
  };
  await card(page, call).getByRole("button", { name: "I've completed this action" }).click();
  await confirm(page, "Yes, I've done it");
  await expect(card(page, call).getByText("Completed", { exact: true }).first()).toBeVisible({ timeout: 15_000 });
  await told([completed + 1, pending, skipped]);

  await states.nth(0).click();
  await page.getByRole("searchbox", { name: "Search for name or ID" }).fill(investigating.id);
  await row.click();
  await page.getByRole("button", { name: "View managed response" }).click();
  await card(page, reset).getByRole("button", { name: "Skip" }).click();
  await confirm(page, "Yes, skip this action");
  await expect(card(page, reset).getByText("Skipped", { exact: true }).first()).toBeVisible({ timeout: 15_000 });
  await told([completed + 1, pending - 1, skipped + 1]);
});

test("a section is exported as JSON with the same figures", async ({ page }) => {
  await open(page);
  const rows = await exported(page, "Incidents by severity");
  await page.getByRole("button", { name: "Export: Incidents by severity", exact: true }).click();
  const download = page.waitForEvent("download");
  await page.getByRole("menuitem", { name: "JSON" }).click();
  const json = JSON.parse(await readFile(await (await download).path(), "utf8"));
  expect(json.rows).toEqual(rows.map((row) => ({ severity: row.severity, incidents: Number(row.incidents) })));
  expect(json).toMatchObject({ zone: "Europe/Vienna", from: rows[0]!.from, to: rows[0]!.to, computedBy: "experts service" });
});

test("charts follow the colours of the page", async ({ page }) => {
  await open(page);
  const canvas = section(page, "Incidents by category").getByRole("img");
  await canvas.scrollIntoViewIfNeeded();
  const surface = () => canvas.evaluate((canvas: HTMLCanvasElement) => [...canvas.getContext("2d")!.getImageData(1, 1, 1, 1).data].slice(0, 3).join());
  await expect.poll(surface).toBe("255,255,255");
  await page.emulateMedia({ colorScheme: "dark" });
  await expect.poll(surface).not.toBe("255,255,255");
  await page.emulateMedia({ colorScheme: "light" });
  await expect.poll(surface).toBe("255,255,255");
});

test("paper shows the tables that a screen folds", async ({ page }) => {
  await open(page);
  const table = section(page, "Incidents by category").getByRole("table");
  await expect(table).toHaveCount(0);
  await page.emulateMedia({ media: "print" });
  await page.evaluate(() => dispatchEvent(new Event("beforeprint")));
  await expect(table).toBeVisible();
  await page.evaluate(() => dispatchEvent(new Event("afterprint")));
  await page.emulateMedia({ media: "screen" });
  await expect(table).toHaveCount(0);
});

test("another range of a local report asks for nothing that is here", async ({ page, sandbox }) => {
  await bare(page, sandbox);
  await open(page, "/reports?range=180d");
  await expect(page.getByText("Computed by this portal")).toBeVisible();
  const asked: string[] = [];
  page.on("request", (request) => {
    if (request.url().includes("/security/")) asked.push(request.url());
  });
  for (const [name, days] of [["Last 30 days", 30], ["Last 7 days", 7], ["Last 90 days", 90]] as const) {
    await page.getByRole("button", { name: /^Date range/ }).click();
    await page.getByRole("button", { name }).click();
    await expect(page.getByText(new RegExp(`\\(${days} days\\)`))).toBeVisible();
  }
  expect(asked).toEqual([]);
});

test("the monthly review is a document with an appendix, one click away", async ({ page }) => {
  await open(page);
  await page.getByRole("link", { name: "Monthly review" }).click();
  await expect(page.getByRole("heading", { level: 1, name: /^Service review / })).toBeVisible();
  const appendix = section(page, "Appendix: incidents");
  await expect(appendix.getByRole("table")).toBeVisible();
  const count = await number(section(page, "Resolved incidents").getByRole("link").first().locator("span").first());
  await expect(appendix.getByRole("row")).toHaveCount(count + 1);
  await expect(page.getByRole("button", { name: "Print" })).not.toHaveAttribute("aria-disabled");
  await page.emulateMedia({ media: "print" });
  await expect(page.getByRole("banner")).toBeHidden();
  for (const format of ["A4", "Letter"] as const) expect((await page.pdf({ format })).length).toBeGreaterThan(20_000);
  await page.emulateMedia({ media: "screen" });
});

test("a chart can be saved as PNG and SVG", async ({ page }) => {
  await open(page);
  for (const [item, start] of [["PNG", "\x89PNG"], ["SVG", "<svg"]] as const) {
    await page.getByRole("button", { name: "Save chart: Incidents by severity" }).click();
    const download = page.waitForEvent("download");
    await page.getByRole("menuitem", { name: item }).click();
    const file = await readFile(await (await download).path(), "latin1");
    expect(file.startsWith(start)).toBe(true);
    expect((await download).suggestedFilename()).toBe(`incidents-by-severity.${item.toLowerCase()}`);
  }
});

test("trends lead to the incidents of what is selected in them", async ({ page }) => {
  await signIn(page, "Omar Haddad", "/reports/trends");
  const severity = section(page, "Incidents by severity");
  await expect(severity.getByRole("button", { name: "View selected incidents" })).toHaveAttribute("aria-disabled", "true");
  let sum = 0;
  for (const name of ["High", "Medium"]) {
    sum += await number(severity.getByRole("listitem").filter({ hasText: name }).getByRole("link"));
    await severity.getByRole("checkbox", { name }).check();
  }
  await expect(page).toHaveURL(/severity=high,medium/);
  await severity.getByRole("link", { name: "View selected incidents" }).click();
  await expect(page.getByText(`${sum} incidents`, { exact: true })).toBeVisible();
  await page.goBack();
  const tactic = section(page, "Incidents by MITRE tactic");
  await expect(severity.getByRole("checkbox", { name: "High" })).toBeChecked();
  const first = tactic.getByRole("listitem").filter({ has: page.getByRole("checkbox") }).first();
  const count = await number(first.getByRole("link"));
  await first.getByRole("checkbox").check();
  await tactic.getByRole("link", { name: "View selected incidents" }).click();
  await expect(page.getByText(count === 1 ? "1 incident" : `${count} incidents`, { exact: true })).toBeVisible();
});

test("trends open the lists they count, of one type or of all", async ({ page }) => {
  await signIn(page, "Omar Haddad", "/reports/trends");
  const severity = section(page, "Incidents by severity");
  await severity.getByText("Show data").click();
  const links = severity.getByRole("table").getByRole("link");
  await expect(links).toHaveCount(24);
  await page.getByRole("combobox", { name: "Select incident type" }).selectOption("True positive");
  await expect(page).toHaveURL(/trends\?type=truePositive/);
  await expect(severity.getByText("Show data")).toBeVisible();
  const shown = await severity.getByRole("table").isVisible();
  if (!shown) await severity.getByText("Show data").click();
  const link = links.nth(20);
  const count = await number(link);
  await link.click();
  await expect(page.getByText(count === 1 ? "1 incident" : `${count} incidents`, { exact: true })).toBeVisible();
});
