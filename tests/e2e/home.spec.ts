import { expect, leap, signIn, test } from "./support/test";

test.use({ cleanTenant: true });

test("the card's number is the length of the list it opens", async ({ page }) => {
  await signIn(page, "Omar Haddad");
  const card = page.getByRole("region", { name: "Defender Experts" });
  const link = card.getByRole("link", { name: /incidents? awaiting your action$/ });
  const count = Number.parseInt((await link.textContent()) ?? "", 10);
  expect(count).toBeGreaterThan(5);
  await link.click();
  await expect(page).toHaveURL(/\/incidents\?status=awaitingAction&range=all$/);
  await expect(page.getByRole("grid", { name: "Incidents" })).toHaveAttribute("aria-rowcount", String(count + 1));
  await expect(page.getByText(`${count} incidents`, { exact: true })).toBeVisible();
});

test("every figure opens the list it counts", async ({ page }) => {
  await signIn(page, "Omar Haddad");
  const figures = page.getByRole("region", { name: "Last 30 days" }).getByRole("link");
  await expect(figures.first()).toHaveText(/^\d+/);
  for (const index of [0, 1, 2, 3]) {
    const count = Number.parseInt((await figures.nth(index).textContent()) ?? "", 10);
    await figures.nth(index).click();
    await expect(page.getByRole("heading", { level: 1, name: "Incidents" })).toBeVisible();
    await expect(page.getByRole("grid", { name: "Incidents" })).toHaveAttribute("aria-rowcount", String(count + 1));
    await page.goBack();
    await expect(page.getByRole("heading", { level: 1, name: "Home" })).toBeVisible();
  }
});

test("a bar of the chart opens its list, in the chosen time zone", async ({ page }) => {
  await signIn(page, "Omar Haddad");
  await page.getByRole("combobox", { name: "Time zone" }).selectOption("Pacific/Auckland");
  const chart = page.getByRole("region", { name: "Incidents by day of last update" });
  await expect(chart.getByRole("img", { name: /by day in Pacific\/Auckland/ })).toBeVisible();
  await chart.getByText("Show data").click();
  const bars = chart.getByRole("table").getByRole("link");
  for (const bar of [bars.first(), bars.last()]) {
    const count = Number.parseInt((await bar.textContent()) ?? "", 10);
    await bar.click();
    await expect(page).toHaveURL(/range=\d{4}-\d\d-\d\d\.\.\d{4}-\d\d-\d\d/);
    await expect(page.getByRole("grid", { name: "Incidents" })).toHaveAttribute("aria-rowcount", String(count + 1));
    await page.goBack();
    await chart.getByText("Show data").click();
  }
});

test("a failing service is said, and can be asked again", async ({ page, sandbox, guard }) => {
  guard.expectStatus(500);
  await sandbox.post("faults", { host: "graph", pathContains: "/security/incidents", status: 500, times: 2 });
  await signIn(page, "Omar Haddad");
  const card = page.getByRole("region", { name: "Defender Experts" });
  await expect(card.getByText("What awaits your action could not be loaded: the service failed (500)")).toBeVisible();
  await card.getByRole("button", { name: "Try again" }).click();
  await expect(card.getByRole("link", { name: /awaiting your action$/ })).toBeVisible();
});

test("a list of what awaits us that cannot be read is said in the queue, too, and comes by itself", async ({ page, sandbox, guard }) => {
  guard.expectStatus(500);
  await page.clock.install();
  await sandbox.post("faults", { host: "graph", pathContains: "awaitingAction", status: 500, times: 1 });
  await signIn(page, "Omar Haddad", "/incidents");
  await expect(page.getByText("Not up to date.")).toBeVisible();
  await leap(page, 70_000);
  await expect(page.getByText("Not up to date.")).toHaveCount(0);
  await expect(page.getByText(/older than 30 days, shown because they await your action/)).toBeVisible();
});

test("the card goes with the customer from the first run to the service, and says when it is no longer sure", async ({ page, sandbox, guard }) => {
  await page.clock.install();
  await sandbox.post("first-run");
  await signIn(page, "Ada Lindqvist");
  const card = page.getByRole("region", { name: "Defender Experts" });
  const becomes = async (state: string) => {
    await sandbox.post("service", { state });
    await leap(page, 70_000);
  };
  await expect(card.getByText("Defender Experts is not set up yet.")).toBeVisible();
  await expect(card.getByRole("link", { name: "Get started" })).toHaveAttribute("href", /\/settings\/defender-experts\/get-started$/);

  await becomes("readiness");
  await expect(card.getByText("The service has not started yet.")).toBeVisible();
  await card.getByRole("link", { name: "3 actions to complete now" }).click();
  await expect(page.getByRole("group", { name: "Actions needed" }).getByRole("row")).toHaveCount(4);
  await page.goBack();

  await becomes("monitoring");
  await expect(card.getByText("The service is in its monitoring phase.")).toBeVisible();

  await becomes("active");
  await expect(card.getByText("The service is in its monitoring phase.")).toHaveCount(0);
  await expect(card.getByRole("link", { name: /awaiting your action$/ })).toBeVisible();

  await becomes("suspended");
  await expect(card.getByText("The service is not running.")).toBeVisible();

  guard.expectStatus(500);
  await sandbox.post("faults", { host: "experts", method: "GET", pathContains: "/service", status: 500, times: 99 });
  await sandbox.post("faults", { host: "graph", pathContains: "/security/incidents", status: 500, times: 99 });
  await leap(page, 70_000);
  await leap(page, 70_000);
  // What was known stays, with its age.
  await expect(page.getByText("Not up to date.")).toBeVisible();
  await expect(card.getByText("The service is not running.")).toBeVisible();
  await expect(card.getByText(/Where the service stands was last known/)).toBeVisible();
  await expect(card.getByRole("link", { name: /awaiting your action$/ })).toBeVisible();
});

test("where the service cannot be asked at all, nothing is claimed of it", async ({ page, sandbox, guard }) => {
  guard.expectStatus(500);
  await sandbox.post("faults", { host: "experts", method: "GET", pathContains: "/service", status: 500, times: 99 });
  await signIn(page, "Omar Haddad");
  const card = page.getByRole("region", { name: "Defender Experts" });
  await expect(card.getByText("Where the service stands is not known right now.")).toBeVisible();
});

test("a quiet day is said to be one", async ({ page, sandbox }) => {
  const nothing = { host: "graph", method: "GET", pathContains: "/security/incidents?", status: 200, body: { value: [] } };
  await sandbox.post("faults", { ...nothing, times: 99 });
  await signIn(page, "Omar Haddad");
  const card = page.getByRole("region", { name: "Defender Experts" });
  await expect(card.getByText("No incidents await your action")).toBeVisible();
  await expect(card.getByRole("link", { name: "Overview" })).toHaveAttribute("href", /\/overview$/);
});

test("conversations with something new are counted on the card, and that is the length of their list", async ({ page }) => {
  await signIn(page, "Omar Haddad");
  const link = page.getByRole("region", { name: "Defender Experts" }).getByRole("link", { name: /^\d+ conversations? with something new$/ });
  await expect(link).toBeVisible();
  const count = Number.parseInt((await link.textContent()) ?? "", 10);
  await link.click();
  await expect(page).toHaveURL(/\/messages\?unread=true$/);
  await expect(page.getByText(new RegExp(`^${count} (conversation|message)s?`)).first()).toBeVisible();
});
