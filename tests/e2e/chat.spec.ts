import { kept, onDisk } from "./support/disk";
import { box, messages, told } from "./support/talk";
import { expect, type Page, signIn, test } from "./support/test";

test.use({ cleanTenant: true });

const flyout = (page: Page) => page.getByRole("dialog", { name: "Managed response" });
const log = (page: Page) => page.getByRole("log", { name: "Messages" });
const chatOf = (id: string) => `/incidents/${id}?panel=managed-response&part=chat`;

async function write(page: Page, words: string): Promise<void> {
  await box(page).fill(words);
  await page.getByRole("button", { name: "Send", exact: true }).click();
}

async function threadOf(page: Page, sandbox: any, incident: string): Promise<string> {
  const { items } = await told(page, sandbox, `/chat/threads?incidentId=${incident}`);
  return `/chat/threads/${items[0].id}`;
}

/** How many records of a kind wait on this device. */
const records = async (page: Page, kind: string) => (await kept(page, "outbox")).filter(([name]) => name.includes(kind)).length;

const saying = (content: string) => ({ body: { contentType: "text", content } });

/** Ada posts something to the Experts API from somewhere else. */
async function asAda(page: Page, sandbox: any, path: string, body: unknown): Promise<any> {
  const { access_token } = await sandbox.post("tokens", { person: "Ada Lindqvist", resource: "experts" });
  return page.evaluate(
    async ([url, token, body]) => {
      const headers = { authorization: `Bearer ${token}`, "content-type": "application/json", "idempotency-key": crypto.randomUUID() };
      return (await fetch(url!, { method: "POST", headers, body: body! })).json();
    },
    [`${sandbox.origin("experts")}/v1${path}`, access_token, JSON.stringify(body)],
  );
}

test("a chat that a colleague opens appears in a tab where nobody had written yet", async ({ page, sandbox }) => {
  const { ransomware } = await sandbox.get("showcase");
  const stream = page.waitForRequest(/\/events\?topics=/);
  await signIn(page, "Omar Haddad", chatOf(ransomware.id));
  await expect(flyout(page).getByText("Nobody has written yet.", { exact: false })).toBeVisible();
  await stream;
  const { id } = await asAda(page, sandbox, "/chat/threads", { incidentId: ransomware.id });
  await asAda(page, sandbox, `/chat/threads/${id}/messages`, saying("Is anybody looking at this?"));
  await expect(log(page).getByText("Is anybody looking at this?")).toBeVisible({ timeout: 15_000 });
  await expect(box(page)).toBeVisible();
});

test("an answer that could not be read when it was heard of is read a moment later", async ({ page, sandbox, guard }) => {
  guard.expectStatus(502);
  const { ransomware } = await sandbox.get("showcase");
  const stream = page.waitForRequest(/\/events\?topics=/);
  await signIn(page, "Omar Haddad", chatOf(ransomware.id));
  await write(page, "Is the backup safe to start?");
  await expect(log(page).getByText("Is the backup safe to start?")).toBeVisible();
  await stream;
  const thread = await threadOf(page, sandbox, ransomware.id);
  const own = log(page).getByRole("listitem").filter({ hasText: "Is the backup safe" });
  await expect(own.getByText(/Delivered|Read/)).toBeVisible({ timeout: 20_000 });
  await sandbox.post("faults", { host: "experts", method: "GET", pathContains: `${thread}/messages`, status: 502 });
  await sandbox.post(`conversations/${thread.split("/").pop()}`, { text: "Yes, it is." });
  await expect(log(page).getByText("Yes, it is.")).toBeVisible({ timeout: 20_000 });
});

test("the first message opens the chat, the experts answer, and both see each other once", async ({ page, sandbox }) => {
  const { ransomware } = await sandbox.get("showcase");
  await signIn(page, "Omar Haddad", `/incidents/${ransomware.id}?panel=managed-response`);
  await flyout(page).getByRole("tab", { name: "Chat" }).click();
  await expect(page).toHaveURL(/part=chat/);
  await write(page, "Is the backup safe to start?");
  await expect(log(page).getByText("Is the backup safe to start?")).toBeVisible();
  await expect(box(page)).toHaveValue("");
  const thread = await threadOf(page, sandbox, ransomware.id);
  const id = thread.split("/").pop()!;
  await sandbox.post(`conversations/${id}`, { text: "Yes, it **is**." });
  await sandbox.post(`conversations/${id}`, { text: "I summed this up.", author: "assistant" });
  const answer = log(page).getByRole("listitem").filter({ hasText: "Yes, it is." });
  await expect(answer.getByText("Expert", { exact: true })).toBeVisible({ timeout: 15_000 });
  const robot = log(page).getByRole("listitem").filter({ hasText: "I summed this up." });
  await expect(robot.getByText("Virtual assistant", { exact: true })).toBeVisible();
  const own = log(page).getByRole("listitem").filter({ hasText: "Is the backup safe" });
  await expect(own.getByText("You", { exact: true })).toBeVisible();
  await page.reload();
  await expect(own).toHaveCount(1);
  await expect(own.getByText(/Delivered|Read/)).toBeVisible({ timeout: 20_000 });
});

