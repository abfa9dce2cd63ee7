/** Which sites a key may read. */
import * as v from 'valibot';
import { count, described } from './words.js';

export const SiteInfoSchema = v.pipe(
  v.object({
    id: v.string(),
    timezone: described(v.string(), 'IANA name of the reporting zone: hours and days of the numbers.'),
    retention_days: described(count, 'Retention of raw events in days.'),
    currency: v.exactOptional(
      described(v.string(), 'What revenue is reported in, beside its own currencies: ISO 4217.'),
    ),
    rates: v.exactOptional(
      described(
        v.record(v.string(), v.number()),
        'What one unit of each other currency is worth in `currency`, as the site says.',
      ),
    ),
    counts_bots: v.exactOptional(described(v.literal(true), 'Present where bots are in the numbers.')),
    default: v.exactOptional(
      described(v.literal(true), 'Present on the site that is meant where none is named.'),
    ),
  }),
  v.description('A site that the key may read.'),
);
/** A site that the key may read. */
export type SiteInfo = v.InferOutput<typeof SiteInfoSchema>;

export const SitesDataSchema = v.object({ sites: v.array(SiteInfoSchema) });
/** `GET /api/sites`: the sites that the key may read. */
export type SitesData = v.InferOutput<typeof SitesDataSchema>;
