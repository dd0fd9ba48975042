import { onDisk } from "./support/disk";
import { type Sandbox } from "./support/sandbox";
import { atRest, expect, type Locator, type Page, signIn, test } from "./support/test";

test.use({ cleanTenant: true });

const SETTINGS = "/settings/defender-experts";
const START = `${SETTINGS}/get-started`;

function step(page: Page, name: string): Locator {
  return page.getByRole("heading", { level: 2, name, exact: true });
}

async function firstRun(sandbox: Sandbox): Promise<void> {
  await sandbox.post("first-run");
}

/** Presses keys and counts them. */
class Keys {
  pressed = 0;

  constructor(private readonly page: Page) {}

  async press(...keys: string[]): Promise<void> {
    for (const key of keys) {
      await this.page.keyboard.press(key);
      this.pressed += 1;
    }
  }

  async type(text: string): Promise<void> {
    await this.page.keyboard.type(text);
    this.pressed += text.length;
  }

  /** Tab until something has the focus. */
  async to(target: Locator): Promise<void> {
    for (let tabs = 0; tabs < 40; tabs += 1) {
      if (await target.evaluate((element) => element === document.activeElement)) return;
      await this.press("Tab");
    }
    await expect(target).toBeFocused();
  }
}

test("the first run is walked by keyboard from the welcome to the readiness assessment", async ({ page, sandbox }) => {
  await firstRun(sandbox);
  await signIn(page, "Ada Lindqvist", START);
  const keys = new Keys(page);
  const button = (name: string) => page.getByRole("button", { name, exact: true });
  await expect(step(page, "Get started")).toBeVisible();
  await keys.to(page.getByRole("link", { name: "Begin" }));
  await keys.press("Enter");
  await expect(step(page, "Permissions")).toBeFocused();
  await expect(page).toHaveURL(`${START}/permissions`);
  const respond = page.getByRole("checkbox", { name: "Respond directly to active threats" });
  await expect(page.getByRole("checkbox", { name: "Investigate incidents and guide my responses" })).toBeChecked();
  await expect(respond).not.toBeChecked();
  await keys.to(respond);
  await keys.press("Space");
  await keys.to(button("Next"));
  await keys.press("Enter");

  await expect(step(page, "Exclusions")).toBeFocused();
  await keys.to(button("Add device groups"));
  await keys.press("Enter");
  await keys.type("VIP");
  const vip = page.getByRole("checkbox", { name: "VIP laptops" });
  await expect(vip).toBeVisible();
  await keys.to(vip);
  await keys.press("Space");
  await keys.to(button("Add 1 group"));
  await keys.press("Enter");
  await expect(button("Remove device group VIP laptops")).toBeVisible();
  await keys.to(button("Next"));
  await keys.press("Enter");

  await expect(step(page, "Contacts")).toBeFocused();
  await keys.to(page.getByRole("combobox", { name: "Contact person or team" }));
  await keys.type("SOC");
  await expect(page.getByRole("option", { name: /^SOC/ }).first()).toBeVisible();
  await keys.press("ArrowDown", "Enter");
  await expect(page.getByRole("textbox", { name: "Email" })).toHaveValue("soc@contoso.com");
  await keys.to(page.getByRole("textbox", { name: "Phone number" }));
  await keys.type("+43 1 555 0100");
  await keys.to(page.getByRole("combobox", { name: "Can be reached" }));
  await keys.type("A");
  await keys.to(button("Add"));
  await keys.press("Enter");
  await expect(page.getByRole("row", { name: /soc@contoso.com/ })).toContainText("+4315550100");
  await keys.to(button("Next"));
  await keys.press("Enter");

  await expect(step(page, "Teams")).toBeFocused();
  await keys.to(page.getByRole("checkbox", { name: "Communicate on Teams" }));
  await keys.press("Space");
  await keys.to(button("Next"));
  await keys.press("Enter");

  await expect(step(page, "Review")).toBeFocused();
  const change = (name: RegExp) => page.getByRole("row", { name });
  await expect(change(/Respond directly to active threats Off On/)).toBeVisible();
  await expect(change(/Device group VIP laptops – Excluded/)).toBeVisible();
  await expect(change(/soc@contoso.com.*\+4315550100/)).toBeVisible();
  await keys.to(button("Submit"));
  await keys.press("Enter");
  await expect(page.getByText("The service has confirmed your settings: they are in force.")).toBeVisible();
  console.log(`wizard: 6 steps, ${keys.pressed} keys`);
  // A third of them are the letters of a group, a team and a number.
  expect(keys.pressed).toBeLessThanOrEqual(100);
  await keys.to(page.getByRole("link", { name: "View readiness assessment" }));
  await keys.press("Enter");
  await expect(page.getByRole("heading", { level: 1, name: "Service status" })).toBeVisible();
  const mails = await sandbox.get("mail");
  expect(mails.filter((mail: { purpose: string }) => mail.purpose === "contactAdded")[0].to).toBe("soc@contoso.com");
});

