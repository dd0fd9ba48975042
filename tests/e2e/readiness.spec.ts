import { told } from "./support/talk";
import { expect, leap, signIn, test } from "./support/test";

test.use({ cleanTenant: true });

const STATUS = "/settings/defender-experts/service-status";

test("every count of the actions needed is the length of the list it opens", async ({ page }) => {
  await signIn(page, "Rhea Novak", STATUS);
  const actions = page.getByRole("region", { name: "Actions needed" });
  const rows = actions.getByRole("group", { name: "Actions needed" }).getByRole("row");
  await expect(rows.nth(1)).toContainText("Complete now");
  for (const name of ["Complete now", "Recommended", "In progress", "Completed", "Dismissed"]) {
    const link = actions.getByRole("link", { name: new RegExp(`^\\d+\\s*${name}$`) });
    const count = Number.parseInt((await link.textContent()) ?? "", 10);
    await link.click();
    await expect(link).toHaveAttribute("aria-current", "true");
    await expect(rows).toHaveCount(count + 1);
  }
  await page.reload();
  await expect(page).toHaveURL(/view=dismissed$/);
  await expect(rows).toHaveCount(2);
});

test("protected assets stand in words beside their gauges, with what is missing", async ({ page }) => {
  await signIn(page, "Rhea Novak", STATUS);
  const assets = page.getByRole("region", { name: "Protected assets" });
  await expect(assets.getByRole("img", { name: "Devices: 178 protected of a target of 200" })).toBeVisible();
  await expect(assets.getByText("89 % of the target")).toBeVisible();
  await expect(assets.getByText("22 more to the target")).toBeVisible();
  await expect(assets.getByRole("row", { name: "Identities 91 100 120" })).toBeVisible();
  await expect(assets.getByRole("link", { name: /^Onboard more devices/ })).toHaveAttribute("href", /^https:/);
  await expect(assets.getByRole("link", { name: /^Install more Defender for Identity sensors/ })).toHaveAttribute("href", /^https:/);
  await expect(page.getByText(/What you change elsewhere can take up to 24 hours to show here/)).toBeVisible();
});

test("who delivers the service stands there, with the way to reach them and the next review", async ({ page }) => {
  await signIn(page, "Rhea Novak", STATUS);
  const service = page.getByRole("region", { name: "Service", exact: true });
  await expect(service.getByText("Priya Raman")).toBeVisible();
  await expect(service.getByRole("link", { name: "priya.raman@experts.example" })).toHaveAttribute("href", "mailto:priya.raman@experts.example");
  await expect(service.getByRole("definition").last()).toContainText(/20\d\d/);
});

test("what does not come beside the assessment is said to be unknown, never none", async ({ page, sandbox, guard }) => {
  guard.expectStatus(500);
  for (const pathContains of ["/reviews", "/readiness/history"]) {
    await sandbox.post("faults", { host: "experts", method: "GET", pathContains, status: 500, times: 99 });
  }
  await signIn(page, "Rhea Novak", STATUS);
  const review = page.getByRole("region", { name: "Service", exact: true }).getByRole("definition").last();
  await expect(review).toHaveText("Not known");
  const history = page.getByRole("region", { name: "Earlier evaluations" });
  await expect(history.getByRole("heading", { name: "The earlier evaluations could not be loaded: the service failed (500)" })).toBeVisible();
  await expect(history.getByText("No earlier evaluations")).toHaveCount(0);
  const unmarked = page.getByText(/^What went back is not marked/);
  await expect(unmarked).toBeVisible();
  await sandbox.endFaults();
  await history.getByRole("button", { name: "Try again" }).click();
  await expect(history.getByRole("row").nth(1)).toBeVisible();
  await expect(unmarked).toHaveCount(0);
  await expect(review).toContainText(/20\d\d/);
});

test("a service that does not say where it stands is said not to, and asked again", async ({ page, sandbox, guard }) => {
  guard.expectStatus(500);
  await sandbox.post("faults", { host: "experts", method: "GET", pathContains: "/service", status: 500, times: 99 });
  await signIn(page, "Rhea Novak", STATUS);
  const service = page.getByRole("region", { name: "Service", exact: true });
  await expect(service.getByRole("heading", { name: "Where the service stands could not be loaded: the service failed (500)" })).toBeVisible();
  await sandbox.endFaults();
  await service.getByRole("button", { name: "Try again" }).click();
  await expect(service.getByText("Priya Raman")).toBeVisible();
});

