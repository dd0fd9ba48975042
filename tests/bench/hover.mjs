// How long a chart of 5,000 points takes to follow the pointer: from the event to the end of the frame's script,
// in the gallery (a build with the cargo feature `gallery`).
//
//   node hover.mjs <sandbox binary> <folder of the build> [moves = 400]
//
// prints p50, p95 and the longest in milliseconds as JSON. Needs playwright-core and CHROMIUM.
import { spawn } from 'node:child_process';
import { chromium } from 'playwright-core';

const [binary, dist, moves = '400'] = process.argv.slice(2);
const sandbox = spawn(binary, ['--port', '0', '--db', ':memory:', '--incidents', '50', '--dist', dist], { stdio: ['ignore', 'pipe', 'inherit'] });
const port = await new Promise((resolve) => sandbox.stdout.on('data', (text) => {
  const found = /portal\.localhost:(\d+)/.exec(String(text));
  if (found) resolve(found[1]);
}));
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM, args: ['--no-sandbox'] });
try {
  const page = await browser.newPage();
  await page.goto(`http://portal.localhost:${port}/gallery?charts`);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('button', { name: 'Omar Haddad' }).click();
  const stage = page.getByRole('figure').filter({ hasText: 'Five thousand points' }).first().getByRole('application');
  await stage.waitFor({ timeout: 120_000 });
  const times = await stage.evaluate(async (stage, moves) => {
    const canvas = stage.querySelector('canvas');
    const { left, top, width, height } = canvas.getBoundingClientRect();
    const frame = () => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
    const times = [];
    for (let move = 0; move < moves; move += 1) {
      // Anywhere, so that no two moves read the same point.
      const at = { clientX: left + 60 + ((move * 97) % (width - 90)), clientY: top + height / 2, bubbles: true };
      await frame();
      const began = performance.now();
      canvas.dispatchEvent(new PointerEvent('pointermove', at));
      await Promise.resolve();
      await new Promise((resolve) => { const { port1, port2 } = new MessageChannel(); port1.onmessage = resolve; port2.postMessage(0); });
      times.push(performance.now() - began);
    }
    return times;
  }, Number(moves));
  times.sort((a, b) => a - b);
  const [p50, p95, max] = [0.5, 0.95, 1].map((share) => times[Math.min(times.length - 1, Math.floor(times.length * share))]);
  console.log(JSON.stringify({ moves: times.length, p50, p95, max }));
} finally {
  await browser.close();
  sandbox.kill();
}
