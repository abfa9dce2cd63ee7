/** `@liveinsight/collector/data`: raw data out, in, and away, without a server in between. */
export type { ImportData } from '@liveinsight/schema';
export { type DataOptions, type ExportRange, openSiteData, type SiteData } from './client.js';
export type { Erased } from './eraser.js';
export { EXPORT_FORMATS, type ExportFormat } from './export.js';