test("what is typed while the first message opens the chat stays in its box, and so does the focus", async ({ page, sandbox }) => {
  const { ransomware } = await sandbox.get("showcase");
  await sandbox.post("faults", { host: "experts", method: "POST", pathContains: "/chat/threads", delayMs: 1_000 });
  await signIn(page, "Omar Haddad", chatOf(ransomware.id));
  await box(page).fill("First");
  await box(page).press("Control+Enter");
  await expect(box(page)).toHaveValue("");
  for (let at = 1; (await log(page).getByText("First", { exact: true }).count()) === 0; at += 1) {
    await page.keyboard.type(`${at} `);
    const typed = Array.from({ length: at }, (_, before) => `${before + 1} `).join("");
    await expect(box(page)).toHaveValue(typed);
  }
  await expect(box(page)).toBeFocused();
  await expect(box(page)).toHaveValue(/^1 2 /);
});

test("where the sign-in ends as the first message opens the chat, the box stays with what is typed", async ({ page, sandbox, guard }) => {
  guard.expectStatus(400, 401);
  const { ransomware } = await sandbox.get("showcase");
  await signIn(page, "Omar Haddad", chatOf(ransomware.id));
  await expect(box(page)).toBeVisible();
  await sandbox.post("faults", { host: "experts", method: "GET", pathContains: "/messages", status: 401, times: 20 });
  await box(page).fill("First");
  await box(page).press("Control+Enter");
  await box(page).fill("And another thing");
  await expect(flyout(page).getByText(/sign-in has ended|The conversation could not be loaded/).first()).toBeVisible();
  await expect(box(page)).toHaveValue("And another thing");
});

test("before anything is published it says why there is no chat, and offers to ask", async ({ page, sandbox, guard }) => {
  // Nothing published is what the service says by it.
  guard.expectStatus(404);
  const { falsePositive, benign, ...others } = await sandbox.get("showcase");
  const quiet: any = falsePositive ?? benign ?? Object.values(others).find((one: any) => Object.keys(one.tasks).length === 0);
  await signIn(page, "Omar Haddad", chatOf(quiet.id));
  await expect(flyout(page).getByText("No chat yet")).toBeVisible();
  await flyout(page).getByRole("button", { name: "Ask Defender Experts" }).click();
  await expect(page.getByRole("dialog", { name: "Ask Defender Experts" })).toBeVisible();
});

test("offline a message waits in its place, can be taken back, and goes once there is a connection", async ({ page, context, sandbox, guard }) => {
  guard.expectLostConnection();
  const { ransomware } = await sandbox.get("showcase");
  await signIn(page, "Omar Haddad", chatOf(ransomware.id));
  await write(page, "First");
  await expect(log(page).getByText("First")).toBeVisible();
  await context.setOffline(true);
  await write(page, "Second");
  await write(page, "Third, never mind");
  const waiting = page.getByRole("list", { name: "Not yet with the service" }).getByRole("listitem");
  await expect(waiting).toHaveCount(2);
  const third = waiting.filter({ hasText: "Third" });
  await third.getByRole("button", { name: "Withdraw" }).click();
  await expect(waiting).toHaveCount(1);
  await page.waitForFunction(() => true);
  await context.setOffline(false);
  await expect(log(page).getByText("Second")).toBeVisible({ timeout: 20_000 });
  const thread = await threadOf(page, sandbox, ransomware.id);
  const said = (await messages(page, sandbox, thread)).filter((one) => one.author.kind === "customer");
  expect(said.map((one) => one.body.content)).toEqual(["First", "Second"]);
});

