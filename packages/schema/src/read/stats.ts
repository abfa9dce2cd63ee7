/** What the read API says of a range: totals, a series, breakdowns. */
import * as v from 'valibot';
import { PropertyNumbersSchema } from './properties.js';
import { INTERVALS } from './stats-words.js';
import {
  count,
  described,
  durationMs,
  InstantSchema,
  incomplete,
  knownFrom,
  noteFields,
  SampleInfoSchema,
  share,
  standardErrors,
} from './words.js';

export const TotalsSchema = v.pipe(
  v.object({
    visitors: v.nullable(count),
    sessions: described(
      v.nullable(count),
      'Sessions that began, with their first page view. With `filter_by=event`: those with an event that passes.',
    ),
    page_views: v.nullable(count),
    views_per_session: v.nullable(v.pipe(v.number(), v.minValue(0))),
    events: v.nullable(count),
    clicks: v.nullable(count),
    conversions: described(v.nullable(count), 'Conversions; with `goal`, the events that meet it.'),
    conversion_rate: described(
      v.nullable(share),
      'Converting sessions per session, 0 to 1; with `goal`, those with an event that meets it.',
    ),
    bounce_rate: described(v.nullable(share), 'Sessions of one page view per session, 0 to 1.'),
    engaged_sessions: described(
      v.nullable(count),
      'Sessions that became engaged: by 10 seconds of visible and focused time or a second page view where the visitor has done anything, or by a conversion.',
    ),
    engagement_rate: described(v.nullable(share), 'Engaged sessions per session, 0 to 1.'),
    average_session_duration_ms: v.nullable(durationMs),
    average_engaged_ms: described(
      v.nullable(durationMs),
      'Visible and focused time per page view. Null: not known, as of single events of one name.',
    ),
    revenue: described(
      v.nullable(v.record(v.string(), v.number())),
      'Value of conversions by currency, the one that is paid in most often first. Null where `visitors` is.',
    ),
    goal_value: v.exactOptional(
      described(
        v.nullable(v.record(v.string(), v.number())),
        'With `goal`: what the events that meet it are worth, by currency.',
      ),
    ),
  }),
  v.description('The numbers of a period. Null: not known for this period.'),
);
/** The numbers of a period. Null: not known for this period. */
export type Totals = v.InferOutput<typeof TotalsSchema>;

export const SeriesPointSchema = v.pipe(
  v.object({
    start: InstantSchema,
    incomplete: v.exactOptional(incomplete),
    ...TotalsSchema.entries,
  }),
  v.description('The numbers of one interval. `start` is its first instant.'),
);
/** The numbers of one interval. `start` is its first instant. */
export type SeriesPoint = v.InferOutput<typeof SeriesPointSchema>;

/** The numbers of a row. */
const rowNumbers = {
  events: count,
  conversions: described(
    count,
    'Conversions; with `goal`, the events that meet it of sessions in the row, wherever they did so.',
  ),
  goal_value: v.exactOptional(
    described(
      v.record(v.string(), v.number()),
      'With `goal`: what these `conversions` are worth, by currency.',
    ),
  ),
  visitors: v.exactOptional(
    described(
      v.nullable(count),
      'Present where requested (`columns`), with filters, and by properties or two dimensions. Null: not known, for not all of the range is stored by column.',
    ),
  ),
  revenue: v.exactOptional(
    described(
      v.nullable(v.record(v.string(), v.number())),
      'Value of its conversions by currency, where there is any. Present and null as `visitors`.',
    ),
  ),
  page_views: v.exactOptional(described(count, 'Of all but click targets and conversion types.')),
  sessions: v.exactOptional(
    described(
      count,
      'Sessions that began in the range, as in `totals`. Of all but event names and click targets, of these too where `visitors` is. Of what single events say, as properties and event names: those with such an event. With `filter_by=event`: all with an event that passes.',
    ),
  ),
  conversion_rate: v.exactOptional(
    described(
      share,
      'Where there are `sessions`: converting ones per session, 0 to 1; of a conversion type: per session of all. With `goal`: sessions in the row that met it, anywhere, per session in it.',
    ),
  ),
  average_engaged_ms: v.exactOptional(
    described(
      durationMs,
      'Visible and focused time per page view: of pages, hosts and page groups on these, of all else in the sessions of the row.',
    ),
  ),
  exit_rate: v.exactOptional(described(share, 'Of pages: views that ended the session per view, 0 to 1.')),
  exits: v.exactOptional(described(count, 'Of pages: views that ended the session.')),
  clicks: v.exactOptional(described(count, 'Of all but conversion types.')),
  bounce_rate: v.exactOptional(
    described(
      share,
      'Sessions of one page view per session of the row, 0 to 1. Of what single events say, where `visitors` is; of pages and conversion types with `columns=bounce_rate`. Absent where no session of the row has numbered views.',
    ),
  ),
  average_session_duration_ms: v.exactOptional(described(durationMs, 'Where `bounce_rate` is.')),
  engaged_sessions: v.exactOptional(
    described(v.nullable(count), 'Of what a session has one of: those that became engaged. Null: not known.'),
  ),
  engagement_rate: v.exactOptional(
    described(v.nullable(share), 'With `engaged_sessions`: these per session, 0 to 1.'),
  ),
};