test("whatever was typed at any step is there again after the tab was killed", async ({ page, context, sandbox }) => {
  // Seven tabs begin anew, one after the other.
  test.slow();
  await firstRun(sandbox);
  await signIn(page, "Ada Lindqvist", `${START}/permissions`);
  const next = (at: Page) => at.getByRole("button", { name: "Next", exact: true });
  let tab = page;
  /** Kills the tab as it stands, once the disk has the words, and opens the address anew. */
  const killed = async (words: string) => {
    await onDisk(tab, words);
    const url = tab.url();
    const successor = await context.newPage();
    await tab.close({ runBeforeUnload: false });
    tab = successor;
    await tab.goto(url);
    await expect(tab.getByRole("banner")).toBeVisible();
  };

  const respond = () => tab.getByRole("checkbox", { name: "Respond directly to active threats" });
  await respond().click();
  await killed('"respondDirectly":true');
  await expect(respond()).toBeChecked();
  await next(tab).click();
  await expect(step(tab, "Exclusions")).toBeVisible();

  // The welcome holds nothing but the way to where one was.
  await onDisk(tab, '"reached":1');
  await tab.goto(START);
  await expect(tab.getByRole("link", { name: "Continue" })).toBeVisible();
  await killed('"respondDirectly":true');
  await tab.getByRole("link", { name: "Continue" }).click();
  await expect(step(tab, "Exclusions")).toBeVisible();

  await tab.getByRole("button", { name: "Add device groups" }).click();
  await tab.getByRole("checkbox", { name: "Meeting rooms" }).click();
  await tab.getByRole("button", { name: "Add 1 group" }).click();
  await tab.getByRole("checkbox", { name: "Exclude all high-value devices" }).click();
  await killed('"excludeAllHighValueDevices":true');
  await expect(tab.getByRole("button", { name: "Remove device group Meeting rooms" })).toBeVisible();
  await expect(tab.getByRole("checkbox", { name: "Exclude all high-value devices" })).toBeChecked();
  await expect(tab.getByText("What becomes high-value in future is excluded by itself")).toBeVisible();
  await next(tab).click();

  // Half a contact, with nonsense for a number.
  await tab.getByRole("textbox", { name: "Email" }).fill("night@contoso.com");
  await tab.getByRole("textbox", { name: "Phone number" }).fill("call the desk");
  await tab.getByRole("combobox", { name: "Can be reached" }).selectOption("At these hours");
  await killed('"monday"');
  await expect(tab.getByRole("textbox", { name: "Email" })).toHaveValue("night@contoso.com");
  await expect(tab.getByRole("textbox", { name: "Phone number" })).toHaveValue("call the desk");
  await expect(tab.getByRole("combobox", { name: "Can be reached" })).toHaveValue("some");
  await next(tab).click();
  await expect(tab.getByText("A contact is half written. Add it, or clear it.")).toBeVisible();
  await tab.getByRole("button", { name: "Add", exact: true }).click();
  await expect(tab.getByText("Begin with a plus and the country's code, such as +43 1 555 0100.").first()).toBeVisible();
  await tab.getByRole("textbox", { name: "Phone number" }).fill("0043 1 555-0100");
  await tab.getByRole("button", { name: "Add", exact: true }).click();
  await expect(tab.getByRole("row", { name: /night@contoso.com/ })).toContainText("+4315550100");
  await killed("+4315550100");
  await expect(tab.getByRole("row", { name: /night@contoso.com/ })).toContainText("Mon–Fri 09:00–17:00 (Europe/Vienna)");
  await next(tab).click();

  await tab.getByRole("checkbox", { name: "Communicate on Teams" }).click();
  await killed('"enabled":true');
  await expect(tab.getByRole("checkbox", { name: "Communicate on Teams" })).toBeChecked();
  await next(tab).click();

  await expect(step(tab, "Review")).toBeVisible();
  await onDisk(tab, '"reached":4');
  await killed("night@contoso.com");
  await expect(tab.getByRole("row", { name: /Device group Meeting rooms – Excluded/ })).toBeVisible();
  await expect(tab.getByRole("row", { name: /Exclude all high-value devices Off On/ })).toBeVisible();
  await tab.getByRole("button", { name: "Submit" }).click();
  await expect(tab.getByText("The service has confirmed your settings: they are in force.")).toBeVisible();
  await tab.reload();
  await expect(tab.getByRole("link", { name: "View readiness assessment" })).toBeVisible();
});

