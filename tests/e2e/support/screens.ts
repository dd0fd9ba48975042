import type { Page } from "@playwright/test";
import path from "node:path";

const folder = path.join(process.env.E2E_OUTPUT ?? path.join(__dirname, "../../../target/e2e"), "../screens");
const SIZES = [
  { width: 1440, height: 900 },
  { width: 390, height: 844 },
];

/** Pictures of the page as it stands: wide and narrow, light and dark, in target/screens. */
export async function screenshots(page: Page, name: string): Promise<void> {
  for (const size of SIZES) {
    for (const colorScheme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize(size);
      await page.setViewportSize({ ...size, height: size.height + (await hiddenHeight(page)) });
      const file = `${name}-${size.width}-${colorScheme}.png`;
      await page.screenshot({ path: path.join(folder, file), fullPage: true, animations: "disabled" });
    }
  }
}

/** How much of the page is scrolled out of sight: the page scrolls inside the shell, which no full-page picture follows. */
async function hiddenHeight(page: Page): Promise<number> {
  return page.getByRole("main").evaluate((main) => {
    let hidden = 0;
    for (let box: Element | null = main; box; box = box.parentElement) {
      hidden = Math.max(hidden, box.scrollHeight - box.clientHeight);
    }
    return hidden;
  });
}
