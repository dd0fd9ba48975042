import { onDisk } from "./support/disk";
import { atRest, expect, signIn, test, type Page } from "./support/test";
import { askByKeys, dialog, inquiries, messages, question } from "./support/talk";

test.use({ cleanTenant: true });

const SENT = "Your question has been sent.";

async function send(page: Page, words: string): Promise<void> {
  await question(page).fill(words);
  await dialog(page).getByRole("button", { name: "Send question" }).click();
  await expect(dialog(page).getByText(SENT)).toBeVisible();
}

const told = (page: Page) => dialog(page).getByRole("list", { name: "Contacts to notify" }).getByRole("listitem");
const attached = (page: Page) => dialog(page).getByRole("list", { name: "Attached files" }).getByRole("listitem");

async function tell(page: Page, address: string): Promise<void> {
  await dialog(page).getByRole("combobox", { name: "Contacts to notify" }).fill(address);
  await page.getByRole("option", { name: new RegExp(address) }).click();
  await expect(told(page)).toHaveText([address]);
}

async function attach(page: Page): Promise<void> {
  await dialog(page).getByLabel("Attach files").setInputFiles([{ name: "process.log", mimeType: "text/plain", buffer: Buffer.from("a log") }]);
  await expect(attached(page)).toHaveText([/process\.log/]);
}

async function fromMenu(page: Page): Promise<void> {
  await page.getByRole("button", { name: "More actions" }).last().click();
  await page.getByRole("menuitem", { name: "Ask Defender Experts" }).click();
}

test("from an incident to a sent question takes a few keys besides the words", async ({ page, sandbox }) => {
  const { ransomware } = await sandbox.get("showcase");
  await signIn(page, "Omar Haddad", `/incidents/${ransomware.id}`);
  await expect(page.getByRole("heading", { level: 1 })).toContainText(ransomware.displayName);
  await expect(page.getByRole("banner").getByRole("button", { name: "Omar Haddad" })).toBeVisible();
  const keys = await askByKeys(page, "Is the backup server part of it?");
  expect(keys).toBeLessThanOrEqual(6);
  await expect(dialog(page).getByText(SENT)).toBeVisible();
  const asked = (await inquiries(page, sandbox)).filter((one) => one.subject.id === ransomware.id);
  expect(asked).toHaveLength(1);
  expect(asked[0].topic).toContain(ransomware.displayName);
  await dialog(page).getByRole("link", { name: "Open the inquiry" }).click();
  const panel = page.getByRole("dialog", { name: new RegExp("^Incident") });
  await expect(panel.getByRole("log", { name: "Messages" }).getByText("Is the backup server part of it?")).toBeVisible();
});

test("the dialog says what it is for and what it is not, prefills topic and context, and both can be changed", async ({ page, sandbox }) => {
  const { ransomware } = await sandbox.get("showcase");
  await signIn(page, "Omar Haddad", `/incidents/${ransomware.id}`);
  await fromMenu(page);
  await expect(dialog(page).getByText(/^Gather additional information on alerts and incidents/)).toBeVisible();
  await expect(dialog(page).getByText(/^Gain clarity into suspicious devices/)).toBeVisible();
  await expect(dialog(page).getByText(/^Determine risks and available protections/)).toBeVisible();
  await expect(dialog(page).getByText(/not a security incident response service.*Premier Services Hub/)).toBeVisible();
  await expect(dialog(page).getByText(/inquiries left this quarter/)).toBeVisible();
  const topic = dialog(page).getByRole("textbox", { name: "Inquiry topic" });
  await expect(topic).toHaveValue(new RegExp(`^Incident ${ransomware.id}`));
  await dialog(page).getByRole("button", { name: "Remove context" }).click();
  await topic.fill("Backups");
  await send(page, "Are backups at risk?");
  const [asked] = await inquiries(page, sandbox);
  expect(asked.topic).toBe("Backups");
  expect(asked.subject.kind).toBe("general");
});

