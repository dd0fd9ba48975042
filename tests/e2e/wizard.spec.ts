/** The first run beside its straight way: other orders, what each choice means, and what administrators do at the same time. */

import { type Sandbox } from "./support/sandbox";
import { expect, type Locator, type Page, signIn, test } from "./support/test";

test.use({ cleanTenant: true });

const SETTINGS = "/settings/defender-experts";
const START = `${SETTINGS}/get-started`;

const step = (page: Page, name: string) => page.getByRole("heading", { level: 2, name, exact: true });
const next = (page: Page) => page.getByRole("button", { name: "Next", exact: true });
const rail = (page: Page) => page.getByRole("navigation", { name: "Get started" });
const respond = (page: Page) => page.getByRole("checkbox", { name: "Respond directly to active threats" });
const investigate = (page: Page) => page.getByRole("checkbox", { name: "Investigate incidents and guide my responses" });

async function addGroup(page: Page, kind: "device" | "user", name: string): Promise<void> {
  await page.getByRole("button", { name: `Add ${kind} groups` }).click();
  const dialog = page.getByRole("dialog", { name: `Add ${kind} groups` });
  await dialog.getByRole("searchbox").fill(name);
  await dialog.getByRole("checkbox", { name }).click();
  await dialog.getByRole("button", { name: "Add 1 group" }).click();
}

async function says(place: Locator | Page, ...words: (string | RegExp)[]): Promise<void> {
  for (const one of words) await expect(place.getByText(one).first()).toBeVisible();
}

test("Manage exclusions leads there in the first pass, and Next keeps what was added", async ({ page, sandbox }) => {
  await sandbox.post("first-run");
  await signIn(page, "Ada Lindqvist", `${START}/permissions`);
  await page.getByRole("link", { name: "Manage exclusions" }).click();
  await expect(step(page, "Exclusions")).toBeVisible();
  await addGroup(page, "device", "Servers");
  await next(page).click();
  await expect(step(page, "Contacts")).toBeVisible();
  await rail(page).getByRole("link", { name: /^Exclusions/ }).click();
  await expect(page.getByRole("button", { name: "Remove device group Servers" })).toBeVisible();
  await expect(page.getByText("Draft saved for all administrators")).toBeVisible();
  await page.reload();
  await expect(page.getByRole("button", { name: "Remove device group Servers" })).toBeVisible();
});

test("a tab that ends while its draft is being saved takes nobody for somebody else", async ({ context, page, sandbox, guard }) => {
  await sandbox.post("first-run");
  guard.expectLostConnection();
  await signIn(page, "Ada Lindqvist", `${START}/permissions`);
  await expect(respond(page)).toBeEnabled();
  const responding = await respond(page).isChecked();
  // The service takes the draft in, and nobody is there any more to hear of it.
  await sandbox.post("faults", { host: "experts", method: "PUT", pathContains: "/settings/draft", dropAfterCommit: true });
  const taken = page.waitForEvent("requestfailed", (request) => request.method() === "PUT");
  // A quick hand: the device is still writing down the first of it when the rest is there and sent.
  const [other, on] = await Promise.all([investigate(page).elementHandle(), next(page).elementHandle()]);
  await respond(page).evaluate(
    async (respond, [investigate, next]) => {
      (investigate as HTMLElement).click();
      await new Promise((resolve) => setTimeout(resolve, 20));
      for (const one of [investigate, respond, next]) (one as HTMLElement).click();
    },
    [other, on] as const,
  );
  await taken;
  await page.close();
  const again = await context.newPage();
  await again.goto(`${START}/permissions`);
  await expect(respond(again)).toBeChecked({ checked: !responding });
  await expect(again.getByText("Somebody else has changed this meanwhile.")).toHaveCount(0);
});

test("a step whose turn has not come is not skipped to, and after the first pass any order will do", async ({ page, sandbox }) => {
  await sandbox.post("first-run");
  await signIn(page, "Ada Lindqvist", `${START}/teams`);
  await expect(step(page, "Permissions")).toBeVisible();
  await expect(rail(page).getByRole("link", { name: /^Teams/ })).toHaveCount(0);
  await sandbox.reset();
  await page.goto(`${START}/teams`);
  await expect(step(page, "Teams")).toBeVisible();
  for (const name of ["Contacts", "Review", "Permissions", "Exclusions", "Teams"]) {
    await rail(page).getByRole("link", { name: new RegExp(`^${name}`) }).click();
    await expect(step(page, name)).toBeFocused();
  }
});