test("what is taken back while the message before it is on its way is not sent", async ({ page, sandbox }) => {
  test.slow();
  const { ransomware } = await sandbox.get("showcase");
  await signIn(page, "Omar Haddad", chatOf(ransomware.id));
  await write(page, "First");
  await expect(log(page).getByText("First")).toBeVisible();
  const waiting = page.getByRole("list", { name: "Not yet with the service" }).getByRole("listitem");
  for (const [slow, words, button, left] of [
    ["Slow", "Never mind", "Withdraw", ""],
    ["Slow again", "To be put better", "Edit", "To be put better"],
  ] as const) {
    await sandbox.post("faults", { host: "experts", method: "POST", pathContains: "/messages", delayMs: 6_000 });
    await write(page, slow);
    await write(page, words);
    const second = waiting.filter({ hasText: words });
    await second.getByRole("button", { name: button }).click();
    await expect(second.getByText("It is done once the message before it is through.")).toBeVisible();
    await expect(log(page).getByText(slow, { exact: true })).toBeVisible({ timeout: 20_000 });
    await expect(waiting).toHaveCount(0);
    await expect(box(page)).toHaveValue(left);
  }
  await box(page).fill("");
  await write(page, "Last");
  await expect(log(page).getByText("Last", { exact: true })).toBeVisible();
  const said = await messages(page, sandbox, await threadOf(page, sandbox, ransomware.id));
  const own = said.filter((one) => one.author.kind === "customer").map((one) => one.body.content);
  expect(own).toEqual(["First", "Slow", "Slow again", "Last"]);
});

test("what is taken back before it could be is not sent by the page that comes after, either", async ({ page, sandbox }) => {
  test.slow();
  const { ransomware } = await sandbox.get("showcase");
  await signIn(page, "Omar Haddad", chatOf(ransomware.id));
  await write(page, "First");
  await expect(log(page).getByText("First")).toBeVisible();
  await sandbox.post("faults", { host: "experts", method: "POST", pathContains: "/messages", delayMs: 8_000 });
  await write(page, "Slow");
  const waiting = page.getByRole("list", { name: "Not yet with the service" }).getByRole("listitem");
  for (const [words, button] of [["Never mind", "Withdraw"], ["To be put better", "Edit"]] as const) {
    await write(page, words);
    const one = waiting.filter({ hasText: words });
    await one.getByRole("button", { name: button }).click();
    await expect(one.getByText("It is done once the message before it is through.")).toBeVisible();
  }
  await expect.poll(() => records(page, "letter-withdrawn")).toBe(2);
  await page.reload();
  await expect(log(page).getByText("Slow", { exact: true })).toBeVisible({ timeout: 20_000 });
  await expect(waiting).toHaveCount(0);
  await expect(box(page)).toHaveValue("To be put better");
  const said = await messages(page, sandbox, await threadOf(page, sandbox, ransomware.id));
  const own = said.filter((one) => one.author.kind === "customer").map((one) => one.body.content);
  expect(own).toEqual(["First", "Slow"]);
  expect(await records(page, "letter-withdrawn")).toBe(0);
});

test("what waits stands in the outbox with its file, is asked about at sign-out, and goes once there is a connection", async ({ page, context, sandbox, guard }) => {
  test.slow();
  guard.expectLostConnection();
  const { ransomware } = await sandbox.get("showcase");
  await signIn(page, "Omar Haddad", chatOf(ransomware.id));
  await write(page, "Here it comes");
  await expect(log(page).getByText("Here it comes")).toBeVisible();
  await context.setOffline(true);
  await page.getByLabel("Attach files").setInputFiles([{ name: "process.log", mimeType: "text/plain", buffer: Buffer.from("a log") }]);
  await expect(page.getByRole("list", { name: "Attached files" }).getByText("process.log", { exact: true })).toBeVisible();
  await write(page, "With a file");
  const waiting = page.getByRole("list", { name: "Not yet with the service" }).getByRole("listitem");
  await expect(waiting).toContainText("With a file");
  await expect(waiting).toContainText("process.log");
  await page.keyboard.press("Escape");
  const unsent = page.getByRole("banner").getByRole("button", { name: "1 message not sent yet" });
  await unsent.click();
  const outbox = page.getByRole("dialog", { name: "Outbox" });
  const entry = outbox.getByRole("list", { name: "Outbox" }).getByRole("listitem");
  await expect(entry).toHaveCount(1);
  await expect(entry).toContainText(/^Message in “/);
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Omar Haddad" }).click();
  await page.getByRole("menuitem", { name: "Sign out" }).click();
  const question = page.getByRole("dialog", { name: "Sign out now?" });
  await expect(question.getByRole("listitem").filter({ hasText: /^Message in “/ })).toBeVisible();
  await question.getByRole("button", { name: "Cancel" }).click();
  await context.setOffline(false);
  await expect(unsent).toHaveCount(0, { timeout: 30_000 });
  const said = await messages(page, sandbox, await threadOf(page, sandbox, ransomware.id));
  const own = said.filter((one) => one.author.kind === "customer");
  expect(own.map((one) => one.body.content)).toEqual(["Here it comes", "With a file"]);
  expect(own[1]!.attachments.map((file) => file.name)).toEqual(["process.log"]);
});

