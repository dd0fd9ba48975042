/** The gallery as a whole: what holds for every component in every state. */

import { gallery, MARKER } from "./support/gallery";
import { expect, test } from "./support/test";

test.use({ bundle: "gallery" });

test("the build for these specs has the gallery, by the mark that no other may have", async ({ page, sandbox }) => {
  await gallery(page, "buttons");
  const programs = (await sandbox.files()).filter((name) => name.endsWith(".wasm"));
  const marked = await Promise.all(programs.map(async (name) => (await sandbox.file(name)).includes(MARKER)));
  expect(marked).toContain(true);
});