test("every place that offers it asks about what is in view", async ({ page, sandbox }) => {
  test.slow();
  const { ransomware } = await sandbox.get("showcase");
  await signIn(page, "Omar Haddad", "/incidents");
  const grid = page.getByRole("grid", { name: "Incidents" });
  const row = grid.getByRole("row", { name: new RegExp(ransomware.displayName) });
  await row.getByRole("checkbox").click();
  await fromMenu(page);
  await send(page, "From the queue");

  await page.goto("/alerts?status=all&days=180");
  const alerts = page.getByRole("grid", { name: "Alerts" });
  await alerts.getByRole("row").nth(1).getByRole("link").first().click();
  await fromMenu(page);
  await send(page, "From the alert flyout");
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "More actions" }).last().click();
  await page.getByRole("menuitem", { name: "Open alert page" }).click();
  await expect(page).toHaveURL(/\/alerts\/[^?]+$/);
  await expect(page.getByRole("heading", { name: "Evidence" })).toBeVisible();
  await fromMenu(page);
  await send(page, "From the alert page");

  const [[device, id]] = Object.entries<string>(ransomware.devices);
  await page.goto(`/devices?device=${id}`);
  await expect(page.getByRole("dialog", { name: device }).getByRole("region", { name: "About this device" })).toBeVisible();
  await fromMenu(page);
  await expect(dialog(page).getByRole("textbox", { name: "Inquiry topic" })).toHaveValue(new RegExp(`^Device .*${device}`));
  await send(page, "From the device flyout");
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "More actions" }).last().click();
  await page.getByRole("menuitem", { name: "View device details" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(device);
  await fromMenu(page);
  await send(page, "From the device page");

  await page.goto("/messages");
  await page.getByRole("button", { name: "Ask Defender Experts" }).click();
  await dialog(page).getByRole("textbox", { name: "Inquiry topic" }).fill("General");
  await send(page, "From messages");
  await page.keyboard.press("Escape");

  await page.keyboard.press("Control+k");
  await page.keyboard.insertText("Ask Defender");
  await page.getByRole("option", { name: /Ask Defender Experts/ }).click();
  await dialog(page).getByRole("textbox", { name: "Inquiry topic" }).fill("General");
  await send(page, "From the palette");

  const asked = await inquiries(page, sandbox);
  const kinds = asked.slice(0, 7).map((one) => one.subject.kind);
  expect(kinds.sort()).toEqual(["alert", "alert", "device", "device", "general", "general", "incident"]);
  expect(asked.filter((one) => one.subject.id === id), "each sent once").toHaveLength(2);
});

test("the device page and the overview offer it, too", async ({ page, sandbox }) => {
  const { ransomware } = await sandbox.get("showcase");
  await signIn(page, "Omar Haddad", `/incidents/${ransomware.id}?panel=managed-response`);
  const flyout = page.getByRole("dialog", { name: "Managed response" });
  await flyout.getByRole("link", { name: "View device details" }).first().click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("prod-sql-02.contoso.com");
  await fromMenu(page);
  await expect(dialog(page).getByRole("textbox", { name: "Inquiry topic" })).toHaveValue("Device prod-sql-02.contoso.com");
  await send(page, "From the device");
  await page.goto("/overview");
  await page.getByRole("button", { name: "Ask Defender Experts" }).click();
  await dialog(page).getByRole("textbox", { name: "Inquiry topic" }).fill("General");
  await send(page, "From the overview");
  const asked = (await inquiries(page, sandbox)).slice(0, 2).map((one) => one.subject.kind);
  expect(asked.sort()).toEqual(["device", "general"]);
});

test("what is left of the credits is said, with what rolled over and when they end, and none left is no bar", async ({ page, sandbox }) => {
  const credits = (left: number) => ({ left, used: 14 - left, granted: 10, rolledOver: 4, rollsOverAt: "2027-01-15T12:00:00Z", expiresAt: "2027-07-15T12:00:00Z" });
  const fault = { host: "experts", method: "GET", pathContains: "credits", status: 200 };
  await sandbox.post("faults", { ...fault, body: credits(11) });
  await sandbox.post("faults", { ...fault, body: credits(0), times: 5 });
  await signIn(page, "Omar Haddad", "/messages");
  await page.getByRole("button", { name: "Ask Defender Experts" }).click();
  await expect(dialog(page).getByText(/^11 inquiries left this quarter \(10 granted, 4 rolled over\)\. Unused ones roll over on .*15 Jan.* They expire on .*15 Jul/)).toBeVisible();
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Ask Defender Experts" }).click();
  await expect(dialog(page).getByText(/^0 inquiries left this quarter/)).toBeVisible();
  await expect(dialog(page).getByText("No inquiries are left in this quarter. The service may refuse the question.")).toBeVisible();
  await dialog(page).getByRole("textbox", { name: "Inquiry topic" }).fill("One more");
  await send(page, "Is one left?");
});

