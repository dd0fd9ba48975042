import { readFile } from "node:fs/promises";
import { parse } from "./support/csv";
import { box, inquiries, messages, told } from "./support/talk";
import { expect, signIn, test, type Page } from "./support/test";

test.use({ cleanTenant: true });

const panel = (page: Page) => page.getByRole("dialog").last();
const rows = (page: Page) => page.getByRole("row").filter({ has: page.getByRole("checkbox") });

test("the list is searched, filtered and grouped, and its address says how", async ({ page }) => {
  await signIn(page, "Omar Haddad", "/messages");
  await expect(page.getByRole("heading", { level: 1, name: "Defender Experts messages" })).toBeVisible();
  await expect(rows(page).first()).toBeVisible();
  const all = await rows(page).count();
  await expect(page.getByRole("status").filter({ hasText: `${all} conversations` })).toBeVisible();
  await page.getByRole("combobox", { name: "Status" }).selectOption("Answered");
  await expect(page).toHaveURL(/status=answered/);
  const answered = await rows(page).count();
  expect(answered).toBeLessThan(all);
  await page.getByRole("combobox", { name: "Status" }).selectOption("Any");
  await page.getByRole("combobox", { name: "Group by" }).selectOption("Status");
  await expect(page.getByRole("heading", { level: 2, name: "Answered" })).toBeVisible();
  await page.reload();
  await expect(page.getByRole("heading", { level: 2, name: "Answered" })).toBeVisible();
  await page.getByRole("searchbox", { name: "Search messages" }).fill("there is no such thing");
  await expect(page.getByText("No messages match")).toBeVisible();
  await page.getByRole("button", { name: "Clear filters" }).click();
  await expect(rows(page)).toHaveCount(all);
});

test("it is put in groups by who asked and by what it is about, and cut to a period", async ({ page }) => {
  await signIn(page, "Omar Haddad", "/messages");
  await expect(rows(page).first()).toBeVisible();
  const all = await rows(page).count();
  for (const [by, group] of [["Submitter", /^(Omar Haddad|Ada Lindqvist)/], ["Reference", /^Incident \d+/]] as const) {
    await page.getByRole("combobox", { name: "Group by" }).selectOption(by);
    await expect(page.getByRole("heading", { level: 2, name: group }).first()).toBeVisible();
    await expect(rows(page)).toHaveCount(all);
  }
  await page.getByRole("combobox", { name: "Time period" }).selectOption("Last 7 days");
  await expect(page).toHaveURL(/days=7/);
  await expect.poll(() => rows(page).count()).toBeLessThan(all);
});

test("an inquiry is read, answered and closed in the side panel", async ({ page, sandbox }) => {
  await signIn(page, "Omar Haddad", "/messages");
  const open = (await inquiries(page, sandbox)).find((one) => one.state === "answered")!;
  await page.goto(`/messages/${open.id}`);
  await expect(panel(page).getByRole("heading", { name: open.topic })).toBeVisible();
  await box(page).fill("One more thing.");
  await page.keyboard.press("Control+Enter");
  const log = panel(page).getByRole("log", { name: "Messages" });
  await expect(log.getByText("One more thing.")).toHaveCount(1);
  await expect(panel(page).getByText("Follow-up", { exact: true })).toBeVisible();
  await sandbox.post(`conversations/${open.id}`, { text: "Send the file, please.", progress: "fileSampleNeeded" });
  await expect(panel(page).getByText("File sample needed").first()).toBeVisible({ timeout: 15_000 });
  await panel(page).getByRole("button", { name: "Close inquiry" }).click();
  // News takes the question from nobody's hand.
  await sandbox.post(`conversations/${open.id}`, { text: "We have it, thank you.", progress: "concluded" });
  await expect(page.getByText("We have it, thank you.")).not.toHaveCount(0, { timeout: 15_000 });
  await panel(page).getByRole("button", { name: "Close inquiry" }).click();
  await expect(page.getByText("Closed", { exact: true }).last()).toBeVisible();
  await box(page).fill("After the end");
  await expect(page.getByRole("button", { name: "Send", exact: true })).toHaveAttribute("aria-disabled", "true");
});

