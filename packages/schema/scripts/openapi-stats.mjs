/** `/api/stats`: its parameters, and the headers of its file. */
import { COLUMN_BREAKDOWNS, COMPARISONS, FILTER_FIELDS, ROW_COLUMNS, ROW_SORTS } from '@liveinsight/schema';
import { filters, from, interval, limit, query, read, site, timezone, to } from './openapi-read-parts.mjs';

const statsParameters = [
  site,
  from,
  to,
  interval,
  timezone,
  query(
    'compare',
    'Adds the numbers of another period to totals, series and rows: the one before, the same dates of the year before, or one from `compare_from` on. As far as the range has come.',
    { enum: COMPARISONS },
  ),
  query('compare_from', 'With `compare=custom`: its beginning, in the forms of `from`.'),
  query(
    'compare_to',
    'With `compare=custom`: its end, in the forms of `to`. Default: as long as the range, as far as that has come.',
  ),
  query(
    'align',
    'With `compare`: moves the compared period to the same weekdays. `previous` is moved to full weeks before, `year` is 52 weeks before, and a custom period is moved by up to three days.',
    { enum: ['weekday'] },
  ),
  query(
    'breakdown',
    `Dimensions to break down by, comma-separated or one \`breakdown\` each: ${FILTER_FIELDS.join(', ')}; \`prop:plan\` for a property of events, or two of all crossed, as \`source*device\`; empty for none. Default: page, source, channel, country, device, browser, os.`,
  ),
  query(
    'goal',
    'Id or name of a goal, or `page:/thanks`, `event:signup` or `conversion:purchase` without one that is saved: `conversions`, `conversion_rate` and `goal_value` of totals, series and rows are of its events. To keep only sessions that reached a goal, use `reached`.',
  ),
  query(
    'event',
    `With breakdowns by a property, ${COLUMN_BREAKDOWNS.join(', ')} or two: only of events of this name.`,
  ),
  query(
    'numbers',
    'A property whose values are numbers, as `seats`: rows have its count, sum, average, least, most and percentiles in their events. `event` narrows them in the breakdowns that it is for.',
  ),
  query(
    'sort',
    'What rows are sorted by. Default: what the breakdown is about, as `page_views` of pages, `clicks` of click targets, else `sessions`. With `compare`, `change` sorts by the difference from the compared period, and lists the values that only that has; `change:visitors` by that of another column. Rows of which it is not known come last. `revenue` is in the currency of the site at its rates, without one in the one that is paid in most often.',
    {
      enum: [...ROW_SORTS, 'change', ...ROW_SORTS.flatMap((one) => (one === 'value' ? [] : `change:${one}`))],
    },
  ),
  {
    ...query('metric', 'The same as `sort`, as it was called before.', { enum: ROW_SORTS }),
    deprecated: true,
  },
  query('order', 'Which rows come first. Default: `desc`, the largest.', { enum: ['asc', 'desc'] }),
  query(
    'search',
    'Only rows whose value has this text in it, in either case; a path may be written decoded.',
  ),
  limit(
    10_000,
    100,
    'Rows of each breakdown at most; over 1,000 of one breakdown only. With `format=csv` all, unless it is given.',
  ),
  query('offset', 'Rows of each breakdown before the first that is wanted.', {
    type: 'integer',
    minimum: 0,
    maximum: 9_999_999,
    default: 0,
  }),
  query(
    'columns',
    `Numbers that rows are to have without filters too, comma-separated: ${ROW_COLUMNS.join(', ')}. They are read from events by column, which costs more; \`null\` where these do not hold all of the range.`,
  ),
  query('format', '`csv`: all rows of one breakdown as a file.', { enum: ['json', 'csv'], default: 'json' }),
  ...filters,
];

/** @param {string} description @param {object} schema */
const header = (description, schema = { type: 'string' }) => ({ description, schema });

export function statsPath() {
  const path = read('getStats', 'What happened over a range', 'StatsData', statsParameters);
  const ok = path.get.responses[200];
  Object.assign(ok.content, { 'text/csv': { schema: { type: 'string' } } });
  Object.assign(ok.headers, {
    'X-Row-Count': header('With `format=csv`: how many rows were found.', { type: 'integer', minimum: 0 }),
    'X-Next-Offset': header('With `format=csv`, where rows are left: the `offset` to go on with.', {
      type: 'integer',
      minimum: 1,
    }),
    'X-As-Of': header('With `format=csv`: the arrival up to which everything is counted.'),
    'X-Note-Codes': header('With `format=csv`: codes of what was cut or is approximate, comma-separated.'),
  });
  return path;
}