export const BreakdownRowSchema = v.pipe(
  v.object({
    value: v.string(),
    values: v.exactOptional(
      described(v.array(v.string()), 'Of a breakdown by two dimensions: the value of each.'),
    ),
    ...rowNumbers,
    numbers: v.exactOptional(
      described(
        v.nullable(PropertyNumbersSchema),
        'With `numbers`: those of the property in the events of the row. Null where it has none, of what stands for several values, and where events by column do not hold all of the range.',
      ),
    ),
    previous: v.exactOptional(
      described(
        v.nullable(v.object({ ...rowNumbers, standard_errors: v.exactOptional(standardErrors) })),
        'With `compare`: the numbers of the same value in the compared period, zeros where it did not occur. Null: not known, as where not all of that period is, or where it is of a `sample` that does not have the value.',
      ),
    ),
    standard_errors: v.exactOptional(standardErrors),
  }),
  v.description('A row of a breakdown.'),
);
/** A row of a breakdown. */
export type BreakdownRow = v.InferOutput<typeof BreakdownRowSchema>;

export const StatsDataSchema = v.pipe(
  v.object({
    site: v.string(),
    from: InstantSchema,
    to: InstantSchema,
    interval: v.picklist(INTERVALS),
    timezone: v.string(),
    as_of: described(
      InstantSchema,
      'The arrival up to which everything is counted: now, as a rule. Earlier where more arrived than one response reads; later responses go on there.',
    ),
    known_from: v.exactOptional(knownFrom),
    sample: v.exactOptional(SampleInfoSchema),
    totals: TotalsSchema,
    standard_errors: v.exactOptional(described(standardErrors, 'Of `totals`, with `sample`.')),
    series: v.array(SeriesPointSchema),
    breakdowns: described(
      v.record(v.string(), v.array(BreakdownRowSchema)),
      'Rows by dimension, largest first.',
    ),
    row_counts: described(
      v.record(v.string(), count),
      'How many rows each dimension has, or how many `search` finds: `breakdowns` has as many of them as `limit` allows.',
    ),
    previous: v.exactOptional(
      described(
        v.object({
          from: InstantSchema,
          to: InstantSchema,
          known_from: v.exactOptional(knownFrom),
          sample: v.exactOptional(SampleInfoSchema),
          standard_errors: v.exactOptional(described(standardErrors, 'Of `totals`, with `sample`.')),
          totals: described(
            TotalsSchema,
            'All null where not all of the period is known, as where it is not over, or began before the first stored event.',
          ),
          series: described(
            v.array(SeriesPointSchema),
            'Point by point as those of the range, as far as it has come.',
          ),
        }),
        'With `compare`: the same numbers for the compared period. `previous`: a range of days, or of over three hours, is compared with the same hours of as many days before, months with as many months, a shorter one with the time just before. `year`: with the same dates of the year before. `custom`: with the period from `compare_from` on. Of a range that is not over: up to the same time, which `to` is, unless `compare_to` is given.',
      ),
    ),
    ...noteFields,
  }),
  v.description('What happened over a range.'),
);
/** `GET /api/stats`: what happened over a range. */
export type StatsData = v.InferOutput<typeof StatsDataSchema>;
