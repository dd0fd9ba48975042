// The portal as the harness sees it: only what differs from the harness's own aria.mjs, beside which
// `cargo xtask bench` lays this file. The server and its settings are the command's, too.
import { chromium } from 'playwright-core';
import aria from './aria.mjs';

// Asked for all objects of a prototype, Chromium 156 ends the portal's tab, whatever the bundle holds, and the
// harness would wait for ever. It asks for the size of the wasm memory alone, and does without where that fails:
// the memory of the whole process, which is compared, comes from the system.
const launch = chromium.launch.bind(chromium);
chromium.launch = async (...options) => {
  const browser = await launch(...options);
  const newContext = browser.newContext.bind(browser);
  browser.newContext = async (...options) => {
    const context = await newContext(...options);
    const newSession = context.newCDPSession.bind(context);
    context.newCDPSession = async (page) => {
      const session = await newSession(page);
      const send = session.send.bind(session);
      session.send = (method, ...rest) =>
        method === 'Runtime.queryObjects' ? Promise.reject(new Error('not asked')) : send(method, ...rest);
      return session;
    };
    return context;
  };
  return browser;
};

/** Opens a filter without a click: the harness measures from the first one, which has to be the choice. */
const show = (page, name) =>
  page.evaluate((name) => {
    const button = [...document.querySelectorAll('button[popovertarget]')].find((b) => b.textContent.startsWith(name));
    document.getElementById(button.getAttribute('popovertarget')).showPopover();
  }, name);

export default {
  ...aria,
  name: 'portal',
  // Every status and all of time: the rows that the peer shows. The page size stands in config.json.
  queuePath: () => '/incidents?status=all&range=all',
  page: {
    ...aria.page,
    // Elements kept for later have no row number.
    rows: () => document.querySelectorAll('[role=row][aria-rowindex]:not([aria-rowindex="1"])'),
  },
  sorts: ['Severity', 'Incident name', 'Last update'],
  filter: async (page, name, value) => {
    await show(page, name);
    const list = page.getByRole('dialog', { name });
    if (value === 'All') await list.getByRole('button', { name: 'Clear' }).click();
    else await list.getByRole('checkbox', { name: new RegExp(`^${value}( |\\d|$)`) }).click();
    // Closed once the rows are there, so that the closing is not measured.
    await page.waitForTimeout(500);
    await list.evaluate((panel) => panel.hidePopover());
  },
  // The report has an adapter of its own, adapter-report.mjs.
  openReport: undefined,
};
