/** What is deployed has no gallery. */

import { MARKER } from "./support/gallery";
import { expect, signIn, test } from "./support/test";

test("the bundle has no gallery: its address leads nowhere, and none of its code is there", async ({ page, sandbox }) => {
  await signIn(page, "Omar Haddad", "/gallery");
  await expect(page.getByRole("heading", { name: "Page not found" })).toBeVisible();
  const programs = (await sandbox.files()).filter((name) => name.endsWith(".wasm"));
  expect(programs.length).toBeGreaterThan(0);
  for (const name of programs) expect((await sandbox.file(name)).includes(MARKER), name).toBe(false);
});