test("where the service counts no credits nothing is said of them", async ({ page, sandbox, guard }) => {
  guard.expectStatus(404);
  await sandbox.post("faults", { host: "experts", method: "GET", pathContains: "credits", status: 404, times: 5 });
  await signIn(page, "Omar Haddad", "/messages");
  await page.getByRole("button", { name: "Ask Defender Experts" }).click();
  await dialog(page).getByRole("textbox", { name: "Inquiry topic" }).fill("No credits");
  await send(page, "Do you count?");
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Ask Defender Experts" }).click();
  await expect(question(page)).toBeVisible();
  await expect(dialog(page).getByText(/left this quarter|could not be/)).toHaveCount(0);
});

test("a file that is too large, of the wrong kind or one too many is named, and the rest goes", async ({ page, sandbox }) => {
  await signIn(page, "Omar Haddad", "/messages");
  await page.getByRole("button", { name: "Ask Defender Experts" }).click();
  const text = (name: string, size = 10) => ({ name, mimeType: "text/plain", buffer: Buffer.alloc(size, "a") });
  const picker = dialog(page).getByLabel("Attach files");
  await picker.setInputFiles([
    text("memory.log", 10 * 1024 * 1024 + 1),
    { name: "tool.exe", mimeType: "application/octet-stream", buffer: Buffer.from("MZ\u0090\u0000") },
    text("empty.txt", 0),
    { name: "notes.txt", mimeType: "text/plain", buffer: Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]) },
  ]);
  await expect(dialog(page).getByText("memory.log is larger than 10 MB, the most that can be sent.")).toBeVisible();
  await expect(dialog(page).getByText(/^tool\.exe is neither a text nor a picture/)).toBeVisible();
  await expect(dialog(page).getByText("empty.txt is empty.")).toBeVisible();
  await expect(dialog(page).getByText("notes.txt is not what its name says: its content is PNG. It was not attached.")).toBeVisible();
  const chosen = dialog(page).getByRole("list", { name: "Attached files" }).getByRole("listitem");
  await expect(chosen).toHaveCount(0);
  await picker.setInputFiles(Array.from({ length: 11 }, (_, at) => text(`part-${at}.txt`)));
  await expect(dialog(page).getByText("At most 10 files go with one message.")).toBeVisible();
  await expect(chosen).toHaveCount(10);
  for (let left = 10; left > 1; left -= 1) await chosen.first().getByRole("button", { name: /^Remove part/ }).click();
  await dialog(page).getByRole("textbox", { name: "Inquiry topic" }).fill("One file");
  await send(page, "What is it?");
  const [asked] = await inquiries(page, sandbox);
  const [first] = await messages(page, sandbox, `/inquiries/${asked.id}`);
  expect(first!.attachments.map((file) => file.name)).toEqual(["part-9.txt"]);
});

test("a recipient whom the service does not know is its reason to refuse, and nothing is lost", async ({ page, sandbox, guard }) => {
  guard.expectStatus(422);
  const detail = "nobody@example.com receives no mail.";
  const body = { type: "about:blank", title: "Unprocessable", status: 422, code: "validationFailed", detail: "See errors.", errors: [{ pointer: "/contacts/0", code: "unknownRecipient", detail }] };
  await sandbox.post("faults", { host: "experts", method: "POST", pathContains: "/inquiries", status: 422, body });
  const { ransomware } = await sandbox.get("showcase");
  await signIn(page, "Omar Haddad", `/incidents/${ransomware.id}`);
  await fromMenu(page);
  await dialog(page).getByRole("button", { name: "Remove context" }).click();
  await tell(page, "nobody@example.com");
  await attach(page);
  await dialog(page).getByRole("textbox", { name: "Inquiry topic" }).fill("Told to nobody");
  await question(page).fill("Who hears of it?");
  await dialog(page).getByRole("button", { name: "Send question" }).click();
  await expect(dialog(page).getByText(`The service refused the question. ${detail}`)).toBeVisible();
  await dialog(page).getByRole("button", { name: "Edit the question" }).click();
  await expect(question(page)).toHaveValue("Who hears of it?");
  await expect(dialog(page).getByRole("textbox", { name: "Inquiry topic" })).toHaveValue("Told to nobody");
  await expect(dialog(page).getByRole("button", { name: "Remove context" })).toHaveCount(0);
  await expect(attached(page)).toHaveText([/process\.log/]);
  await expect(told(page)).toHaveText(["nobody@example.com"]);
  const about = async () => (await inquiries(page, sandbox)).filter((one) => one.topic === "Told to nobody");
  expect(await about()).toEqual([]);
  await told(page).getByRole("button", { name: "Remove nobody@example.com" }).click();
  await expect(dialog(page).getByRole("combobox", { name: "Contacts to notify" }), "nobody is left to go to").toBeFocused();
  await send(page, "Who hears of it?");
  const [asked, ...others] = await about();
  expect(others).toEqual([]);
  expect([asked.subject.kind, asked.contacts]).toEqual(["general", []]);
  const [first] = await messages(page, sandbox, `/inquiries/${asked.id}`);
  expect(first!.attachments.map((file) => file.name)).toEqual(["process.log"]);
  // What was sent is not there for the next question.
  await dialog(page).getByRole("button", { name: "Ask another question" }).click();
  await expect(question(page)).toHaveValue("");
  await expect(attached(page)).toHaveCount(0);
});