test("the draft goes on with another administrator on another machine", async ({ page, sandbox, browser }) => {
  await firstRun(sandbox);
  await signIn(page, "Ada Lindqvist", `${START}/permissions`);
  await page.getByRole("checkbox", { name: "Respond directly to active threats" }).click();
  await page.getByRole("button", { name: "Next", exact: true }).click();
  await expect(page.getByText("Draft saved for all administrators")).toBeVisible();
  const elsewhere = await browser.newContext({ baseURL: sandbox.origin("portal") });
  const other = await elsewhere.newPage();
  await signIn(other, "Gabriel Adeyemi", START);
  await other.getByRole("link", { name: "Continue" }).click();
  await expect(step(other, "Exclusions")).toBeVisible();
  await other.getByRole("link", { name: /^Permissions/ }).click();
  await expect(other.getByRole("checkbox", { name: "Respond directly to active threats" })).toBeChecked();
  await elsewhere.close();
});

test("two administrators of one draft see both versions, and neither loses", async ({ page, sandbox, browser, guard }) => {
  guard.expectStatus(412);
  await firstRun(sandbox);
  const elsewhere = await browser.newContext({ baseURL: sandbox.origin("portal") });
  const other = await elsewhere.newPage();
  await signIn(page, "Ada Lindqvist", `${START}/permissions`);
  await signIn(other, "Gabriel Adeyemi", `${START}/permissions`);
  const respond = (at: Page) => at.getByRole("checkbox", { name: "Respond directly to active threats" });
  const investigate = (at: Page) => at.getByRole("checkbox", { name: "Investigate incidents and guide my responses" });
  await expect(respond(page)).toBeVisible();
  await expect(respond(other)).toBeVisible();
  await respond(other).click();
  await other.getByRole("button", { name: "Next", exact: true }).click();
  await expect(other.getByText("Draft saved for all administrators")).toBeVisible();
  await respond(page).click();
  await investigate(page).click();
  await page.getByRole("button", { name: "Next", exact: true }).click();
  const both = page.getByRole("region", { name: "Somebody else has changed this meanwhile." });
  await expect(both.getByText("Last changed by Gabriel Adeyemi")).toBeVisible();
  await expect(both.getByRole("row", { name: /Investigate incidents and guide my responses On Off/ })).toBeVisible();
  // Until somebody has decided, mine is only here and theirs stays there, whatever way is gone.
  const saved = page.getByText("Draft saved for all administrators");
  await expect(page.getByText("Draft kept on this device")).toBeVisible();
  await expect(saved).toHaveCount(0);
  await page.getByRole("button", { name: "Next", exact: true }).click();
  await expect(step(page, "Contacts")).toBeVisible();
  await page.getByRole("link", { name: "Back", exact: true }).click();
  await expect(step(page, "Exclusions")).toBeVisible();
  await atRest(page);
  await expect(both).toBeVisible();
  await expect(saved).toHaveCount(0);
  await other.goto(`${START}/permissions`);
  await expect(respond(other)).toBeChecked();
  await expect(investigate(other)).toBeChecked();
  await expect(other.getByText("Somebody else has changed this meanwhile.")).toHaveCount(0);
  // Mine is sent as soon as it is to go on.
  await both.getByRole("button", { name: "Go on with mine" }).click();
  await expect(both).toHaveCount(0);
  await expect(saved).toBeVisible();
  await page.getByRole("link", { name: /^Permissions/ }).click();
  await expect(investigate(page)).not.toBeChecked();
  await other.reload();
  await expect(other.getByText("Somebody else has changed this meanwhile.").first()).toBeVisible();
  await elsewhere.close();
});

const RESPOND = "Respond directly to active threats";
const INVESTIGATE = "Investigate incidents and guide my responses";
const CONFLICT = "Somebody else has changed this meanwhile.";
const IN_FORCE = "The service has confirmed your settings: they are in force.";

/** Saves one of the two permissions on its own page. */
async function savedElsewhere(page: Page, name: string): Promise<void> {
  await page.goto(`${SETTINGS}/permissions`);
  await page.getByRole("checkbox", { name }).click();
  await page.getByRole("button", { name: "Save changes" }).click();
  await expect(page.getByText("Saved. The service has confirmed it.").first()).toBeVisible();
}

test("what was saved by itself since the wizard was left is not written over by it", async ({ page }) => {
  await signIn(page, "Ada Lindqvist", `${START}/exclusions`);
  await page.getByRole("checkbox", { name: "Exclude all high-value devices" }).click();
  await onDisk(page, '"excludeAllHighValueDevices":true');
  await savedElsewhere(page, RESPOND);
  await page.goto(`${START}/review`);
  await expect(page.getByRole("row", { name: /Exclude all high-value devices Off On/ })).toBeVisible();
  await expect(page.getByRole("region", { name: "Permissions" }).getByText("No change.")).toBeVisible();
  await page.getByRole("button", { name: "Submit" }).click();
  await expect(page.getByText(IN_FORCE)).toBeVisible();
  await page.goto(`${SETTINGS}/permissions`);
  await expect(page.getByRole("checkbox", { name: RESPOND })).not.toBeChecked();
});

