// The portal's report as the harness sees it. What the peer has loaded holds the alerts of its incidents; the portal's
// list reads them only where a filter takes them, so the list begun with is one that does: of every source, which is
// every incident. Whoever measures the queue alone uses mdr-portal.mjs.
import portal from './mdr-portal.mjs';

const SOURCES = [
  'microsoftDefenderForEndpoint', 'microsoftDefenderForIdentity', 'microsoftDefenderForCloudApps', 'microsoftDefenderForOffice365',
  'microsoft365Defender', 'azureAdIdentityProtection', 'microsoftAppGovernance', 'dataLossPrevention', 'microsoftSentinel',
];

export default {
  ...portal,
  name: 'portal, report',
  queuePath: () => `/incidents?status=all&range=all&source=${SOURCES.join(',')}`,
  openReport: (page) => page.getByRole('link', { name: 'Reports', exact: true }).click(),
  // The report opens with 30 days: each of these is a change.
  ranges: ['Last 7 days', 'Last 30 days', 'Last 90 days', 'Last 180 days'],
  range: async (page, value) => {
    // Opened without a click: the harness measures from the first one, which has to be the choice.
    await page.evaluate(() => {
      const button = [...document.querySelectorAll('button[popovertarget]')].find((b) => b.textContent.startsWith('Date range'));
      document.getElementById(button.getAttribute('popovertarget')).showPopover();
    });
    await page.getByRole('dialog', { name: 'Date range' }).getByRole('button', { name: value }).click();
  },
};