test("where nothing is kept on the device, a question that was refused is read in the outbox and edited from there", async ({ page, sandbox, guard }) => {
  guard.expectStatus(422);
  const body = { type: "about:blank", title: "Unprocessable", status: 422, code: "validationFailed", detail: "See errors.", errors: [{ pointer: "/topic", code: "invalid", detail: "Not this." }] };
  await sandbox.post("faults", { host: "experts", method: "POST", pathContains: "/inquiries", status: 422, body });
  await signIn(page, "Omar Haddad", "/preferences");
  await page.getByRole("switch", { name: "Keep what I type on this device until it is sent" }).uncheck();
  await page.goto("/messages");
  await page.getByRole("button", { name: "Ask Defender Experts" }).click();
  await dialog(page).getByRole("textbox", { name: "Inquiry topic" }).fill("Backups");
  await question(page).fill("Are the backups safe?\nAll of them?");
  await dialog(page).getByRole("button", { name: "Send question" }).click();
  await expect(dialog(page).getByText(/The service refused the question/)).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(dialog(page)).toHaveCount(0);
  await page.getByRole("banner").getByRole("button", { name: "1 message not sent yet" }).click();
  const outbox = page.getByRole("dialog", { name: "Outbox" });
  const entry = outbox.getByRole("list", { name: "Outbox" }).getByRole("listitem");
  await expect(entry).toContainText("Are the backups safe?");
  await entry.getByRole("button", { name: "Edit the question" }).click();
  for (let time = 0; time < 2; time += 1) {
    await expect(question(page)).toHaveValue("Are the backups safe?\nAll of them?");
    await expect(dialog(page).getByRole("textbox", { name: "Inquiry topic" })).toHaveValue("Backups");
    await expect(outbox).toHaveCount(0);
    await page.keyboard.press("Escape");
    await expect(dialog(page)).toHaveCount(0);
    await page.getByRole("button", { name: "Ask Defender Experts" }).click();
  }
  await expect(page.getByRole("banner").getByRole("button", { name: /not sent yet/ })).toHaveCount(0);
});

test("closing the dialog drops neither who is told nor what is attached", async ({ page }) => {
  await signIn(page, "Omar Haddad", "/messages");
  await page.getByRole("button", { name: "Ask Defender Experts" }).click();
  await tell(page, "partner@example.com");
  await attach(page);
  await dialog(page).getByRole("button", { name: "Cancel" }).click();
  await expect(dialog(page)).toHaveCount(0);
  await page.getByRole("button", { name: "Ask Defender Experts" }).click();
  await expect(told(page)).toHaveText(["partner@example.com"]);
  await expect(attached(page)).toHaveText([/process\.log/]);
});

test("an address that is typed and not chosen is told all the same, and of anything else it is said that nobody is", async ({ page }) => {
  await signIn(page, "Omar Haddad", "/messages");
  await page.getByRole("button", { name: "Ask Defender Experts" }).click();
  const contacts = dialog(page).getByRole("combobox", { name: "Contacts to notify" });
  await contacts.fill("night desk");
  await question(page).focus();
  await expect(dialog(page).getByText("“night desk” is not among those to be told")).toBeVisible();
  await expect(told(page)).toHaveCount(0);
  await contacts.fill("partner@example.com");
  await question(page).focus();
  await expect(told(page)).toHaveText(["partner@example.com"]);
  await expect(dialog(page).getByText("is not among those to be told")).toHaveCount(0);
});

