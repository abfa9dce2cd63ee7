/** Paths of reports on single events: properties, what conversions are owed to, revenue, errors, actions, vitals, experiments. */
import { ACTION_KINDS, BREAKDOWNS } from '@liveinsight/schema';
import { filters, from, limit, query, read, required, site, timezone, to } from './openapi-read-parts.mjs';

/** Breakdowns that are no dimension of the session. @type {string[]} */
const NOT_OF_SESSION = ['page', 'exit_page', 'event_name', 'click_target', 'conversion_type', 'hour_of_week'];

export const eventReportPaths = {
  '/api/properties': read('getProperties', 'Which properties events have', 'PropertiesData', [
    site,
    from,
    to,
    timezone,
    query('event', 'Only of events of this name: a type, or the name of a custom event.'),
    query('key', 'Only this property, as `value` or `cart.total`.'),
    query(
      'breakdown',
      'With `key`: its numbers by the values of one breakdown, as `page`, `device` or `prop:metric`; `hostname` and the like too.',
    ),
    limit(1_000, 100, 'Properties, and rows, at most.'),
    ...filters,
  ]),
  '/api/attribution': read(
    'getAttribution',
    'What conversions are owed to, by first and last touch',
    'AttributionData',
    [
      site,
      from,
      to,
      timezone,
      query('breakdown', 'What gets the credit, of a session. Default: `source`.', {
        enum: BREAKDOWNS.filter((breakdown) => !NOT_OF_SESSION.includes(breakdown)),
      }),
      query(
        'goal',
        'What counts as a conversion: id or name of a goal, which then says what it is worth; the name of an event or a type of conversion, as `purchase`; or `page:/thanks`, `event:signup`, `conversion:purchase`. Default: all conversions.',
      ),
      query(
        'lookback',
        'How long before a conversion sessions are looked for: `1d` to `90d`. Default: `30d`.',
      ),
      query('search', 'Only rows whose value has this text, in either case.'),
      limit(1_000, 100),
      ...filters,
    ],
  ),
  '/api/revenue': read('getRevenue', 'Orders and revenue by source, campaign or product', 'RevenueData', [
    site,
    from,
    to,
    timezone,
    query(
      'breakdown',
      'By the values of one breakdown, as `source`, `utm_campaign` or `prop:product`; `hostname` and the like too. Default: `source`.',
    ),
    query('type', 'Only conversions of this type, as `purchase`. Default: all that have an amount.'),
    query(
      'currency',
      'ISO 4217, as `EUR`: rows with the most revenue in it come first. Default: the one with the most orders.',
    ),
    query('search', 'Only rows whose value has this text, in either case.'),
    limit(1_000, 100),
    ...filters,
  ]),
  '/api/errors': read('getErrors', 'Errors by message and place', 'ErrorsData', [
    site,
    from,
    to,
    timezone,
    query('search', 'Only errors with this text, in either case, in message or place.'),
    limit(500, 50),
    ...filters,
  ]),
  '/api/actions': read(
    'getActions',
    'Outbound links, downloads, forms, searches or missing pages',
    'ActionsData',
    [
      required(
        'kind',
        '`links` that lead out, `downloads`, `forms` that were sent, `searches` (events `search` with the property `query`), or pages that were `not_found` (events `not_found`).',
        { enum: ACTION_KINDS },
      ),
      site,
      from,
      to,
      timezone,
      query('search', 'Only values with this text, in either case.'),
      limit(1_000, 100),
      ...filters,
    ],
  ),
  '/api/web-vitals': read('getWebVitals', 'How long pages take to load and to respond', 'WebVitalsData', [
    site,
    from,
    to,
    timezone,
    query(
      'breakdown',
      'By the values of one breakdown, as `page`, `device` or `prop:release`; `hostname` and the like too.',
    ),
    limit(1_000, 100),
    ...filters,
  ]),
  '/api/experiment': read(
    'getExperiment',
    'Whether one variant converts better than another',
    'ExperimentData',
    [
      required('prop', 'The property of events that has the variant, as `variant`.'),
      required(
        'goal',
        'What counts as a conversion: id or name of a goal; the name of an event or a type of conversion, as `purchase`; or `page:/thanks`, `event:signup`, `conversion:purchase`.',
      ),
      query(
        'event',
        'Only events of this name say which variant was seen. Default: any that has the property.',
      ),
      query(
        'control',
        'The variant to compare with. Default: the first of `split`, else `control`, else the most seen.',
      ),
      query(
        'split',
        'The variants and their intended parts, as `control:90,blue:10`. Default: all variants that were seen, at most 20, in equal parts.',
      ),
      query('confidence', 'Of all intervals together, 0.8 to 0.999.', { type: 'number', default: 0.95 }),
      site,
      from,
      to,
      timezone,
      ...filters,
    ],
  ),
};