test("an answer that comes while a reply is typed leaves the reply alone", async ({ page, sandbox }) => {
  await signIn(page, "Omar Haddad", "/messages");
  const open = (await inquiries(page, sandbox)).find((one) => one.state !== "closed")!;
  await page.goto(`/messages/${open.id}`);
  await box(page).fill("I am typing");
  await sandbox.post(`conversations/${open.id}`, { text: "Here is the answer.", progress: "concluded" });
  await expect(page.getByText("Here is the answer.").first()).toBeVisible({ timeout: 15_000 });
  await expect(box(page)).toHaveValue("I am typing");
  await page.getByRole("button", { name: "Send", exact: true }).click();
  await expect(box(page)).toHaveValue("");
  const all = async () => (await messages(page, sandbox, `/inquiries/${open.id}`)).map((one) => one.body.content);
  await expect.poll(async () => (await all()).filter((words) => words === "I am typing").length).toBe(1);
  const said = await all();
  expect(said.indexOf("Here is the answer.")).toBeLessThan(said.indexOf("I am typing"));
});

test("what was closed elsewhere refuses the reply, and the words can be had back", async ({ page, sandbox, guard }) => {
  guard.expectStatus(409);
  await signIn(page, "Omar Haddad", "/messages");
  const open = (await inquiries(page, sandbox)).find((one) => one.state !== "closed")!;
  await page.goto(`/messages/${open.id}`);
  await box(page).fill("Too late?");
  const refusal = { host: "experts", method: "POST", pathContains: "/messages", status: 409, code: "conversationClosed", times: 2 };
  await sandbox.post("faults", refusal);
  await page.getByRole("button", { name: "Send", exact: true }).click();
  const waiting = page.getByRole("list", { name: "Not yet with the service" });
  await expect(waiting.getByText("Refused by the service")).toBeVisible();
  await waiting.getByRole("button", { name: "Edit" }).click();
  await expect(box(page)).toHaveValue("Too late?");
  await expect(waiting).toHaveCount(0);
});

test("messages are marked unread and read again, and the list goes into a file", async ({ page }) => {
  await signIn(page, "Omar Haddad", "/messages");
  const row = rows(page).filter({ hasText: "Managed response chat" }).first();
  await row.getByRole("checkbox").check();
  await page.getByRole("button", { name: "Mark as read" }).click();
  await expect(row.getByText(/unread/)).toHaveCount(0);
  await row.getByRole("checkbox").check();
  await page.getByRole("button", { name: "Mark as unread" }).click();
  await expect(row.getByText("1 unread")).toBeVisible();
  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: "Export to CSV" }).click();
  expect((await download).suggestedFilename()).toBe("defender-experts-messages.csv");
  const shown = await rows(page).count();
  expect(parse(await readFile((await (await download).path())!, "utf8"))).toHaveLength(shown);
});

test("what a filter hides stays ticked, and nothing is done with it", async ({ page }) => {
  await signIn(page, "Omar Haddad", "/messages");
  for (const at of [0, 1]) await rows(page).nth(at).getByRole("checkbox").check();
  await expect(page.getByText("2 ticked")).toBeVisible();
  await page.getByRole("searchbox", { name: "Search messages" }).fill("there is no such thing");
  await expect(page.getByRole("button", { name: "Mark as read" })).toHaveAttribute("aria-disabled", "true");
  await expect(page.getByText(/\d ticked/)).toHaveCount(0);
  await page.getByRole("button", { name: "Clear filters" }).click();
  await expect(page.getByText("2 ticked")).toBeVisible();
});

test("news moves a conversation up, and whoever stands on it keeps it and the focus", async ({ page, sandbox }) => {
  await signIn(page, "Omar Haddad", "/messages");
  await expect(rows(page).first()).toBeVisible();
  const open = (await inquiries(page, sandbox)).filter((one) => one.state !== "closed").at(-1)!;
  const link = page.locator(`a[href^="/messages/${open.id}"]`);
  await link.focus();
  await sandbox.post(`conversations/${open.id}`, { text: "It moves up." });
  await expect(rows(page).first()).toContainText("It moves up.", { timeout: 15_000 });
  await expect(rows(page).first().getByRole("link")).toHaveAttribute("href", (await link.getAttribute("href"))!);
  await expect(link).toBeFocused();
});

test("what could not be marked is said, and stays ticked for another try", async ({ page, sandbox, guard }) => {
  guard.expectStatus(500);
  await signIn(page, "Omar Haddad", "/messages");
  const row = rows(page).filter({ hasText: "Managed response chat" }).first();
  await row.getByRole("checkbox").check();
  await sandbox.post("faults", { host: "experts", method: "POST", pathContains: "/read", status: 500 });
  await page.getByRole("button", { name: "Mark as read" }).click();
  await expect(page.getByRole("alert").getByText("1 conversation could not be marked.")).toBeVisible();
  await expect(row.getByRole("checkbox")).toBeChecked();
  await page.getByRole("button", { name: "Mark as read" }).click();
  await expect(page.getByText("could not be marked")).toHaveCount(0);
  await expect(row.getByRole("checkbox")).not.toBeChecked();
  await expect(row.getByText(/unread/)).toHaveCount(0);
});