test("a step is looked at when it is left, and what is wrong keeps everything from being submitted", async ({ page }) => {
  await signIn(page, "Ada Lindqvist", `${START}/permissions`);
  await investigate(page).click();
  await respond(page).click();
  await next(page).click();
  await says(page, /Grant at least one of the two/);
  await expect(step(page, "Permissions")).toBeVisible();
  // By another way than Next it can be left, and stays marked.
  await rail(page).getByRole("link", { name: /^Review/ }).click();
  await expect(rail(page).getByRole("link", { name: /^Permissions \(to be mended\)/ })).toBeVisible();
  await expect(page.getByRole("button", { name: "Submit" })).toHaveAttribute("aria-disabled", "true");
  await page.getByRole("link", { name: "Mend this step: Permissions" }).click();
  await expect(investigate(page)).not.toBeChecked();
  await investigate(page).click();
  await next(page).click();
  await expect(step(page, "Exclusions")).toBeVisible();
  await expect(rail(page).getByRole("link", { name: /^Permissions \(done\)/ })).toBeVisible();
});

test("every choice says what it means, costs and does not allow", async ({ page, sandbox }) => {
  await sandbox.post("first-run");
  await signIn(page, "Ada Lindqvist", `${START}/permissions`);
  const fixed = page.getByRole("checkbox", { name: "Service provider access" });
  await expect(fixed).toBeChecked();
  await expect(fixed).toHaveAttribute("aria-disabled", "true");
  await says(page, /With service provider access alone .* no incident is investigated/, /access under a name of their own, raised just in time and for a limited period/);
  await says(page, "Default", "Recommended", "Security Reader", "Security Operator", /They change nothing: every response action becomes a task of yours/);
  await says(page, /They never act on excluded devices and users: there you get remediation guidance instead/);
  await next(page).click();

  await says(page, /They still investigate it, and you get remediation guidance instead/, /devices marked critical in exposure management, count as high-value/);
  await page.getByRole("button", { name: "Add device groups" }).click();
  await says(page.getByRole("dialog"), /Only existing device groups are listed\. Create one in .* then choose Refresh\./);
  await page.getByRole("dialog").getByRole("button", { name: "Cancel" }).click();
  await page.getByRole("tab", { name: /^User groups/ }).click();
  await says(page, /Accounts with privileged roles, .* count as high-value/);
  await page.getByRole("checkbox", { name: "Exclude all high-value users" }).click();
  await says(page, /What becomes high-value in future is excluded by itself/);
  await page.getByRole("button", { name: "Add user groups" }).click();
  await says(page.getByRole("dialog"), /Create a group in the Entra admin center under Groups > All groups, then choose Refresh\./);
  await page.getByRole("dialog").getByRole("button", { name: "Cancel" }).click();
  await next(page).click();

  await says(page, /Contacts for incidents should be reachable at all times/, /Every new contact is told by mail/);
  await page.getByRole("textbox", { name: "Email" }).fill("soc@contoso.com");
  await page.getByRole("button", { name: "Add", exact: true }).click();
  await next(page).click();

  await says(page, /A private team, Defender Experts team, is created with a channel, Managed response/, /The experts can read all messages in that team/);
  await says(page, "Members are added in Teams: at the team choose More options (…) > Manage team > Add member.", /cannot be reversed/);
  await says(page, /the role Security Administrator or higher, and a Teams licence/);
});

test("groups of users say how many members they have, groups of devices that nobody tells", async ({ page, sandbox, guard }) => {
  guard.expectStatus(500);
  await signIn(page, "Ada Lindqvist", `${SETTINGS}/exclusions`);
  const row = (name: string) => page.getByRole("tabpanel").getByRole("listitem").filter({ hasText: name });
  await expect(row("VIP laptops")).toContainText("Number of devices not told by the service");
  await page.getByRole("tab", { name: /^User groups/ }).click();
  await expect(row("Executives")).toContainText(/\d+ members?/);
  await page.getByRole("button", { name: "Add user groups" }).click();
  const dialog = page.getByRole("dialog", { name: "Add user groups" });
  const found = dialog.getByRole("list", { name: "Groups found" }).getByRole("listitem");
  const other = found.filter({ hasNotText: "Executives" }).first();
  await other.getByRole("checkbox").click();
  await expect(other).toContainText(/\d+ members?/);
  await sandbox.post("faults", { host: "graph", pathContains: "/members/$count", status: 500, times: 9 });
  const last = found.filter({ hasNotText: "Executives" }).nth(1);
  await last.getByRole("checkbox").click();
  await expect(last).toContainText("Members not known");
});

