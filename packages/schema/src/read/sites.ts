/** Which sites a key may read. */
import * as v from 'valibot';
import { count, said } from './words.js';

export const SiteInfoSchema = v.pipe(
  v.object({
    id: v.string(),
    timezone: said(v.string(), 'IANA name of the reporting zone: hours and days of the numbers.'),
    retention_days: said(count, 'Days that raw events are kept.'),
    default: v.exactOptional(said(v.literal(true), 'Present on the site that is meant where none is named.')),
  }),
  v.description('A site that the key may read.'),
);
/** A site that the key may read. */
export type SiteInfo = v.InferOutput<typeof SiteInfoSchema>;

export const SitesDataSchema = v.object({ sites: v.array(SiteInfoSchema) });
/** `GET /api/sites`: the sites that the key may read. */
export type SitesData = v.InferOutput<typeof SitesDataSchema>;
