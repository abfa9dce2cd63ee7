/** Sites as JSON has them, in variables and configuration files: in snake_case. Pure. */
import type { Site } from '../options.js';

export type SiteJson = Omit<Site, 'retentionDays' | 'columnsRetentionDays'> & {
  retention_days?: Site['retentionDays'];
  columns_retention_days?: Site['columnsRetentionDays'];
};

/** @param site a valid one: `SiteJsonSchema` has seen it */
export const siteFromJson = ({ retention_days, columns_retention_days, ...site }: SiteJson): Site => ({
  ...site,
  ...(retention_days === undefined ? {} : { retentionDays: retention_days }),
  ...(columns_retention_days === undefined ? {} : { columnsRetentionDays: columns_retention_days }),
});

export const siteToJson = ({ retentionDays, columnsRetentionDays, ...site }: Site): SiteJson => ({
  ...site,
  ...(retentionDays === undefined ? {} : { retention_days: retentionDays }),
  ...(columnsRetentionDays === undefined ? {} : { columns_retention_days: columnsRetentionDays }),
});