test("every action names what it rests on and where it is done", async ({ page }) => {
  await signIn(page, "Rhea Novak", STATUS);
  const actions = page.getByRole("region", { name: "Actions needed" }).getByRole("group", { name: "Actions needed" });
  const row = actions.getByRole("row", { name: /Turn on tamper protection/ });
  await expect(row.getByRole("cell", { name: "Secure Score" })).toBeVisible();
  await expect(row.getByRole("link", { name: /^Where it is done/ })).toHaveAttribute("href", /^https:/);
  const all = await actions.getByRole("row").count();
  const based = await actions.getByRole("cell", { name: /^(Secure Score|Policy)$/ }).count();
  expect(based).toBe(all - 1);
});

test("the history of the score begins with the oldest evaluation and ends with what is said now", async ({ page }) => {
  await signIn(page, "Rhea Novak", STATUS);
  const history = page.getByRole("region", { name: "Earlier evaluations" });
  const scores = history.getByRole("cell", { name: /^\d+(\.\d)? of 66$/ });
  await expect(scores).toHaveCount(4);
  const told = await scores.allTextContents();
  const [now, first] = [told[0], told[3]].map((text) => text.replace(" of 66", ""));
  await expect(history.getByRole("img", { name: `Secure Score over 4 evaluations, from ${first} to ${now}` })).toBeVisible();
  await expect(page.getByText(`Secure Score ${now} of 66`)).toBeVisible();
  expect(Number(now)).toBeGreaterThan(Number(first));
});

test("an action is marked in progress, evaluated again, and what went back is marked", async ({ page, sandbox }) => {
  await signIn(page, "Ada Lindqvist", STATUS);
  const row = page.getByRole("row", { name: /Turn on tamper protection/ }).first();
  await row.getByRole("button", { name: "Mark in progress" }).click();
  await expect(row).toContainText("In progress");
  await sandbox.post("readiness/admin-mfa", { state: "completeNow" });
  await page.getByRole("button", { name: "Run again" }).click();
  await expect(page.getByText("An evaluation is running…")).toBeVisible();
  await sandbox.post("clock", { advanceSeconds: 20 });
  await expect(page.getByText("An evaluation is running…")).toHaveCount(0, { timeout: 15_000 });
  await expect(row).toContainText("Completed");
  const back = page.getByRole("row", { name: /Require multifactor authentication for administrators/ }).first();
  await expect(back).toContainText("Went back");
  const history = page.getByRole("group", { name: "Earlier evaluations" });
  await expect(history.getByRole("row", { name: /Ada Lindqvist/ })).toContainText("Completed → Complete now Went back");
});

test("an assessment of three days ago without licence data says both", async ({ page, sandbox }) => {
  const at = new Date(Date.now() - 3 * 86_400_000).toISOString();
  const body = {
    actions: { completeNow: 0, completed: 0, dismissed: 0, inProgress: 0, recommended: 0 },
    assets: { devices: { licensed: 0, protected: 0, target: 0 }, identities: { licensed: 0, protected: 3, target: 10 } },
    evaluatedAt: at,
    items: [],
    maxAgeHours: 24,
    runningRunId: null,
    secureScore: { at, current: 46.5, max: 66 },
    state: "somethingNew",
  };
  await sandbox.post("faults", { host: "experts", method: "GET", pathContains: "/readiness", status: 200, body, times: 1 });
  await signIn(page, "Rhea Novak", STATUS);
  await expect(page.getByText("This assessment is old.")).toBeVisible();
  await expect(page.getByRole("row", { name: "Devices 0 0 No licence data" })).toBeVisible();
  await expect(page.getByText("No target yet")).toBeVisible();
  await expect(page.getByText("No actions in this state")).toBeVisible();
});

test("every number of the overview opens the list it counts", async ({ page }) => {
  await signIn(page, "Omar Haddad", "/overview");
  const figures = [
    ["Items that require your action", /^\d+\s*Incidents awaiting your action$/],
    ["XDR highlights", /^\d+\s*Resolved with experts, last 30 days$/],
    ["XDR highlights", /^\d+\s*Experts are investigating$/],
  ] as const;
  for (const [region, name] of figures) {
    const link = page.getByRole("region", { name: region }).getByRole("link", { name });
    const count = Number.parseInt((await link.textContent()) ?? "", 10);
    await link.click();
    await expect(page.getByRole("grid", { name: "Incidents" })).toHaveAttribute("aria-rowcount", String(count + 1));
    await page.goBack();
  }
  await expect(page.getByRole("img", { name: /incidents resolved in the last 30 days/ })).toBeVisible();
  await page.getByRole("link", { name: /^3\s*Readiness actions to complete now$/ }).click();
  await expect(page.getByRole("group", { name: "Actions needed" }).getByRole("row")).toHaveCount(4);
});

