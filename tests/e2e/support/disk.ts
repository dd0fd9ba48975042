/** What the portal keeps on this device: by the names and the texts that stand in its database. */

import { expect, type Frame, type Page } from "@playwright/test";

type Shelf = "drafts" | "outbox";

/** Names and texts of a shelf. A device that has never kept anything has none, and is not made to have a database. */
export function kept(place: Page | Frame, shelf: Shelf): Promise<[name: string, text: string][]> {
  return place.evaluate(async (shelf) => {
    const known = await indexedDB.databases();
    if (!known.some(({ name }) => name === "mdr-portal")) return [];
    return new Promise<[string, string][]>((resolve, reject) => {
      const opening = indexedDB.open("mdr-portal");
      opening.onerror = () => reject(opening.error);
      opening.onsuccess = () => {
        const reading = opening.result.transaction(shelf);
        const [names, texts] = [reading.objectStore(shelf).getAllKeys(), reading.objectStore(shelf).getAll()];
        reading.oncomplete = () => resolve(names.result.map((name, at) => [String(name), texts.result[at]]));
        opening.result.close();
      };
    });
  }, shelf);
}

/** Waits until words that were typed are on the disk. */
export async function onDisk(page: Page, words: string): Promise<void> {
  await expect.poll(async () => (await kept(page, "drafts")).map(([, text]) => text).join("\n")).toContain(words);
}

/** Writes `text` over everything on a shelf whose name has `part` in it. */
export function overwrite(page: Page, shelf: Shelf, part: string, text: string): Promise<void> {
  return page.evaluate(
    ([shelf, part, text]) =>
      new Promise((resolve, reject) => {
        const opening = indexedDB.open("mdr-portal");
        opening.onerror = () => reject(opening.error);
        opening.onsuccess = () => {
          const change = opening.result.transaction(shelf, "readwrite");
          const store = change.objectStore(shelf);
          const names = store.getAllKeys();
          names.onsuccess = () => {
            for (const name of names.result) if (String(name).includes(part)) store.put(text, name);
          };
          change.oncomplete = () => resolve();
          opening.result.close();
        };
      }),
    [shelf, part, text] as const,
  );
}
