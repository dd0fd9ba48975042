// Starts the portal: fetches config.json and the program side by side, then mounts it. Whatever
// goes wrong before the program runs is said here, in words, with what to do.

const script = document.querySelector("script[data-wasm]");
const host = document.querySelector("[data-portal]");
const at = (path) => new URL(path, document.baseURI).href;

function fail(what, advice) {
  const alert = document.createElement("div");
  alert.className = "boot";
  alert.setAttribute("role", "alert");
  const heading = document.createElement("h1");
  heading.textContent = what;
  const paragraph = document.createElement("p");
  paragraph.textContent = advice;
  alert.append(heading, paragraph);
  host.replaceChildren(alert);
}

async function readConfig() {
  try {
    const answer = await fetch(at("config.json"), { cache: "no-cache" });
    if (!answer.ok) return { problem: `The server answered ${answer.status} for it.` };
    return { config: await answer.text() };
  } catch {
    return { problem: "The file could not be fetched. Check the network and reload." };
  }
}

async function start() {
  if (typeof WebAssembly !== "object") {
    fail("This browser cannot run the portal", "It needs WebAssembly, which is turned off or missing here. Use a current browser, or ask your administrator to allow it.");
    return;
  }
  const options = readConfig();
  let portal;
  try {
    portal = await import(at(script.dataset.js));
    await portal.default({ module_or_path: at(script.dataset.wasm) });
  } catch (error) {
    console.error(error);
    fail("The portal could not be loaded", "A part of it did not arrive or was refused by the browser. Reload the page; if it happens again, tell your administrator.");
    return;
  }
  portal.mount(host, await options);
}

start();