test("of two administrators who save at the same moment the second sees both versions", async ({ page, sandbox, browser, guard }) => {
  guard.expectStatus(412);
  const elsewhere = await browser.newContext({ baseURL: sandbox.origin("portal") });
  const other = await elsewhere.newPage();
  await signIn(page, "Ada Lindqvist", `${SETTINGS}/permissions`);
  await signIn(other, "Gabriel Adeyemi", `${SETTINGS}/permissions`);
  await respond(other).click();
  await investigate(page).click();
  // What the second has just read is replaced while the change is on its way.
  let raced = false;
  await page.route("**/settings/permissions", async (route) => {
    if (route.request().method() === "PUT" && !raced) {
      raced = true;
      await other.getByRole("button", { name: "Save changes" }).click();
      await expect(other.getByText("Saved. The service has confirmed it.").first()).toBeVisible();
    }
    await route.continue();
  });
  await page.getByRole("button", { name: "Save changes" }).click();
  const both = page.getByRole("region", { name: "Somebody else has changed this meanwhile." });
  await expect(both.getByText(/Last changed by Gabriel Adeyemi/)).toBeVisible();
  await expect(both.getByRole("row", { name: /Respond directly to active threats Off On/ })).toBeVisible();
  expect(raced).toBe(true);
  await both.getByRole("button", { name: "Go on with mine" }).click();
  await page.getByRole("button", { name: "Save changes" }).click();
  await expect(page.getByText("Saved. The service has confirmed it.").first()).toBeVisible();
  await page.reload();
  await expect(respond(page)).toBeChecked();
  await expect(investigate(page)).not.toBeChecked();
  await elsewhere.close();
});

test("contacts are called in the order they are put in, and the history says so", async ({ page }) => {
  await signIn(page, "Ada Lindqvist", `${SETTINGS}/contacts`);
  const contacts = page.getByRole("group", { name: "Contacts" });
  await expect(contacts.getByRole("row").nth(1)).toContainText("Contoso SOC");
  await page.getByRole("button", { name: "Call later: Contoso SOC" }).click();
  await expect(contacts.getByRole("row").nth(1)).toContainText("Omar Haddad");
  await expect(page.getByRole("region", { name: "What would change" }).getByRole("row", { name: /Contoso SOC.*call 1.*call 2/ })).toBeVisible();
  await page.getByRole("button", { name: "Save changes" }).click();
  await expect(page.getByText("Saved. The service has confirmed it.").first()).toBeVisible();
  await page.reload();
  await expect(contacts.getByRole("row").nth(1)).toContainText("Omar Haddad");
  const history = page.getByRole("region", { name: "Change history" });
  await expect(history.getByText("Ada Lindqvist").first()).toBeVisible();
  await expect(history.getByText("Security Administrator").first()).toBeVisible();
  await expect(history.getByRole("row", { name: /Contoso SOC.*call 1.*call 2/ })).toBeVisible();
});

test("Teams is set up and then opened from here; a policy of the organization that forbids it is named", async ({ page, sandbox }) => {
  const settle = async (sandbox: Sandbox) => sandbox.post("clock", { advanceSeconds: 10 });
  await sandbox.post("first-run");
  await sandbox.post("teams", { blocked: "groupCreationDisabled" });
  await signIn(page, "Ada Lindqvist", `${SETTINGS}/teams`);
  const teams = page.getByRole("checkbox", { name: "Communicate on Teams" });
  await teams.click();
  await page.getByRole("button", { name: "Save changes" }).click();
  await expect(page.getByText("Being set up…")).toBeVisible();
  await settle(sandbox);
  await expect(page.getByText(/Your organization does not let apps create groups\. Allow it in Microsoft Entra, then save again\./)).toBeVisible({ timeout: 15_000 });
  await sandbox.reset();
  await page.reload();
  await expect(page.getByText("Connected", { exact: true })).toBeVisible();
  await expect(page.getByRole("link", { name: /Open Teams channel/ })).toHaveAttribute("href", /^https:/);
});
