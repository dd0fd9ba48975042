// How long a search among 5,000 device groups takes to be painted once the service has answered: for each
// letter that is written, from the end of the answer to the end of the frame that shows it.
//
//   node groups.mjs <sandbox binary> <folder of the build> [rounds = 10]
//
// prints p50, p95 and the longest in milliseconds as JSON. Needs playwright-core and CHROMIUM.
import { spawn } from 'node:child_process';
import { chromium } from 'playwright-core';

const [binary, dist, rounds = '10'] = process.argv.slice(2);
const sandbox = spawn(binary, ['--port', '0', '--db', ':memory:', '--incidents', '50', '--dist', dist], { stdio: ['ignore', 'pipe', 'inherit'] });
const port = await new Promise((resolve) => sandbox.stdout.on('data', (text) => {
  const found = /portal\.localhost:(\d+)/.exec(String(text));
  if (found) resolve(found[1]);
}));
const steer = { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ more: 5000 }) };
await fetch(`http://127.0.0.1:${port}/sandbox/device-groups`, steer);
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM, args: ['--no-sandbox'] });
try {
  const page = await browser.newPage();
  await page.goto(`http://portal.localhost:${port}/settings/defender-experts/exclusions`);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('button', { name: 'Ada Lindqvist' }).click();
  await page.getByRole('button', { name: 'Add device groups' }).click({ timeout: 120_000 });
  const dialog = page.getByRole('dialog', { name: 'Add device groups' });
  const search = dialog.getByRole('searchbox');
  await dialog.getByRole('checkbox').first().waitFor();
  await dialog.evaluate((dialog) => {
    window.answered = [];
    window.painted = [];
    const answers = (list) => window.answered.push(...list.getEntries().filter((entry) => entry.name.includes('/device-groups')).map((entry) => entry.responseEnd));
    new PerformanceObserver(answers).observe({ type: 'resource' });
    const frame = () => requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => window.painted.push(performance.now());
      port2.postMessage(0);
    });
    new MutationObserver(frame).observe(dialog, { subtree: true, childList: true, characterData: true });
  });
  const times = [];
  for (let round = 0; round < Number(rounds); round += 1) {
    await search.fill('');
    // Every round writes another number, so that every letter brings another list.
    for (const letter of `site ${1000 + ((round * 397) % 4000)}`) {
      await page.waitForTimeout(250);
      await page.evaluate(() => { window.answered.length = 0; window.painted.length = 0; });
      await page.keyboard.press(letter === ' ' ? 'Space' : letter);
      await page.waitForTimeout(250);
      const late = await page.evaluate(() => {
        const answer = Math.max(...window.answered);
        const after = window.painted.filter((at) => at >= answer);
        return after.length > 0 ? Math.min(...after) - answer : null;
      });
      // A letter that leaves the list as it was paints nothing.
      if (late !== null) times.push(late);
    }
  }
  times.sort((a, b) => a - b);
  const [p50, p95, max] = [0.5, 0.95, 1].map((share) => times[Math.min(times.length - 1, Math.floor(times.length * share))]);
  console.log(JSON.stringify({ letters: times.length, p50, p95, max }));
} finally {
  await browser.close();
  sandbox.kill();
}