test("a draft that something saved by itself has overtaken asks which of the two is to hold", async ({ page }) => {
  await signIn(page, "Ada Lindqvist", `${START}/permissions`);
  await page.getByRole("checkbox", { name: RESPOND }).click();
  await page.getByRole("button", { name: "Next", exact: true }).click();
  await expect(page.getByText("Draft saved for all administrators")).toBeVisible();
  await savedElsewhere(page, INVESTIGATE);
  await page.goto(`${START}/review`);
  const both = page.getByRole("region", { name: CONFLICT });
  await expect(both.getByRole("row", { name: /Investigate incidents and guide my responses Off On/ })).toBeVisible();
  await expect(both.getByRole("row", { name: /Respond directly to active threats On Off/ })).toBeVisible();
  await expect(page.getByRole("button", { name: "Submit" })).toHaveAttribute("aria-disabled", "true");
  await both.getByRole("button", { name: "Go on with mine" }).click();
  await expect(page.getByText("Draft saved for all administrators")).toBeVisible();
  // It has been decided: nobody is asked again.
  await page.reload();
  await expect(page.getByRole("row", { name: /Respond directly to active threats On Off/ })).toBeVisible();
  await expect(both).toHaveCount(0);
});

test("what was saved by itself is no draft of one's own, whatever was drafted and taken back before", async ({ page }) => {
  await signIn(page, "Ada Lindqvist", `${START}/permissions`);
  const saved = page.getByText("Draft saved for all administrators");
  for (const there of [false, true]) {
    await page.getByRole("checkbox", { name: RESPOND }).setChecked(there);
    await page.getByRole("button", { name: "Next", exact: true }).click();
    await expect(step(page, "Exclusions")).toBeVisible();
    await expect(saved).toBeVisible();
    if (!there) await page.getByRole("link", { name: "Back", exact: true }).click();
  }
  await page.getByRole("checkbox", { name: "Exclude all high-value devices" }).click();
  await onDisk(page, '"excludeAllHighValueDevices":true');
  await page.goto(`${SETTINGS}/exclusions`);
  await page.getByRole("button", { name: "Remove device group VIP laptops" }).click();
  await page.getByRole("button", { name: "Save changes" }).click();
  await expect(page.getByText("Saved. The service has confirmed it.").first()).toBeVisible();
  await page.goto(`${START}/review`);
  const both = page.getByRole("region", { name: CONFLICT });
  await expect(both.getByRole("row", { name: /Device group VIP laptops – Excluded/ })).toBeVisible();
});

test("what another administrator drafts before Submit is seen before it is decided", async ({ page, sandbox, browser }) => {
  await signIn(page, "Ada Lindqvist", `${START}/permissions`);
  await page.getByRole("checkbox", { name: RESPOND }).click();
  await page.getByRole("link", { name: /^Review/ }).click();
  await expect(page.getByText("Draft saved for all administrators")).toBeVisible();
  const elsewhere = await browser.newContext({ baseURL: sandbox.origin("portal") });
  const other = await elsewhere.newPage();
  await signIn(other, "Gabriel Adeyemi", `${START}/permissions`);
  await expect(other.getByRole("checkbox", { name: RESPOND })).not.toBeChecked();
  await other.getByRole("checkbox", { name: RESPOND }).click();
  await other.getByRole("checkbox", { name: INVESTIGATE }).click();
  await other.getByRole("button", { name: "Next", exact: true }).click();
  await expect(other.getByText("Draft saved for all administrators")).toBeVisible();
  await page.getByRole("button", { name: "Submit" }).click();
  const both = page.getByRole("region", { name: CONFLICT });
  await expect(both.getByText("Last changed by Gabriel Adeyemi")).toBeVisible();
  await both.getByRole("button", { name: "Take theirs" }).click();
  await page.getByRole("button", { name: "Submit" }).click();
  await expect(page.getByText(IN_FORCE)).toBeVisible();
  await page.goto(`${SETTINGS}/permissions`);
  await expect(page.getByRole("checkbox", { name: INVESTIGATE })).not.toBeChecked();
  await elsewhere.close();
});

test("a draft that cannot be read is said to be so, and can be asked for again", async ({ page, sandbox, guard }) => {
  guard.expectStatus(500);
  await sandbox.post("faults", { host: "experts", method: "GET", pathContains: "/settings/draft", status: 500 });
  await signIn(page, "Ada Lindqvist", `${START}/permissions`);
  await expect(page.getByRole("heading", { name: /^The settings could not be loaded/ })).toBeVisible();
  await page.getByRole("button", { name: "Try again" }).click();
  await expect(page.getByRole("checkbox", { name: RESPOND })).toBeVisible();
});

