/** What axe finds on a page, in the words of a failed test. */

import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";

const RULES = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"];

/**
 * One line for each rule that is broken, with the elements that break it. A page without frames is looked at in itself: axe's
 * other way goes through a second page for every look. Nobody reads what passed, so it is not listed. Both together are four
 * fifths of the time a look takes, and every test ends with one.
 */
export async function axeFindings(page: Page): Promise<string[]> {
  const axe = new AxeBuilder({ page }).options({ resultTypes: ["violations"] }).withTags(RULES);
  const { violations } = await axe.setLegacyMode(page.frames().length === 1).analyze();
  return violations.map(({ id, help, nodes }) => {
    const places = nodes.map((node) => node.html.slice(0, 200));
    return [`axe ${id}: ${help}`, ...places].join("\n    ");
  });
}
