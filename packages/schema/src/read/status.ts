/** What the read API says of the process that answers. */
import * as v from 'valibot';
import { count, described, durationMs, InstantSchema } from './words.js';

export const TailStatusSchema = v.pipe(
  v.object({
    site: v.string(),
    as_of: v.exactOptional(
      described(
        InstantSchema,
        'Arrivals up to this time are counted, as of the last read; absent before the first.',
      ),
    ),
    behind_ms: v.exactOptional(
      described(
        durationMs,
        'How far `as_of` was behind the time of the last read. More than seconds: more arrives than one response reads.',
      ),
    ),
    batches: described(count, 'Batches that no stored hour has taken over yet.'),
    bytes: described(count, 'What the process holds of them in memory.'),
    starts: described(
      v.record(v.string(), count),
      'How often the process began to read them from the newest stored hour, by cause: `cold`; `paused`, after 5 minutes without a read; `restored`, after a backup took the place of a table; `parted`, where an older collector rolls up the same tables; `marked`, after an import or erasure. A list that grows.',
    ),
  }),
  v.description(
    'What a process holds of the newest arrivals of a site, because somebody asks for its statistics.',
  ),
);
/** What a process holds of the newest arrivals of a site, because somebody asks for its statistics. */
export type TailStatus = v.InferOutput<typeof TailStatusSchema>;

export const StatusDataSchema = v.object({
  tails: described(
    v.array(TailStatusSchema),
    'Of the sites that the key may read, those that somebody has asked this process for within 10 minutes.',
  ),
});
/** `GET /api/status`: how fresh the statistics of the process that answers are. */
export type StatusData = v.InferOutput<typeof StatusDataSchema>;