test("what was saved section by section before the first run can be submitted as it is", async ({ page, sandbox }) => {
  await firstRun(sandbox);
  await signIn(page, "Ada Lindqvist", `${SETTINGS}/contacts`);
  await page.getByRole("combobox", { name: "Contact person or team" }).fill("Night desk");
  await page.getByRole("textbox", { name: "Email" }).fill("night@contoso.com");
  await page.getByRole("button", { name: "Add", exact: true }).click();
  await page.getByRole("button", { name: "Save changes" }).click();
  await expect(page.getByText("Saved. The service has confirmed it.").first()).toBeVisible();
  await page.goto(`${START}/permissions`);
  for (const name of ["Exclusions", "Contacts", "Teams", "Review"]) {
    await page.getByRole("button", { name: "Next", exact: true }).click();
    await expect(step(page, name)).toBeVisible();
  }
  await page.getByRole("button", { name: "Submit" }).click();
  await expect(page.getByText(IN_FORCE)).toBeVisible();
});

test("skipping the exclusions discards what was added, after saying what; the exclusions in force stay", async ({ page }) => {
  await signIn(page, "Ada Lindqvist", `${START}/exclusions`);
  await page.getByRole("button", { name: "Add device groups" }).click();
  await page.getByRole("checkbox", { name: "Servers" }).click();
  await page.getByRole("button", { name: "Add 1 group" }).click();
  await page.getByRole("button", { name: "Skip", exact: true }).click();
  const question = page.getByRole("dialog", { name: "Skip the exclusions?" });
  await expect(question.getByText("Device group Servers: Excluded")).toBeVisible();
  await question.getByRole("button", { name: "Discard and go on" }).click();
  await expect(step(page, "Contacts")).toBeVisible();
  await page.getByRole("link", { name: /^Exclusions/ }).click();
  await expect(page.getByRole("button", { name: "Remove device group VIP laptops" })).toBeVisible();
  await expect(page.getByRole("button", { name: "Remove device group Servers" })).toHaveCount(0);
});

test("a submission that is answered as a conflict although it was made is known to have been made, once", async ({ page, sandbox, guard }) => {
  guard.expectStatus(409);
  await signIn(page, "Ada Lindqvist", `${START}/permissions`);
  await page.getByRole("checkbox", { name: "Respond directly to active threats" }).click();
  await page.getByRole("link", { name: /^Review/ }).click();
  await sandbox.post("faults", { host: "experts", pathContains: "/settings/complete", status: 409, afterCommit: true });
  await page.getByRole("button", { name: "Submit" }).click();
  await expect(page.getByText("The service has confirmed your settings: they are in force.")).toBeVisible();
  await page.goto(`${SETTINGS}/permissions`);
  const history = page.getByRole("region", { name: "Change history" });
  await expect(history.getByRole("row", { name: /Respond directly to active threats On Off/ })).toHaveCount(1);
});

test("what is changed after a submission begins another draft, and is nobody's conflict", async ({ page }) => {
  await signIn(page, "Ada Lindqvist", `${START}/permissions`);
  const respond = page.getByRole("checkbox", { name: "Respond directly to active threats" });
  await respond.click();
  await page.getByRole("link", { name: /^Review/ }).click();
  await page.getByRole("button", { name: "Submit" }).click();
  await expect(page.getByText("The service has confirmed your settings: they are in force.")).toBeVisible();
  await atRest(page);
  await page.getByRole("link", { name: /^Permissions/ }).click();
  // Each step sends what is not with the service yet: what is changed before that goes along.
  await atRest(page);
  await respond.click();
  await expect(page.getByText("Draft kept on this device")).toBeVisible();
  await page.getByRole("button", { name: "Next", exact: true }).click();
  await expect(page.getByText("Draft saved for all administrators")).toBeVisible();
  await expect(page.getByText("Somebody else has changed this meanwhile.")).toHaveCount(0);
});

test("a submission whose answer is lost is not said to be made before it is known", async ({ page, sandbox, guard }) => {
  guard.expectStatus(500);
  await signIn(page, "Ada Lindqvist", `${START}/permissions`);
  await page.getByRole("checkbox", { name: "Respond directly to active threats" }).click();
  await page.getByRole("link", { name: /^Review/ }).click();
  await sandbox.post("faults", { host: "experts", pathContains: "/settings/complete", status: 500 });
  await page.getByRole("button", { name: "Submit" }).click();
  await expect(page.getByText("It is not known whether this was saved")).toBeVisible();
  await expect(page.getByText("they are in force")).toHaveCount(0);
  await page.getByRole("button", { name: "Submit" }).click();
  await expect(page.getByText("The service has confirmed your settings: they are in force.")).toBeVisible();
});

test("a group that is deleted between choosing and saving is named, and everything else stays", async ({ page, sandbox, guard }) => {
  guard.expectStatus(422);
  await signIn(page, "Ada Lindqvist", `${SETTINGS}/exclusions`);
  await page.getByRole("button", { name: "Add device groups" }).click();
  await page.getByRole("checkbox", { name: "Meeting rooms" }).click();
  await page.getByRole("checkbox", { name: "Servers" }).click();
  await page.getByRole("button", { name: "Add 2 groups" }).click();
  await expect(page.getByRole("row", { name: /Device group Meeting rooms – Excluded/ })).toBeVisible();
  await sandbox.post("device-groups", { deleted: ["44"] });
  await page.getByRole("button", { name: "Save changes" }).click();
  await expect(page.getByText(/Meeting rooms: There is no such device group\./)).toBeVisible();
  await page.getByRole("button", { name: "Remove device group Meeting rooms" }).click();
  await page.getByRole("button", { name: "Save changes" }).click();
  await expect(page.getByText("Saved. The service has confirmed it.").first()).toBeVisible();
  await page.reload();
  await expect(page.getByRole("button", { name: "Remove device group Servers" })).toBeVisible();
  await expect(page.getByRole("region", { name: "Change history" }).getByRole("row", { name: /Device group Servers – Excluded/ })).toBeVisible();
});

