import { expect, signIn, test } from "./support/test";

/** The file of one page; the queue itself is in the first download. */
const INCIDENT = /\/split_incident\.wasm$/;

test("the list comes first; what stands around it and the other pages come after its rows", async ({ page }) => {
  const fetched: string[] = [];
  let rowsBefore: string[] | undefined;
  page.on("request", (request) => {
    const name = new URL(request.url()).pathname.split("/").pop() ?? "";
    if (name.endsWith(".wasm")) fetched.push(name);
    if (/security\/incidents/.test(request.url()) && !/incidents\//.test(request.url())) rowsBefore ??= [...fetched];
  });
  await signIn(page, "Omar Haddad", "/incidents");
  await expect(page.getByRole("grid", { name: "Incidents" })).toBeVisible();
  await expect(page.getByRole("search", { name: "Filter incidents" })).toBeVisible();
  const parts = () => new Set(fetched.filter((name) => name.startsWith("split_")));
  await expect.poll(parts).toEqual(
    new Set(["oidc", "corner", "queue", "home", "incident", "talk", "settings", "reports"].map((part) => `split_${part}.wasm`)),
  );
  // Signing in needs its part first, on the way there and on the way back.
  const before = (rowsBefore ?? []).filter((name) => name.startsWith("split_") && name !== "split_oidc.wasm");
  expect(before, "parts asked for before the first list of incidents").toEqual([]);
});

test("a page whose file does not come says so, and comes when tried again", async ({ page, guard }) => {
  guard.expectLostConnection();
  guard.expectError(/split|wasm|fetch/i);
  await page.route(INCIDENT, (route) => route.abort());
  await signIn(page, "Omar Haddad", "/incidents");
  await page.getByRole("grid", { name: "Incidents" }).getByRole("link").first().click();
  await expect(page.getByRole("alert").getByText("This page could not be loaded")).toBeVisible();
  await page.unroute(INCIDENT);
  await page.getByRole("button", { name: "Try again" }).click();
  await expect(page.getByRole("tab", { name: "Summary" })).toBeVisible();
});

test("where the end of the top bar does not come, that is said on the page, and it comes when tried again", async ({ page, guard }) => {
  guard.expectLostConnection();
  guard.expectError(/split|wasm|fetch/i);
  const corner = /\/split_corner\.wasm$/;
  await page.route(corner, (route) => route.abort());
  await signIn(page, "Omar Haddad", "/incidents");
  const again = page.getByRole("main").getByRole("button", { name: "Try again" });
  await expect(page.getByText("The menus could not be loaded")).toBeVisible();
  await page.unroute(corner);
  await again.click();
  await expect(page.getByRole("banner").getByRole("button", { name: /^Search and commands/ })).toBeVisible();
  await expect(again).toHaveCount(0);
});
