/** Pictures of the gallery, taken when asked for: `playwright test --grep @screens`. */

import path from "node:path";
import { gallery } from "./support/gallery";
import { test } from "./support/test";

test.use({ bundle: "gallery" });

const folder = path.join(process.env.E2E_OUTPUT ?? path.join(__dirname, "../../target/e2e"), "../screens");
const SECTIONS = (process.env.SECTIONS ?? "buttons,menus,typing,combobox,tags,choices,dates,steps,badges,grid,overlays,messages,waiting,hostile").split(",");

for (const section of SECTIONS) {
  test(`gallery ${section} @screens`, async ({ page }) => {
    for (const [name, width, forcedColors] of [["wide", 1440, "none"], ["narrow", 390, "none"], ["forced", 1440, "active"]] as const) {
      await page.setViewportSize({ width, height: 900 });
      await page.emulateMedia({ forcedColors });
      if (name === "wide") await gallery(page, section);
      const hidden = await page.getByRole("main").evaluate((main) => {
        let most = 0;
        for (let box: Element | null = main; box; box = box.parentElement) most = Math.max(most, box.scrollHeight - box.clientHeight);
        return most;
      });
      await page.setViewportSize({ width, height: Math.min(900 + hidden, 4000) });
      await page.screenshot({ path: path.join(folder, `gallery-${section}-${name}.png`), animations: "disabled" });
    }
  });
}