test("what is changed while a section is being saved stays, and is saved next", async ({ page, sandbox }) => {
  await signIn(page, "Ada Lindqvist", `${SETTINGS}/permissions`);
  const respond = page.getByRole("checkbox", { name: "Respond directly to active threats" });
  const investigate = page.getByRole("checkbox", { name: "Investigate incidents and guide my responses" });
  const save = page.getByRole("button", { name: "Save changes" });
  const changes = page.getByRole("region", { name: "What would change" });
  await expect(respond).toBeChecked();
  await respond.click();
  await sandbox.post("faults", { host: "experts", method: "PUT", pathContains: "/settings/permissions", delayMs: 2_000 });
  await save.click();
  await expect(save).toHaveAttribute("aria-busy", "true");
  await respond.click();
  await investigate.click();
  await expect(save).not.toHaveAttribute("aria-busy", "true");
  await expect(respond).toBeChecked();
  await expect(investigate).not.toBeChecked();
  await expect(changes.getByRole("row", { name: /Respond directly to active threats Off On/ })).toBeVisible();
  await expect(changes.getByRole("row", { name: /Investigate incidents and guide my responses On Off/ })).toBeVisible();
  await page.reload();
  await expect(investigate).not.toBeChecked();
  await expect(page.getByText("Somebody else has changed this meanwhile.")).toHaveCount(0);
  await save.click();
  await expect(page.getByText("Saved. The service has confirmed it.").first()).toBeVisible();
  await expect(respond).toBeChecked();
  await expect(investigate).not.toBeChecked();
  await expect(changes.getByText("No change.")).toBeVisible();
});

test("two administrators saving one section see both versions", async ({ page, sandbox, browser }) => {
  const elsewhere = await browser.newContext({ baseURL: sandbox.origin("portal") });
  const other = await elsewhere.newPage();
  const respond = (at: Page) => at.getByRole("checkbox", { name: "Respond directly to active threats" });
  const investigate = (at: Page) => at.getByRole("checkbox", { name: "Investigate incidents and guide my responses" });
  await signIn(page, "Ada Lindqvist", `${SETTINGS}/permissions`);
  await signIn(other, "Gabriel Adeyemi", `${SETTINGS}/permissions`);
  await respond(other).click();
  await other.getByRole("button", { name: "Save changes" }).click();
  await expect(other.getByText("Saved. The service has confirmed it.").first()).toBeVisible();
  await investigate(page).click();
  await page.getByRole("button", { name: "Save changes" }).click();
  const both = page.getByRole("region", { name: "Somebody else has changed this meanwhile." });
  await expect(both.getByRole("row", { name: /Investigate incidents and guide my responses On Off/ })).toBeVisible();
  await expect(both.getByRole("row", { name: /Respond directly to active threats Off On/ })).toBeVisible();
  await both.getByRole("button", { name: "Take theirs" }).click();
  await expect(respond(page)).not.toBeChecked();
  await expect(investigate(page)).toBeChecked();
  await elsewhere.close();
});

test("whoever may not change settings sees everything, changes nothing, and is told who can", async ({ page }) => {
  await signIn(page, "Rhea Novak", `${SETTINGS}/permissions`);
  await expect(page.getByText(/Security Reader can read the settings but not change them/).first()).toBeVisible();
  const respond = page.getByRole("checkbox", { name: "Respond directly to active threats" });
  await expect(respond).toBeChecked();
  await expect(respond).toHaveAttribute("aria-disabled", "true");
  await respond.focus();
  await page.keyboard.press("Space");
  await expect(respond).toBeChecked();
  await expect(page.getByRole("button", { name: "Save changes" })).toHaveAttribute("aria-disabled", "true");
  await page.getByRole("link", { name: "Notification contacts" }).click();
  await expect(page.getByRole("group", { name: "Contacts" }).getByRole("row", { name: /Contoso SOC/ })).toBeVisible();
  await page.goto(`${START}/review`);
  await expect(page.getByRole("button", { name: "Submit" })).toHaveAttribute("aria-disabled", "true");
});