test("what is withdrawn in the outbox stands in its box again, with its file, and a look at the actions drops neither", async ({ page, context, sandbox, guard }) => {
  guard.expectLostConnection();
  const { ransomware } = await sandbox.get("showcase");
  await signIn(page, "Omar Haddad", chatOf(ransomware.id));
  await write(page, "Here it comes");
  await expect(log(page).getByText("Here it comes")).toBeVisible();
  await context.setOffline(true);
  await page.getByLabel("Attach files").setInputFiles([{ name: "process.log", mimeType: "text/plain", buffer: Buffer.from("a log") }]);
  const file = page.getByRole("list", { name: "Attached files" }).getByText("process.log", { exact: true });
  await expect(file).toBeVisible();
  await flyout(page).getByRole("tab", { name: "Summary and actions" }).click();
  await expect(box(page)).toHaveCount(0);
  await flyout(page).getByRole("tab", { name: "Chat" }).click();
  await expect(file).toBeVisible();
  await write(page, "With a file");
  await expect(page.getByRole("list", { name: "Not yet with the service" }).getByRole("listitem")).toContainText("With a file");
  await page.keyboard.press("Escape");
  await page.getByRole("banner").getByRole("button", { name: "1 message not sent yet" }).click();
  const outbox = page.getByRole("dialog", { name: "Outbox" });
  await expect(outbox.getByRole("listitem")).toContainText("With a file");
  await outbox.getByRole("button", { name: "Withdraw" }).click();
  await expect(outbox.getByText("Nothing is left: everything has been sent and settled.")).toBeVisible();
  await page.keyboard.press("Escape");
  await context.setOffline(false);
  await page.getByRole("button", { name: "View managed response" }).click();
  await flyout(page).getByRole("tab", { name: "Chat" }).click();
  await expect(box(page)).toHaveValue("With a file");
  await expect(file).toBeVisible();
  const said = await messages(page, sandbox, await threadOf(page, sandbox, ransomware.id));
  expect(said.filter((one) => one.author.kind === "customer").map((one) => one.body.content)).toEqual(["Here it comes"]);
});

test("what is over the limit is not sent and says so, and a draft survives a reload", async ({ page, sandbox }) => {
  const { ransomware } = await sandbox.get("showcase");
  await signIn(page, "Omar Haddad", chatOf(ransomware.id));
  await box(page).fill("x".repeat(8_001));
  const send = page.getByRole("button", { name: "Send", exact: true });
  await expect(send).toHaveAttribute("aria-disabled", "true");
  await box(page).fill("half a thought");
  await onDisk(page, "half a thought");
  await page.reload();
  await expect(box(page)).toHaveValue("half a thought");
});

test("an action is quoted, files go along and come back", async ({ page, sandbox }) => {
  const { ransomware } = await sandbox.get("showcase");
  await signIn(page, "Omar Haddad", chatOf(ransomware.id));
  await page.getByRole("button", { name: "Quote" }).click();
  await expect(page.getByRole("menuitem", { name: /^Evidence|^File|^Process|^IP/ }).first()).toBeVisible();
  await page.getByRole("menuitem", { name: /^Action: Isolate device/ }).click();
  await expect(box(page)).toHaveValue(/^> Action: Isolate device/);
  const content = "a <b>log</b>\nof two lines";
  const file = { name: "process.log", mimeType: "text/plain", buffer: Buffer.from(content) };
  await page.getByLabel("Attach files").setInputFiles([file]);
  await page.getByRole("button", { name: "Send", exact: true }).click();
  const own = log(page).getByRole("listitem").filter({ hasText: "Action: Isolate device" });
  await expect(own.getByText("process.log", { exact: true })).toBeVisible();
  const download = page.waitForEvent("download");
  await own.getByRole("button", { name: /^Download/ }).click();
  const stream = await (await download).createReadStream();
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  expect(Buffer.concat(chunks).toString()).toBe(content);
});

