// The portal as the harness sees it: only what differs from the harness's own aria.mjs, beside which
// `cargo xtask bench` lays this file. The server and its settings are the command's, too.
import aria from './aria.mjs';

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
  // There is no report page yet.
  openReport: undefined,
};
