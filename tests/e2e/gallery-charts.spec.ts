/** Charts, on the gallery: reading by pointer and keyboard, and selecting. */

import { gallery, press } from "./support/gallery";
import { expect, type Locator, test } from "./support/test";

test.use({ bundle: "gallery" });

/** A place on a chart's stage by share of its width and height, once there is a picture to point at. */
async function at(stage: Locator, x: number, y: number) {
  await stage.scrollIntoViewIfNeeded();
  await expect.poll(() => stage.getByRole("img").evaluate(painted)).toBe(true);
  const box = (await stage.boundingBox())!;
  return { x: box.x + box.width * x, y: box.y + box.height * y };
}

function painted(canvas: HTMLElement): boolean {
  const { width, height } = canvas as HTMLCanvasElement;
  const pixels = (canvas as HTMLCanvasElement).getContext("2d")!.getImageData(0, 0, width, height).data;
  return pixels.some((value) => value > 0);
}

const chart = (half: Locator, name: string) => half.getByRole("figure").filter({ has: half.page().getByText(name, { exact: true }) });

test("a pointer reads the nearest point of a line, of five thousand as of six", async ({ page }) => {
  const light = await gallery(page, "charts");
  const stage = chart(light, "Five thousand points").getByRole("application");
  for (const share of [0.2, 0.5, 0.9]) {
    const { x, y } = await at(stage, share, 0.5);
    await page.mouse.move(x, y);
    const read = Number(/Point (\d+)/.exec((await stage.innerText()).replaceAll("\n", " "))?.[1]);
    expect(read).toBeGreaterThan(5000 * (share - 0.15));
    expect(read).toBeLessThan(5000 * (share + 0.05));
  }
  await page.mouse.move(0, 0);
  await expect(stage).not.toContainText("Point");
});

test("bars are read by keyboard, and none is where there is nothing", async ({ page }) => {
  const light = await gallery(page, "charts");
  const stage = chart(light, "Side by side").getByRole("application");
  await stage.focus();
  await press(page, "End", "ArrowUp");
  await expect(stage).toContainText("Point 5");
  await press(page, "Escape");
  await expect(stage).not.toContainText("Point");
  await chart(light, "Nothing").getByRole("application").focus();
  await press(page, "ArrowRight", "Enter");
});

test("points are selected by click, Space and drawing over several", async ({ page }) => {
  const light = await gallery(page, "charts");
  const stage = chart(light, "Selection").getByRole("application");
  const first = await at(stage, 0.16, 0.6);
  await page.mouse.click(first.x, first.y);
  await expect(light.getByText("Selected: 0 1", { exact: true })).toBeVisible();
  await page.mouse.click(first.x, first.y);
  await expect(light.getByText("Selected: 1", { exact: true })).toBeVisible();
  const [from, to] = [await at(stage, 0.45, 0.6), await at(stage, 0.93, 0.6)];
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move(to.x, to.y, { steps: 4 });
  await page.mouse.up();
  await expect(light.getByText("Selected: 1 2 3 4 5", { exact: true })).toBeVisible();
  await stage.focus();
  await press(page, "Home", " ");
  await expect(light.getByText("Selected: 0 1 2 3 4 5", { exact: true })).toBeVisible();
});

test("a theme, a size and a zoom of its own: each drawing is as dense as the screen", async ({ page }) => {
  const light = await gallery(page, "charts");
  const ratio = () => light.locator("canvas").first().evaluate((canvas: HTMLCanvasElement) => canvas.width / canvas.clientWidth);
  expect(await ratio()).toBeCloseTo(1, 1);
  await page.setViewportSize({ width: 700, height: 800 });
  await expect.poll(ratio).toBeCloseTo(1, 1);
});