test("two tabs show the same, and a reader is told who can write", async ({ page, context, sandbox }) => {
  const { ransomware } = await sandbox.get("showcase");
  await signIn(page, "Omar Haddad", chatOf(ransomware.id));
  await write(page, "From the first tab");
  await expect(log(page).getByText("From the first tab")).toBeVisible();
  const second = await context.newPage();
  await second.goto(chatOf(ransomware.id));
  await expect(log(second).getByText("From the first tab")).toHaveCount(1, { timeout: 20_000 });
  await write(second, "From the second tab");
  await expect(log(second).getByText("From the second tab")).toBeVisible();
  await page.bringToFront();
  await expect(log(page).getByText("From the second tab")).toHaveCount(1, { timeout: 20_000 });
});

test("who may only read finds the box with the reason beside it", async ({ page, sandbox }) => {
  const { ransomware } = await sandbox.get("showcase");
  await signIn(page, "Rhea Novak", chatOf(ransomware.id));
  await box(page).fill("May I?");
  await expect(page.getByRole("button", { name: "Send", exact: true })).toHaveAttribute("aria-disabled", "true");
  await expect(flyout(page).getByText(/Security Operator or higher/).first()).toBeVisible();
});

test("a colleague's words, an expert's and a machine's are told apart by word", async ({ page, sandbox }) => {
  const { ransomware } = await sandbox.get("showcase");
  await signIn(page, "Omar Haddad", chatOf(ransomware.id));
  await write(page, "Mine");
  await expect(log(page).getByText("Mine")).toBeVisible();
  const thread = await threadOf(page, sandbox, ransomware.id);
  const id = thread.split("/").pop()!;
  for (const [text, author] of [["Of an expert", "expert"], ["Of a machine", "assistant"], ["Of the service", "system"]]) {
    await sandbox.post(`conversations/${id}`, { text, author });
  }
  await asAda(page, sandbox, `${thread}/messages`, saying("Of a colleague"));
  await page.reload();
  for (const [words, role] of [["Mine", "You"], ["Of an expert", "Expert"], ["Of a machine", "Virtual assistant"], ["Of the service", "Service"], ["Of a colleague", "Colleague"]] as const) {
    const message = log(page).getByRole("listitem").filter({ hasText: words });
    await expect(message.getByText(role, { exact: true })).toBeVisible({ timeout: 15_000 });
  }
});

test("where no stream is let through, answers come all the same, each once", async ({ page, sandbox, guard }) => {
  guard.expectStatus(503);
  guard.expectLostConnection();
  const { ransomware } = await sandbox.get("showcase");
  const refused: string[] = [];
  await page.route(/\/events\?topics=/, async (route) => {
    refused.push(route.request().url());
    await route.abort();
  });
  await signIn(page, "Omar Haddad", chatOf(ransomware.id));
  await write(page, "Does it come through?");
  await expect(log(page).getByText("Does it come through?")).toBeVisible();
  const thread = await threadOf(page, sandbox, ransomware.id);
  for (const text of ["The first answer", "The second answer"]) {
    await sandbox.post(`conversations/${thread.split("/").pop()}`, { text });
    await expect(log(page).getByText(text)).toHaveCount(1, { timeout: 30_000 });
  }
  expect(refused.length).toBeGreaterThan(0);
});

test.describe("a clock that is wrong", () => {
  const HOURS = 5 * 60 * 60_000;
  for (const [way, ahead] of [
    ["fast", HOURS],
    ["slow", -HOURS],
  ] as const) {
    test(`by hours and ${way} neither turns the order round nor puts an answer into the future`, async ({ page, sandbox }) => {
      test.slow();
      await page.clock.install({ time: Date.now() + ahead });
      const { ransomware } = await sandbox.get("showcase");
      await signIn(page, "Omar Haddad", chatOf(ransomware.id));
      await write(page, "Asked first");
      await expect(log(page).getByText("Asked first")).toBeVisible();
      const thread = await threadOf(page, sandbox, ransomware.id);
      const id = thread.split("/").pop()!;
      await sandbox.post(`conversations/${id}`, { text: "Answered second" });
      await expect(log(page).getByText("Answered second")).toBeVisible({ timeout: 15_000 });
      await write(page, "Said third");
      await expect(log(page).getByText("Said third")).toBeVisible();
      const said = await log(page).getByRole("listitem").allInnerTexts();
      const places = ["Asked first", "Answered second", "Said third"].map((words) => said.findIndex((text) => text.includes(words)));
      expect(places).toEqual(places.toSorted((one, other) => one - other));
      expect(said.join()).not.toMatch(/\bin \d+ (min|h|days?)\b/);
      await page.goto("/messages");
      await expect(page.getByRole("row").filter({ has: page.getByRole("checkbox") }).first()).toBeVisible();
      await expect(page.getByRole("main")).not.toContainText(/\bin \d+ (min|h|days?)\b/);
    });
  }
});
