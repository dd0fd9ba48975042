// What a browser downloads of a built app until the first row of its queue, file by file, as sent with brotli 11:
//
//   node bytes.mjs <dist> <path of the queue>
//
// prints [{ path, bytes, when }], `when` being "first" (asked for before the first row was there), "later" (within
// three seconds after it) or "on demand". The app finds a tenant of one incident behind it.
import fs from 'node:fs';
import http from 'node:http';
import { createRequire } from 'node:module';
import path from 'node:path';
import zlib from 'node:zlib';

const { chromium } = createRequire(new URL('../e2e/', import.meta.url))('@playwright/test');
const [dist, queue] = process.argv.slice(2);

const TYPES = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css', '.wasm': 'application/wasm', '.svg': 'image/svg+xml', '.json': 'application/json' };
const NOW = new Date().toISOString();
const INCIDENT = {
  id: '1', displayName: 'Phishing', status: 'active', severity: 'high', classification: 'unknown', determination: 'unknown', assignedTo: null,
  customTags: [], systemTags: [], comments: [], alerts: [], createdDateTime: NOW, lastUpdateDateTime: NOW,
};

const files = fs.readdirSync(dist, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && !entry.name.endsWith('.br'))
  .map((entry) => path.relative(dist, path.join(entry.parentPath ?? entry.path, entry.name)).split(path.sep).join('/'));
/** File to the time it was asked for. */
const asked = new Map();

const server = http.createServer((request, response) => {
  const { pathname } = new URL(request.url, 'http://localhost');
  if (pathname.startsWith('/v1.0/')) {
    const found = pathname === '/v1.0/security/incidents';
    response.writeHead(found ? 200 : 404, { 'content-type': TYPES['.json'] });
    response.end(JSON.stringify(found ? { value: [INCIDENT] } : { error: { code: 'NotFound', message: 'no such resource' } }));
    return;
  }
  const named = decodeURIComponent(pathname.slice(1));
  const file = path.extname(named) ? named : 'index.html';
  if (!files.includes(file)) {
    response.writeHead(404).end();
    return;
  }
  if (!asked.has(file)) asked.set(file, Date.now());
  response.writeHead(200, { 'content-type': TYPES[path.extname(file)] ?? 'application/octet-stream' });
  fs.createReadStream(path.join(dist, file)).pipe(response);
});
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));

const browser = await chromium.launch({ executablePath: process.env.CHROMIUM, args: ['--no-sandbox'] });
const page = await browser.newPage();
await page.addInitScript(() => {
  new MutationObserver(() => {
    if (!window.firstRow && document.querySelector('[role=row][aria-rowindex="2"]')) window.firstRow = Date.now();
  }).observe(document, { subtree: true, childList: true, attributes: true });
});
await page.goto(`http://127.0.0.1:${server.address().port}${queue}`);
await page.waitForFunction(() => window.firstRow);
const firstRow = await page.evaluate(() => window.firstRow);
await page.waitForTimeout(3000);
await browser.close();
server.close();

const when = (file) => (!asked.has(file) ? 'on demand' : asked.get(file) <= firstRow ? 'first' : 'later');
const sent = (file) => zlib.brotliCompressSync(fs.readFileSync(path.join(dist, file)), { params: { [zlib.constants.BROTLI_PARAM_QUALITY]: 11 } }).length;
const order = ['first', 'later', 'on demand'];
const list = files.map((file) => ({ path: file, bytes: sent(file), when: when(file) }));
list.sort((a, b) => order.indexOf(a.when) - order.indexOf(b.when) || b.bytes - a.bytes);
console.log(JSON.stringify(list));