test("contacts come from the directory or as addresses, and files are looked at before they go", async ({ page, sandbox }) => {
  await signIn(page, "Omar Haddad", "/messages");
  await page.getByRole("button", { name: "Ask Defender Experts" }).click();
  const contacts = dialog(page).getByRole("combobox", { name: "Contacts to notify" });
  await contacts.fill("Ada");
  await page.getByRole("option", { name: /Ada Lindqvist/ }).click();
  await contacts.fill("nobody.at.all");
  await expect(page.getByText("Nothing found", { exact: false }).or(page.getByText(/no match/i)).first()).toBeVisible();
  await contacts.fill("partner@example.com");
  await page.getByRole("option", { name: /partner@example.com/ }).click();
  const picker = dialog(page).getByLabel("Attach files");
  await picker.setInputFiles([
    { name: "shot.png", mimeType: "image/png", buffer: Buffer.from("MZ\u0090\u0000 not a picture") },
    { name: "process.log", mimeType: "text/plain", buffer: Buffer.from("powershell -enc …") },
  ]);
  await expect(dialog(page).getByText(/shot\.png is (not what its name says|neither a text nor a picture)/)).toBeVisible();
  await expect(dialog(page).getByRole("list", { name: "Attached files" }).getByText("process.log", { exact: true })).toBeVisible();
  await dialog(page).getByRole("textbox", { name: "Inquiry topic" }).fill("A log");
  await send(page, "What does it do?");
  const [asked] = await inquiries(page, sandbox);
  expect(asked.contacts).toEqual(["ada.lindqvist@contoso.com", "partner@example.com"]);
  const [first] = await messages(page, sandbox, `/inquiries/${asked.id}`);
  expect(first!.attachments.map((file) => file.name)).toEqual(["process.log"]);
});

test("what was typed is there again after a reload, and the coach points out but never blocks", async ({ page, sandbox }) => {
  await signIn(page, "Omar Haddad", "/messages");
  await page.getByRole("button", { name: "Ask Defender Experts" }).click();
  await dialog(page).getByRole("textbox", { name: "Inquiry topic" }).fill("Urgent: custom detection");
  await question(page).fill("Our custom detection fires.");
  await expect(dialog(page).getByText(/reads like an emergency/)).toBeVisible();
  await expect(dialog(page).getByText(/Custom detections of your own are out of scope/)).toBeVisible();
  await onDisk(page, "Our custom detection fires.");
  await page.reload();
  await page.getByRole("button", { name: "Ask Defender Experts" }).click();
  await expect(question(page)).toHaveValue("Our custom detection fires.");
  await send(page, "Our custom detection fires, still.");
  expect((await inquiries(page, sandbox))[0].topic).toBe("Urgent: custom detection");
});

/** Makes the browser's disk take so long for each record of a shelf that it is given. */
function slowDisk([shelf, ms]: [string, number]): void {
  const { put } = IDBObjectStore.prototype;
  IDBObjectStore.prototype.put = function (this: IDBObjectStore, ...given: Parameters<typeof put>) {
    const until = performance.now() + (this.name === shelf ? ms : 0);
    // A transaction ends when nothing is asked of it any more.
    const ask = () => {
      if (performance.now() < until) this.count().onsuccess = ask;
    };
    ask();
    return put.apply(this, given);
  };
}

for (const disk of ["quick", "slow"]) {
  test(`what has been sent does not come back, however soon the page is left, with a ${disk} disk`, async ({ page, context, guard }) => {
    if (disk === "slow") await page.addInitScript(slowDisk, ["drafts", 400] as [string, number]);
    guard.expectLostConnection();
    await signIn(page, "Omar Haddad", "/messages");
    await page.getByRole("button", { name: "Ask Defender Experts" }).click();
    await expect(question(page)).toBeFocused();
    await context.setOffline(true);
    const topic = dialog(page).getByRole("textbox", { name: "Inquiry topic" });
    await topic.fill("Sent once");
    await question(page).fill("Is it ours?");
    await question(page).press("Control+Enter");
    // At once: what `expect` looks for, it looks for ever more rarely.
    await dialog(page).getByRole("button", { name: "Ask another question" }).waitFor();
    await context.setOffline(false);
    await page.reload();
    await page.getByRole("button", { name: "Ask Defender Experts" }).click();
    await expect(question(page)).toBeFocused();
    await atRest(page);
    await expect(topic).toHaveValue("");
    await expect(question(page)).toHaveValue("");
  });
}

