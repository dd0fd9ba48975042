// How fast the sandbox is with a tenant of any size: its start, the first page, and `$filter` on each documented
// property, each asked for as often as wanted with values drawn anew.
//
//   node sandbox.mjs <sandbox binary> [incidents = 1000000] [requests = 1000] [database = :memory:]
//
// prints a table and, as its last line, the same as JSON. Every request is a connection of its own.
import { spawn } from 'node:child_process';
import http from 'node:http';

const [binary, incidents = '1000000', requests = '1000', database = ':memory:'] = process.argv.slice(2);
const PORT = 8917;
const DAY = 86_400_000;

const began = performance.now();
const options = ['--port', String(PORT), '--db', database, '--incidents', incidents, '--reset'];
const sandbox = spawn(binary, options, { stdio: ['ignore', 'pipe', 'inherit'] });
await new Promise((resolve) => sandbox.stdout.on('data', (text) => String(text).includes('Tenant:') && resolve()));
const figures = [{ what: 'start', p50: performance.now() - began }];

/** Status, body and milliseconds until the last byte. */
function ask(host, path, { method = 'GET', headers = {}, body } = {}) {
  return new Promise((resolve, reject) => {
    const sent = performance.now();
    const named = { host: `${host}.localhost:${PORT}`, ...headers };
    const request = http.request({ host: '127.0.0.1', port: PORT, path, method, headers: named, agent: false }, (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (part) => { text += part; });
      response.on('end', () => resolve({ status: response.statusCode, text, ms: performance.now() - sent }));
    });
    request.on('error', reject);
    request.end(body);
  });
}

async function token(resource) {
  const body = JSON.stringify({ person: 'Omar Haddad', resource });
  const answer = await ask('login', '/sandbox/tokens', { method: 'POST', headers: { 'content-type': 'application/json' }, body });
  return { authorization: `Bearer ${JSON.parse(answer.text).access_token}`, prefer: 'include-unknown-enum-members' };
}

const any = (list) => list[Math.floor(Math.random() * list.length)];
const moment = () => new Date(Date.now() - Math.random() * 180 * DAY).toISOString();
const LISTS = '/v1.0/security/incidents';
const filter = (text) => `${LISTS}?$filter=${encodeURIComponent(text)}`;
const CASES = {
  'first page': () => LISTS,
  'first page with alerts': () => `${LISTS}?$expand=alerts`,
  'page from anywhere': () => `${LISTS}?$filter=${encodeURIComponent(`lastUpdateDateTime le ${moment()}`)}&$expand=alerts`,
  assignedTo: () => filter(`assignedTo eq ${any(["'Defender Experts'", "'Customer'", "'omar.haddad@contoso.com'", "'nobody'", 'null'])}`),
  'assignedTo ne': () => filter("assignedTo ne null"),
  classification: () => filter(`classification eq '${any(['truePositive', 'falsePositive', 'informationalExpectedActivity', 'unknown'])}'`),
  'createdDateTime ge': () => filter(`createdDateTime ge ${moment()}`),
  'createdDateTime le': () => filter(`createdDateTime le ${moment()}`),
  'createdDateTime of a day': () => { const at = Date.now() - Math.random() * 180 * DAY; return filter(`createdDateTime ge ${new Date(at - DAY).toISOString()} and createdDateTime lt ${new Date(at).toISOString()}`); },
  'createdDateTime of a minute': () => { const at = Date.now() - Math.random() * 180 * DAY; return filter(`createdDateTime ge ${new Date(at - 60_000).toISOString()} and createdDateTime lt ${new Date(at).toISOString()}`); },
  determination: () => filter(`determination eq '${any(['malware', 'phishing', 'multiStagedAttack', 'securityTesting', 'notMalicious', 'apt', 'unknown'])}'`),
  lastUpdateDateTime: () => filter(`lastUpdateDateTime ${any(['ge', 'le', 'gt', 'lt'])} ${moment()}`),
  severity: () => filter(`severity eq '${any(['informational', 'low', 'medium', 'high', 'unknown'])}'`),
  'severity ne': () => filter(`severity ne '${any(['low', 'medium', 'high'])}'`),
  status: () => filter(`status eq '${any(['active', 'resolved', 'inProgress', 'redirected', 'awaitingAction'])}'`),
  'status ne': () => filter("status ne 'resolved'"),
  'several together': () => filter(`status eq 'resolved' and severity eq '${any(['low', 'high'])}' and classification eq 'truePositive' and lastUpdateDateTime ge ${moment()}`),
  'what changed since': () => filter(`lastUpdateDateTime ge ${new Date(Date.now() - 180_000).toISOString()}`),
  'filter with $count': () => `${filter(`severity eq '${any(['low', 'high'])}'`)}&$count=true`,
  '$count of all': () => `${LISTS}?$count=true&$top=1`,
  '$skip': () => `${LISTS}?$skip=${Math.floor(Math.random() * Number(incidents))}`,
  alerts: () => '/v1.0/security/alerts_v2?$top=50',
  'alerts by severity': () => `/v1.0/security/alerts_v2?$top=50&$filter=${encodeURIComponent(`severity eq '${any(['low', 'medium', 'high'])}'`)}`,
  'alerts by source': () => `/v1.0/security/alerts_v2?$top=50&$filter=${encodeURIComponent(`serviceSource eq '${any(['microsoftDefenderForEndpoint', 'microsoftAppGovernance', 'microsoftSentinel'])}'`)}`,
  machines: () => '/api/machines',
};

try {
  const tokens = { graph: await token('graph'), experts: await token('endpoint') };
  for (const [what, path] of Object.entries(CASES)) {
    const times = [];
    for (let round = 0; round < Number(requests); round += 1) {
      const wanted = path();
      const host = wanted.startsWith('/api') ? 'experts' : 'graph';
      const answer = await ask(host, wanted, { headers: tokens[host] });
      if (answer.status !== 200) throw new Error(`${wanted}: ${answer.status} ${answer.text}`);
      times.push(answer.ms);
    }
    const first = times[0];
    times.sort((a, b) => a - b);
    figures.push({ what, first, p50: times[Math.floor(times.length / 2)], p95: times[Math.floor(times.length * 0.95)], max: times.at(-1) });
    const shown = ({ first, p50, p95, max }) => [first, p50, p95, max].map((ms) => ms.toFixed(1).padStart(8)).join('');
    if (figures.length === 2) console.log(`start ${(figures[0].p50 / 1000).toFixed(1)} s, ${incidents} incidents, ${requests} requests each; milliseconds\n${''.padEnd(30)}   first     p50     p95     max`);
    console.log(`${what.padEnd(30)}${shown(figures.at(-1))}`);
  }
  console.log(JSON.stringify({ incidents: Number(incidents), requests: Number(requests), figures }));
} finally {
  sandbox.kill();
}