test("the hours in which nobody can be reached follow the contacts as they are written", async ({ page }) => {
  await signIn(page, "Ada Lindqvist", `${SETTINGS}/contacts`);
  const strip = page.getByRole("region", { name: "When nobody can be reached by phone" });
  await expect(strip.getByRole("status")).toHaveText("Nobody can be reached by phone for 12 of the coming week's hours.");
  await page.getByRole("button", { name: "Edit: Contoso SOC" }).click();
  await page.getByRole("combobox", { name: "Can be reached" }).selectOption("Around the clock");
  await page.getByRole("button", { name: "Change", exact: true }).click();
  await expect(strip.getByRole("status")).toHaveText("Somebody can be reached by phone at every hour of the week.");
  await page.getByRole("button", { name: "Remove: Contoso SOC" }).click();
  await page.getByRole("button", { name: "Remove: Omar Haddad" }).click();
  await expect(strip.getByRole("status")).toHaveText("Nobody can be reached by phone at any hour of the week.");
  await expect(page.getByRole("alert").filter({ hasText: "Add at least one contact for incident notification" })).toBeVisible();
});

test("hours come back after another kind was tried, stay hours around the clock, and are never blank", async ({ page }) => {
  await signIn(page, "Ada Lindqvist", `${SETTINGS}/contacts`);
  await page.getByRole("button", { name: "Edit: Contoso SOC" }).click();
  const kind = page.getByRole("combobox", { name: "Can be reached" });
  const zone = page.getByRole("combobox", { name: "Time zone of the contact" });
  const [from, to] = [page.getByLabel("From", { exact: true }), page.getByLabel("To", { exact: true })];
  await kind.selectOption("At these hours");
  await zone.selectOption("Asia/Tokyo");
  await from.fill("06:30");
  for (const other of ["Around the clock", "Hours not stated"]) {
    await kind.selectOption(other);
    await expect(from).toHaveCount(0);
    await kind.selectOption("At these hours");
    await expect(zone).toHaveValue("Asia/Tokyo");
    await expect(from).toHaveValue("06:30");
  }

  for (const day of ["Sat", "Sun"]) await page.getByRole("checkbox", { name: day, exact: true }).check();
  for (const time of [from, to]) await time.fill("00:00");
  await expect(kind).toHaveValue("some");
  await expect(to).toBeVisible();

  await from.fill("");
  await to.focus();
  await expect(from).toHaveValue("00:00");
});

test("a contact that is being changed stays itself while the list moves, and no half contact is lost", async ({ page }) => {
  await signIn(page, "Ada Lindqvist", `${SETTINGS}/contacts`);
  const rows = page.getByRole("group", { name: "Contacts" }).getByRole("row");
  const button = (name: string) => page.getByRole("button", { name, exact: true });
  const mail = page.getByRole("textbox", { name: "Email" });
  const half = page.getByRole("alert").filter({ hasText: "A contact is half written. Add it, or clear it." });
  await button("Edit: Omar Haddad").click();
  await expect(mail).toHaveValue("omar.haddad@contoso.com");
  await mail.fill("night@contoso.com");
  await expect(half).toBeVisible();
  await button("Call earlier: Omar Haddad").click();
  await button("Call later: Omar Haddad").click();
  await button("Remove: Contoso SOC").click();
  // Another contact takes the place of nothing that is half written.
  await expect(button("Edit: Ada Lindqvist")).toHaveAttribute("aria-disabled", "true");
  await button("Edit: Ada Lindqvist").focus();
  await page.keyboard.press("Enter");
  await expect(mail).toHaveValue("night@contoso.com");
  await button("Change").click();
  await expect(rows.filter({ hasText: "night@contoso.com" })).toHaveCount(1);
  await expect(rows.filter({ hasText: "omar.haddad@contoso.com" })).toHaveCount(0);
  await expect(rows.filter({ hasText: "Ada Lindqvist" })).toHaveCount(1);
  await expect(rows).toHaveCount(3);

  // A name that nobody picked is kept, too.
  const person = page.getByRole("combobox", { name: "Contact person or team" });
  await person.pressSequentially("Night desk");
  await page.keyboard.press("Tab");
  await expect(mail).toBeFocused();
  await expect(person).toHaveValue("Night desk");
  await expect(half).toBeVisible();
  await expect(button("Edit: Omar Haddad")).toHaveAttribute("aria-disabled", "true");
  await onDisk(page, "Night desk");
  await button("Clear").click();
  await expect(person).toHaveValue("");
  await button("Edit: Omar Haddad").click();
  await expect(mail).toHaveValue("night@contoso.com");
});

