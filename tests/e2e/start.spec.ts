import { expect, signIn, signInByHand, test } from "./support/test";

test.use({ cleanTenant: true });

test("traffic goes only to the origins of config.json, and Graph gets no idempotency key", async ({ page, sandbox }) => {
  const seen = new Set<string>();
  page.on("request", (request) => seen.add(new URL(request.url()).origin));
  await signInByHand(page, "Omar Haddad");
  await page.getByRole("link", { name: "Incidents", exact: true }).click();
  await page.getByRole("grid").getByRole("link").first().click();
  await expect(page.getByRole("tab", { name: "Summary" })).toBeVisible();
  const config = await page.evaluate(async () => (await fetch(new URL("config.json", document.baseURI))).json());
  const configured = [config.graphBaseUrl, config.tasksBaseUrl, config.expertsBaseUrl, config.auth.authority];
  const allowed = new Set([sandbox.origin("portal"), ...configured.map((url: string) => new URL(url).origin)]);
  expect([...seen].filter((origin) => !allowed.has(origin))).toEqual([]);
  const graph = (await sandbox.get("requests")).filter((one: { host: string }) => one.host === "graph");
  expect(graph.length).toBeGreaterThan(3);
  expect(graph.filter((one: { idempotencyKey: unknown }) => one.idempotencyKey)).toEqual([]);
  const incidents = graph.filter((one: { method: string; path: string }) => one.method === "GET" && one.path.includes("/incidents"));
  expect(incidents.filter((one: { prefer: unknown }) => !one.prefer)).toEqual([]);
});

test("a reload comes back to the same page without asking", async ({ page, sandbox }) => {
  const { ransomware } = await sandbox.get("showcase");
  await signIn(page, "Omar Haddad", `/incidents/${ransomware.id}?tab=alerts`);
  await page.reload();
  await expect(page).toHaveURL(/\?tab=alerts$/);
  await expect(page.getByRole("tab", { name: /^Alerts/ })).toHaveAttribute("aria-selected", "true");
});

test("somebody without a role is told what is missing", async ({ page, guard }) => {
  guard.expectStatus(403);
  await signIn(page, "Nils Berger");
  await expect(page.getByText("No access to what awaits your action")).toBeVisible();
  await expect(page.getByText(/Ask a Security Administrator for Security Reader or higher/).first()).toBeVisible();
});

test("a session that has ended is said, and the page stays", async ({ page, sandbox, guard }) => {
  guard.expectStatus(401, 400);
  const { ransomware } = await sandbox.get("showcase");
  await signIn(page, "Omar Haddad", `/incidents/${ransomware.id}`);
  await expect(page.getByRole("tab", { name: "Summary" })).toBeVisible();
  await sandbox.post("tokens/expire", { refresh: true });
  await page.getByRole("button", { name: /^(View m|M)anaged response$/ }).first().click();
  await page.keyboard.press("Escape");
  await expect(page.getByText("Your sign-in has ended.")).toBeVisible();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(ransomware.displayName);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(ransomware.displayName);
  await expect(page.getByText("Your sign-in has ended.")).toHaveCount(0);
});

for (const [name, answer, words] of [
  ["missing", { status: 404, body: "" }, /config.json: The server answered 404 for it/],
  ["a web page", { status: 200, body: "<!doctype html><p>hello" }, /The server sent a web page instead of the file/],
  ["not JSON", { status: 200, body: "{" }, /It is not valid JSON/],
  ["no object", { status: 200, body: "[]" }, /config.json: It is not an object with members/],
  ["incomplete", { status: 200, body: '{"graphBaseUrl":"/v1.0"}' }, /config.json, member "auth": It is missing/],
  [
    "of a kind nobody knows",
    { status: 200, body: '{"graphBaseUrl":"/v1.0","auth":{"kind":"magic"}}' },
    /config.json, member "auth.kind": "magic" is not a way to sign in this portal knows/,
  ],
  [
    "of another type",
    { status: 200, body: '{"graphBaseUrl":7,"auth":{"kind":"none"}}' },
    /config.json, member "graphBaseUrl": It must be a text/,
  ],
  [
    "no address",
    { status: 200, body: '{"graphBaseUrl":"graph.example.com/v1.0","auth":{"kind":"none"}}' },
    /config.json, member "graphBaseUrl": It lacks its scheme: write https:\/\/ before it/,
  ],
] as const) {
  test(`settings that are ${name} stop the start with what to do`, async ({ page, guard }) => {
    guard.expectStatus(404);
    await page.route("**/config.json", (route) => route.fulfill(answer));
    await page.goto("/");
    await expect(page.getByRole("heading", { name: "The portal cannot start" })).toBeVisible();
    await expect(page.getByText(words)).toBeVisible();
    await expect(page.getByText("It should look like this")).toBeVisible();
  });
}

test("an address that leads nowhere leads home", async ({ page }) => {
  await signIn(page, "Omar Haddad", "/no/such/page");
  await expect(page.getByText("No page has this address.")).toBeVisible();
  await page.getByRole("link", { name: "Go to Home" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Home" })).toBeVisible();
});

test("theme and time zone are kept on this device", async ({ page }) => {
  await signIn(page, "Omar Haddad", "/incidents");
  await page.getByRole("button", { name: "Omar Haddad" }).click();
  await page.getByRole("menuitemradio", { name: "Dark" }).click();
  await page.getByRole("combobox", { name: "Time zone" }).selectOption("UTC");
  await page.reload();
  await expect(page.getByRole("combobox", { name: "Time zone" })).toHaveValue("UTC");
  await page.getByRole("button", { name: "Omar Haddad" }).click();
  await expect(page.getByRole("menuitemradio", { name: "Dark" })).toHaveAttribute("aria-checked", "true");
  await page.keyboard.press("Escape");
});
