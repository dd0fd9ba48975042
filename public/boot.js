// Starts the portal: fetches config.json and the program side by side, then mounts it. Whatever goes
// wrong before the program runs, and whatever ends it, is said here in words, with what to do: in
// neither case can anything of the portal's own be relied on.

const script = document.querySelector("script[data-wasm]");
const host = document.querySelector("[data-portal]");
const at = (path) => new URL(path, document.baseURI).href;
const AGAIN = "Reload the page; if it happens again, tell your administrator.";

/** What is wrong and what to do. */
class Trouble extends Error {
  constructor(what, advice) {
    super(what);
    this.advice = advice;
  }
}

function element(tag, text, attributes = {}) {
  const made = document.createElement(tag);
  made.textContent = text;
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  return made;
}

function fail({ message, advice }) {
  const alert = element("div", "", { class: "boot", role: "alert" });
  alert.append(element("h1", message), element("p", advice));
  host.replaceChildren(alert);
}

async function readConfig() {
  try {
    const answer = await fetch(at("config.json"), { cache: "no-cache", signal: AbortSignal.timeout(30_000) });
    if (!answer.ok) return { problem: `The server answered ${answer.status} for it.` };
    return { config: await answer.text() };
  } catch {
    return { problem: "The file could not be fetched. Check the network and reload." };
  }
}

/** A file of the program; what came instead is told. */
async function file(path) {
  const name = path.split("/").pop();
  let answer;
  try {
    answer = await fetch(at(path));
  } catch {
    throw new Trouble(`A part of the portal could not be fetched: ${name}`, `Check your network. ${AGAIN}`);
  }
  if (!answer.ok) {
    throw new Trouble(`A part of the portal is missing on the server: ${name} (${answer.status})`, `A newer version may just have taken its place. ${AGAIN}`);
  }
  if (answer.headers.get("content-type")?.startsWith("text/html")) {
    throw new Trouble(`A web page came in place of a part of the portal: ${name}`, `The file is missing on the server, or a proxy of your network answered instead. ${AGAIN}`);
  }
  return answer;
}

async function program() {
  if (typeof WebAssembly !== "object") {
    throw new Trouble("This browser cannot run the portal", "It needs WebAssembly, which is turned off or missing here. Use a current browser, or ask your administrator to allow it.");
  }
  const code = import(at(script.dataset.js)).catch(async (error) => {
    console.error(error);
    await file(script.dataset.js);
    throw new Trouble("This browser cannot run the portal", `It refused a part of it. Use a current browser. ${AGAIN}`);
  });
  const [portal, wasm] = await Promise.all([code, file(script.dataset.wasm)]);
  try {
    await portal.default({ module_or_path: wasm });
  } catch (error) {
    console.error(error);
    if (/unsafe-eval|Content.Security.Policy/i.test(error.message)) {
      throw new Trouble("This server does not let the browser run the portal", "Its Content-Security-Policy forbids WebAssembly. An administrator can allow it with script-src 'self' 'wasm-unsafe-eval'.");
    }
    throw new Trouble("A part of the portal arrived damaged", `It was cut off or changed on its way, or this browser is too old for it. ${AGAIN}`);
  }
  return portal;
}

/** Says over everything that the portal has stopped, and gives a report without anything personal. */
function stop(message) {
  if (document.querySelector(".mdr-panic")) return;
  const report = [
    `Portal: ${script.dataset.wasm}`,
    `Page: ${location.pathname}`,
    `Time: ${new Date().toISOString()}`,
    `Browser: ${navigator.userAgent}`,
    `Error: ${String(message).slice(0, 2_000)}`,
  ].join("\n");
  const panel = element("dialog", "", { class: "mdr mdr-panic", role: "alertdialog", "aria-label": "The portal has stopped" });
  panel.dataset.theme = host.querySelector(".mdr")?.dataset.theme ?? "";
  const reload = element("button", "Reload the page", { class: "btn primary", type: "button" });
  const copy = element("button", "Copy report", { class: "btn", type: "button" });
  const said = element("span", "", { role: "status" });
  const text = element("pre", report, { tabindex: "0" });
  reload.addEventListener("click", () => location.reload());
  copy.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(report);
      said.textContent = "Copied";
    } catch {
      getSelection().selectAllChildren(text);
      said.textContent = "The browser refused to copy. The report is selected: copy it by keyboard.";
    }
  });
  const buttons = element("p", "", { class: "cluster" });
  buttons.append(reload, copy, said);
  panel.append(
    element("h1", "The portal has stopped"),
    element("p", "An error in the portal ended it. Nothing was sent because of it. Reload the page; if it happens again, send the report below to your administrator."),
    buttons,
    text,
  );
  // There is nothing behind it to go back to.
  panel.addEventListener("cancel", (event) => event.preventDefault());
  panel.addEventListener("close", () => panel.showModal());
  document.body.append(panel);
  panel.showModal();
  reload.focus();
}

/** Whether an error has left the program in pieces: a trap, or a stack that ran over inside it. */
function ended(error) {
  if (typeof WebAssembly !== "object") return false;
  return error instanceof WebAssembly.RuntimeError || (error instanceof RangeError && /wasm/.test(error.stack));
}

addEventListener("mdr-portal-panic", ({ detail }) => stop(detail));
addEventListener("error", ({ error }) => ended(error) && stop(error));
addEventListener("unhandledrejection", ({ reason }) => ended(reason) && stop(reason));

const options = readConfig();
try {
  const portal = await program();
  portal.mount(host, await options);
} catch (error) {
  if (!(error instanceof Trouble)) throw error;
  fail(error);
}