test("a question about an alert that is gone by now is read and answered all the same", async ({ page, sandbox, guard }) => {
  test.slow();
  guard.expectStatus(404);
  await signIn(page, "Omar Haddad", "/alerts?status=all&days=180");
  const alerts = page.getByRole("grid", { name: "Alerts" });
  await alerts.getByRole("row").nth(1).getByRole("link").first().click();
  await page.getByRole("button", { name: "More actions" }).last().click();
  await page.getByRole("menuitem", { name: "Ask Defender Experts" }).click();
  const asking = page.getByRole("dialog", { name: "Ask Defender Experts" });
  await asking.getByRole("textbox", { name: "Your question" }).fill("What set it off?");
  await asking.getByRole("button", { name: "Send question" }).click();
  await expect(asking.getByText("Your question has been sent.")).toBeVisible();
  const [asked] = await inquiries(page, sandbox);
  expect(asked.subject.kind).toBe("alert");
  await sandbox.post("faults", { host: "graph", method: "GET", pathContains: "alerts_v2", status: 404, times: 20 });
  await page.goto(`/messages/${asked.id}`);
  const log = panel(page).getByRole("log", { name: "Messages" });
  await expect(log.getByText("What set it off?")).toBeVisible();
  await sandbox.post(`conversations/${asked.id}`, { text: "A script, long gone.", progress: "concluded" });
  await expect(log.getByText("A script, long gone.")).toBeVisible({ timeout: 15_000 });
  await box(page).fill("Thank you.");
  await page.keyboard.press("Control+Enter");
  await expect(log.getByText("Thank you.")).toHaveCount(1);
  await panel(page).getByRole("link", { name: "Open alert page" }).click();
  await expect(page.getByText(/alert was not found/).first()).toBeVisible();
});

test("a conversation that is not there says so", async ({ page, guard }) => {
  guard.expectStatus(404);
  await signIn(page, "Omar Haddad", "/messages/nothing-here");
  await expect(panel(page).getByText("The conversation was not found")).toBeVisible();
});

test("a message is translated by a machine beside its original, and the experts hear a verdict", async ({ page, sandbox }) => {
  await signIn(page, "Omar Haddad", "/messages");
  const row = rows(page).filter({ hasText: "Managed response chat" }).first();
  await row.getByRole("link").first().click();
  const log = panel(page).getByRole("log", { name: "Messages" });
  const original = (await log.getByRole("paragraph").allInnerTexts()).length;
  await panel(page).getByRole("combobox", { name: "Translate messages" }).selectOption("Español");
  await expect(log.getByText("Translated by a machine; the original counts").first()).toBeVisible();
  expect((await log.getByRole("paragraph").allInnerTexts()).length).toBeGreaterThan(original);
  const up = panel(page).getByRole("button", { name: "Thumbs up" });
  await up.click();
  await expect(up).toHaveAttribute("aria-pressed", "true");
  await page.reload();
  await expect(up).toHaveAttribute("aria-pressed", "true");
  await up.click();
  await expect(up).toHaveAttribute("aria-pressed", "false");
  const { items } = await told(page, sandbox, "/chat/threads", "Omar Haddad");
  expect(items.every((one: { feedback: string | null }) => one.feedback !== "up")).toBe(true);
});

test("without an Experts API every place says so, and nothing is asked of it", async ({ page, sandbox }) => {
  const { port } = new URL(sandbox.origin("portal"));
  const config = await (await fetch(`http://127.0.0.1:${port}/config.json`)).json();
  await page.route("**/config.json", (route) => route.fulfill({ json: { ...config, expertsBaseUrl: null } }));
  await signIn(page, "Omar Haddad", "/messages");
  await expect(page.getByText("No service to talk to")).toBeVisible();
  // The keys come with the end of the top bar.
  await expect(page.getByRole("button", { name: "Search and commands" })).toBeVisible();
  await page.keyboard.press("e");
  await expect(page.getByRole("dialog", { name: "Ask Defender Experts" }).getByText(/has no Experts API/)).toBeVisible();
});