test("a question that a slow disk is still being given cannot be left and sent again, and what is typed behind it stays alone", async ({ page, sandbox }) => {
  test.slow();
  await page.addInitScript(slowDisk, ["outbox", 1_500] as [string, number]);
  await signIn(page, "Omar Haddad", "/messages");
  await page.getByRole("button", { name: "Ask Defender Experts" }).click();
  await dialog(page).getByRole("textbox", { name: "Inquiry topic" }).fill("Handed over once");
  await question(page).fill("Is it ours?");
  await question(page).press("Control+Enter");
  await page.keyboard.insertText(" And theirs?");
  await page.keyboard.press("Control+Enter");
  await page.keyboard.press("Escape");
  await dialog(page).getByRole("button", { name: "Ask another question" }).click();
  await expect(question(page)).toHaveValue("And theirs?");
  const asked = async () => (await inquiries(page, sandbox)).filter((one) => one.topic === "Handed over once");
  await expect.poll(async () => (await asked()).length, { timeout: 15_000 }).toBe(1);
  const [first, ...others] = await messages(page, sandbox, `/inquiries/${(await asked())[0].id}`);
  expect([first!.body.content, others.length]).toEqual(["Is it ours?", 0]);
});

test("whoever asks before all of the frame is here is heard", async ({ page }) => {
  let letGo = () => {};
  const until = new Promise<void>((resolve) => (letGo = resolve));
  await page.route(/\/split_corner\.wasm$/, async (route) => {
    await until;
    await route.continue();
  });
  await signIn(page, "Omar Haddad", "/messages");
  await page.getByRole("button", { name: "Ask Defender Experts" }).click();
  letGo();
  await expect(question(page)).toBeFocused();
});

test("a file chooser that is left without a choice closes nothing", async ({ page }) => {
  await signIn(page, "Omar Haddad", "/messages");
  await page.getByRole("button", { name: "Ask Defender Experts" }).click();
  await question(page).fill("Is it ours?");
  // As a browser does it, which here has no chooser to leave.
  await dialog(page).getByLabel("Attach files").evaluate(async (picker) => {
    picker.dispatchEvent(new Event("cancel", { bubbles: true }));
    await new Promise((painted) => requestAnimationFrame(() => requestAnimationFrame(painted)));
  });
  await expect(question(page)).toHaveValue("Is it ours?");
  await page.keyboard.press("Escape");
  await expect(dialog(page)).toHaveCount(0);
});

test("a Security Reader may ask", async ({ page }) => {
  await signIn(page, "Rhea Novak", "/messages");
  await page.getByRole("button", { name: "Ask Defender Experts" }).click();
  await dialog(page).getByRole("textbox", { name: "Inquiry topic" }).fill("A reader asks");
  await send(page, "May I?");
});

test("who only reads is told who can ask", async ({ page }) => {
  await signIn(page, "Greta Reiter", "/messages");
  await page.getByRole("button", { name: "Ask Defender Experts" }).click();
  await question(page).fill("May I?");
  const button = dialog(page).getByRole("button", { name: "Send question" });
  await expect(button).toHaveAttribute("aria-disabled", "true");
  await expect(dialog(page).getByRole("alert").filter({ hasText: /Security Reader/ })).toBeVisible();
});

test("an answer lost after the question was taken in sends nothing twice", async ({ page, sandbox, guard }) => {
  await sandbox.post("faults", { host: "experts", method: "POST", pathContains: "/inquiries", dropAfterCommit: true });
  guard.expectLostConnection();
  await signIn(page, "Omar Haddad", "/messages");
  await page.getByRole("button", { name: "Ask Defender Experts" }).click();
  await dialog(page).getByRole("textbox", { name: "Inquiry topic" }).fill("Once");
  await send(page, "Only once?");
  const asked = (await inquiries(page, sandbox)).filter((one) => one.topic === "Once");
  expect(asked).toHaveLength(1);
});

test("without credits the service's refusal is shown, and the words come back", async ({ page, sandbox, guard }) => {
  guard.expectStatus(409);
  const fault = { host: "experts", method: "POST", pathContains: "/inquiries", status: 409, code: "noCreditsLeft", times: 2 };
  await sandbox.post("faults", fault);
  await signIn(page, "Omar Haddad", "/messages");
  await page.getByRole("button", { name: "Ask Defender Experts" }).click();
  await dialog(page).getByRole("textbox", { name: "Inquiry topic" }).fill("None left");
  await question(page).fill("Is one left?");
  await dialog(page).getByRole("button", { name: "Send question" }).click();
  await expect(dialog(page).getByText(/The service refused the question/)).toBeVisible();
  await dialog(page).getByRole("button", { name: "Edit the question" }).click();
  await expect(question(page)).toHaveValue("Is one left?");
});
