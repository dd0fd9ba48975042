import { expect, test } from "./support/test";

test("below another path every link, redirect and reload keeps it", async ({ page, sandbox }) => {
  // An answer made up by the test comes from nowhere, and must be allowed to ask this machine.
  await page.context().grantPermissions(["local-network-access"]);
  // The same bundle as a web server would hold it below /soc/: its page names the base.
  await page.route("**/soc/**", async (route) => {
    const asked = new URL(route.request().url());
    const file = asked.pathname.replace(/^\/soc/, "");
    const answer = await route.fetch({ url: `http://127.0.0.1:${asked.port}${file}`, headers: { host: asked.host } });
    const html = answer.headers()["content-type"]?.startsWith("text/html");
    if (!html) return route.fulfill({ response: answer });
    const text = await answer.text();
    return route.fulfill({ response: answer, body: text.replace(/((?:href|src|data-js|data-wasm)=")\//g, "$1/soc/") });
  });
  await page.goto(`${sandbox.origin("portal")}/soc/incidents?status=awaitingAction&range=all`);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.getByRole("button", { name: "Omar Haddad" }).click();
  await expect(page).toHaveURL(/\/soc\/incidents\?status=awaitingAction&range=all$/);
  await page.getByRole("grid").getByRole("link").first().click();
  await expect(page).toHaveURL(/\/soc\/incidents\/\d+$/);
  await page.getByRole("link", { name: "Home" }).click();
  await expect(page).toHaveURL(/\/soc\/$/);
  await expect(page.getByRole("heading", { level: 1, name: "Home" })).toBeVisible();
  await page.reload();
  await expect(page.getByRole("heading", { level: 1, name: "Home" })).toBeVisible();
});