test("a contact who has left is marked, and a mail that bounced is said", async ({ page, sandbox, guard }) => {
  guard.expectStatus(404);
  await sandbox.post("faults", { host: "graph", pathContains: "/v1.0/users/", status: 404, times: 9 });
  await signIn(page, "Ada Lindqvist", `${SETTINGS}/contacts`);
  const contacts = page.getByRole("group", { name: "Contacts" });
  await expect(contacts.getByRole("row", { name: /Omar Haddad/ })).toContainText("No longer in the directory");
  // However many contacts there are, the directory is asked about all of them at once.
  const asked = (await sandbox.get("requests")).filter((one: { method: string; path: string }) => one.method !== "OPTIONS" && /\/users\/|\$batch/.test(one.path));
  expect(asked.map((one: { method: string; path: string }) => `${one.method} ${one.path}`)).toEqual(["POST /v1.0/$batch"]);
  // Nobody reaches who has left, whatever hours are stated.
  const strip = page.getByRole("region", { name: "When nobody can be reached by phone" });
  await expect(strip.getByText("1 contact for incidents is no longer in the directory and is not counted.")).toBeVisible();
  await page.getByRole("button", { name: "Remove: Contoso SOC" }).click();
  await expect(strip.getByRole("status")).toHaveText("Nobody can be reached by phone at any hour of the week.");
  await page.getByRole("textbox", { name: "Email" }).fill("somebody@nowhere.example");
  await page.getByRole("button", { name: "Add", exact: true }).click();
  await page.getByRole("button", { name: "Save changes" }).click();
  const row = contacts.getByRole("row", { name: /somebody@nowhere.example/ });
  await expect(row).toContainText("Mail on its way");
  await sandbox.post("clock", { advanceSeconds: 10 });
  await page.reload();
  await expect(row).toContainText("Mail bounced");
});

test("a failing or blocked set-up of Teams says why and what to do", async ({ page, sandbox }) => {
  await firstRun(sandbox);
  await sandbox.post("teams", { blocked: "appBlocked" });
  await signIn(page, "Ada Lindqvist", `${SETTINGS}/teams`);
  await page.getByRole("checkbox", { name: "Communicate on Teams" }).click();
  await page.getByRole("button", { name: "Save changes" }).click();
  await expect(page.getByText("Being set up…")).toBeVisible();
  await sandbox.post("clock", { advanceSeconds: 10 });
  await expect(page.getByText("Could not be set up")).toBeVisible({ timeout: 15_000 });
  await expect(page.getByText(/It can take up to 24 hours to take effect/)).toBeVisible();
});

test("removing the connection to Teams asks first, and cannot be taken back", async ({ page, sandbox }) => {
  await signIn(page, "Ada Lindqvist", `${SETTINGS}/teams`);
  const teams = page.getByRole("checkbox", { name: "Communicate on Teams" });
  await teams.click();
  await page.getByRole("button", { name: "Save changes" }).click();
  const question = page.getByRole("dialog", { name: "Remove Defender Experts from Teams?" });
  await expect(question.getByText("cannot be reversed")).toBeVisible();
  await question.getByRole("button", { name: "Save and remove" }).click();
  await expect(page.getByText("Being removed…")).toBeVisible();
  await sandbox.post("clock", { advanceSeconds: 10 });
  await expect(page.getByText("Removed for good")).toBeVisible({ timeout: 15_000 });
  await expect(teams).toHaveAttribute("aria-disabled", "true");
});

test("groups are found among five thousand while one writes", async ({ page, sandbox }) => {
  await sandbox.post("device-groups", { more: 5000 });
  await signIn(page, "Ada Lindqvist", `${SETTINGS}/exclusions`);
  await page.getByRole("button", { name: "Add device groups" }).click();
  const dialog = page.getByRole("dialog", { name: "Add device groups" });
  await expect(dialog.getByRole("checkbox").first()).toBeVisible();
  await dialog.getByRole("searchbox", { name: "Search device groups" }).pressSequentially("site 4711");
  await expect(dialog.getByRole("checkbox")).toHaveCount(1);
  await dialog.getByRole("checkbox", { name: "Site 4711" }).click();
  await dialog.getByRole("searchbox").fill("no such group");
  await expect(dialog.getByText("No group matches")).toBeVisible();
  await dialog.getByRole("button", { name: "Add 1 group" }).click();
  await expect(page.getByRole("button", { name: "Remove device group Site 4711" })).toBeVisible();
});

test("a sample notification is sent once and told whether it arrived", async ({ page, sandbox, guard }) => {
  guard.expectStatus(500);
  await signIn(page, "Ada Lindqvist", `${SETTINGS}/sample-notifications`);
  await sandbox.post("faults", { host: "experts", method: "POST", pathContains: "/deliveries/samples", status: 500, afterCommit: true });
  await page.getByRole("combobox", { name: "Recipient" }).selectOption("Contoso SOC");
  const send = page.getByRole("button", { name: "Generate a sample notification" });
  await send.click();
  await expect(page.getByText("It is not known whether this was done")).toBeVisible();
  await send.click();
  await expect(page.getByText("It is not known whether this was done")).toHaveCount(0);
  const rows = page.getByRole("group", { name: "Samples sent" }).getByRole("row", { name: /soc@contoso.com/ });
  await expect(rows).toHaveCount(1);
  await sandbox.post("clock", { advanceSeconds: 10 });
  await expect(rows).toContainText("Delivered", { timeout: 15_000 });
});
