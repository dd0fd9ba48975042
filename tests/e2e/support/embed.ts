import type { Page } from "@playwright/test";
import type { Sandbox } from "./sandbox";

/** A page that mounts the portal itself, behind a proxy that adds the credential, late where asked. */
export async function embed(page: Page, sandbox: Sandbox, late = () => 0) {
  const token = async (resource: string) => (await sandbox.post("tokens", { person: "Omar Haddad", resource })).access_token;
  const bearers = { graph: await token("graph"), beta: await token("tasks"), v1: await token("experts") };
  const hosts = { graph: "graph", beta: "experts", v1: "experts" } as const;
  const requests = { begun: 0, waiting: 0 };
  await page.route(/\/api\/(graph|beta|v1)\//, async (route) => {
    const [, part, rest] = /\/api\/(graph|beta|v1)\/(.*)$/.exec(route.request().url())!;
    const api = part as keyof typeof hosts;
    requests.begun += 1;
    requests.waiting += 1;
    await new Promise((resolve) => setTimeout(resolve, late()));
    const url = `${sandbox.origin(hosts[api])}/${api === "graph" ? "v1.0" : api}/${rest}`;
    await route.continue({ url, headers: { ...route.request().headers(), authorization: `Bearer ${bearers[api]}` } });
    requests.waiting -= 1;
  });
  // A document of the sandbox's own, as the browser lets no made-up one reach this machine.
  await page.route("**/boot.js", (route) => route.fulfill({ contentType: "text/javascript", body: "" }));
  await page.goto("/");
  const files = await page.evaluate(() => ({ ...document.querySelector<HTMLElement>("script[data-wasm]")!.dataset }));
  await page.evaluate(async ({ js, wasm }) => {
    const portal = await import(js!);
    await portal.default({ module_or_path: wasm });
    Object.assign(window, { portal });
  }, files);
  const config = JSON.stringify({
    graphBaseUrl: "/api/graph",
    tasksBaseUrl: "/api/beta",
    expertsBaseUrl: "/api/v1",
    auth: { kind: "none" },
  });
  return {
    requests,
    mount: () => page.evaluate((config) => (window as any).portal.mount(document.querySelector("[data-portal]"), { config }), config),
    unmount: () => page.evaluate(() => (window as any).portal.unmount()),
  };
}
