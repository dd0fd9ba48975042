/** Tabs that nobody looks at go on living: a browser holds back the clocks and frames of a tab as soon as another one is in front of it. */

import type { BrowserContext, Page } from "@playwright/test";

/** A tab that is filmed counts as seen. The film is of a few dots, and stands still: none of its pictures is ever asked for. */
async function film(page: Page): Promise<void> {
  const session = await page.context().newCDPSession(page);
  await session.send("Page.startScreencast", { format: "jpeg", quality: 1, maxWidth: 16, maxHeight: 16 });
}

/** From the second tab of a context on, all its tabs are kept awake. */
export function keepAwake(context: BrowserContext): void {
  const awake = new WeakSet<Page>();
  context.on("page", () => {
    const tabs = context.pages();
    if (tabs.length < 2) return;
    for (const tab of tabs.filter((one) => !awake.has(one))) {
      awake.add(tab);
      film(tab).catch(() => "The tab has been closed.");
    }
  });
}