test("the bell counts what is unread, leads to it, and then counts one less", async ({ page }) => {
  await signIn(page, "Omar Haddad");
  const bell = page.getByRole("banner").getByRole("button", { name: /^Notifications/ });
  await expect(bell).toHaveAccessibleName("Notifications, 6 unread");
  await expect(page).toHaveTitle(/^\(6\) Home/);
  await bell.click();
  await page.getByRole("menuitem", { name: /^Managed response: Phishing/ }).click();
  await expect(page).toHaveURL(/\/incidents\/38516\?panel=managed-response$/);
  await expect(bell).toHaveAccessibleName("Notifications, 5 unread");
  await expect(page).toHaveTitle(/^\(5\) /);
});

test("the bell does not call it nothing new when it could not be read, and says what it does not list", async ({ page, sandbox, guard }) => {
  guard.expectStatus(500);
  await page.clock.install();
  await sandbox.post("faults", { host: "experts", pathContains: "/notifications", status: 500, times: 3 });
  await signIn(page, "Omar Haddad");
  const bell = page.getByRole("banner").getByRole("button", { name: /^Notifications/ });
  await bell.click();
  await expect(page.getByRole("menuitem", { name: /^The list of notifications could not be loaded/ })).toBeVisible();
  await expect(page.getByText("Nothing new")).toHaveCount(0);
  await page.keyboard.press("Escape");
  await sandbox.endFaults();
  const body = await told(page, sandbox, "/notifications?limit=30");
  const more = { ...body, unread: body.unread + 40 };
  await sandbox.post("faults", { host: "experts", method: "GET", pathContains: "/notifications", status: 200, body: more });
  await leap(page, 70_000);
  await expect(bell).toHaveAccessibleName("Notifications, 46 unread");
  await bell.click();
  await expect(page.getByRole("menuitem", { name: /^40 more/ })).toBeVisible();
  await page.keyboard.press("Escape");
  await sandbox.post("faults", { host: "experts", method: "POST", pathContains: "/read", status: 500 });
  await bell.click();
  await page.getByRole("menuitem", { name: "Mark all as read" }).click();
  await expect(page.getByRole("status").getByText("Not everything could be marked as read. Try again.")).toBeAttached();
  await bell.click();
  await page.getByRole("menuitem", { name: "Mark all as read" }).click();
  await expect(bell).toHaveAccessibleName("Notifications");
  await bell.click();
  await expect(page.getByRole("menuitem", { name: /^Nothing new/ })).toBeFocused();
});

test("the browser interrupts once for many tabs, says no detail, and keeps quiet hours", async ({ page, context, sandbox }) => {
  await context.addInitScript(() => {
    class Shown {
      static permission = "granted";
      static requestPermission = async () => "granted";
      constructor(title: string, options: { body: string }) {
        const all = JSON.parse(localStorage.getItem("shown") ?? "[]");
        localStorage.setItem("shown", JSON.stringify([...all, `${title}: ${options.body}`]));
      }
    }
    Object.defineProperty(window, "Notification", { value: Shown });
  });
  const shown = () => page.evaluate(() => JSON.parse(localStorage.getItem("shown") ?? "[]"));
  await signIn(page, "Omar Haddad", "/preferences");
  await page.getByRole("switch", { name: "Notify me by this browser" }).click();
  await expect(page.getByRole("group", { name: "Events" })).toBeVisible();
  expect(await shown()).toEqual([]);
  await sandbox.post("incidents/38530", { publish: { markdown: "Secret words of the experts." } });
  const other = await context.newPage();
  await Promise.all([page.reload(), other.goto("/")]);
  await expect(page.getByRole("button", { name: /^Notifications/ })).toBeVisible();
  await expect(other.getByRole("button", { name: /^Notifications/ })).toBeVisible();
  await expect.poll(shown).toEqual(["Defender Experts: The experts have published a managed response."]);
  const title = /^\(7\) /;
  await expect(page).toHaveTitle(title);
  await expect(other).toHaveTitle(title);
  expect(await shown()).toHaveLength(1);

  // Quiet all day long, but for a minute long past.
  await page.getByRole("textbox", { name: "From" }).fill("00:01");
  await page.getByRole("textbox", { name: "To" }).fill("00:00");
  await sandbox.post("incidents/38527", { publish: { markdown: "More words." } });
  await page.reload();
  await expect(page).toHaveTitle(/^\(8\) /);
  expect(await shown()).toHaveLength(1);
});
