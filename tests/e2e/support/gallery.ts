/** The gallery: one section of it, and the half that shows it in one theme. */

import type { Locator, Page } from "@playwright/test";
import { expect, signIn, test } from "./test";

/** Stands in the gallery's own code, and so in no bundle that is deployed. */
export const MARKER = "Every component in every state, in both themes.";

/** Opens a section, or all of them, and returns its light half. */
export async function gallery(page: Page, section = ""): Promise<Locator> {
  // The build is not optimised, and shows everything twice.
  test.slow();
  await signIn(page, "Omar Haddad", `/gallery?${section}`);
  await expect(page.getByRole("heading", { level: 1, name: "Components" })).toBeVisible();
  return half(page, "Light");
}

export const half = (page: Page, theme: "Light" | "Dark") => page.getByRole("region", { name: theme, exact: true });

export async function press(page: Page, ...keys: string[]): Promise<void> {
  for (const key of keys) await page.keyboard.press(key);
}
