/** Sites as JSON has them, in variables and configuration files: in snake_case. Pure. */
import type { Site } from '../options.js';

export type SiteJson = Omit<Site, 'retentionDays'> & { retention_days?: Site['retentionDays'] };

/** @param site a valid one: `SiteJsonSchema` has seen it */
export const siteFromJson = ({ retention_days, ...site }: SiteJson): Site => ({
  ...site,
  ...(retention_days === undefined ? {} : { retentionDays: retention_days }),
});

export const siteToJson = ({ retentionDays, ...site }: Site): SiteJson => ({
  ...site,
  ...(retentionDays === undefined ? {} : { retention_days: retentionDays }),
});
