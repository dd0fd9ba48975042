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
    await page.setViewportSize(size);
    for (const colorScheme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme });
      const file = `${name}-${size.width}-${colorScheme}.png`;
      await page.screenshot({ path: path.join(folder, file), fullPage: true, animations: "disabled" });
    }
  }
}
