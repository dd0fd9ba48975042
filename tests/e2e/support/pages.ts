/** Every page of the portal, for the specs that look at all of them. */
export const PAGES = {
  home: "/",
  incidents: "/incidents",
  "no incidents": "/incidents?q=nothing-has-this-name",
  incident: "/incidents/{incident}",
  alerts: "/incidents/{incident}?tab=alerts",
  comments: "/incidents/{incident}?tab=comments",
  "managed response": "/incidents/{incident}?panel=managed-response",
  chat: "/incidents/{incident}?panel=managed-response&part=chat",
  devices: "/devices",
  "device flyout": "/devices?device={device}",
  device: "/devices/{device}",
  "alert list": "/alerts",
  messages: "/messages",
  overview: "/overview",
  reports: "/reports",
  trends: "/reports/trends",
  permissions: "/settings/defender-experts/permissions",
  exclusions: "/settings/defender-experts/exclusions",
  contacts: "/settings/defender-experts/contacts",
  teams: "/settings/defender-experts/teams",
  "service status": "/settings/defender-experts/service-status",
  "sample notifications": "/settings/defender-experts/sample-notifications",
  "get started": "/settings/defender-experts/get-started",
  "get started, review": "/settings/defender-experts/get-started/review",
  preferences: "/preferences",
  "no page": "/nowhere",
};

/** A page's address, with an incident and a device that the tenant has. */
export function address(path: string, { ransomware }: { ransomware: { id: string; devices: Record<string, string> } }): string {
  const [device] = Object.values(ransomware.devices);
  return path.replace("{incident}", ransomware.id).replace("{device}", device!);
}
