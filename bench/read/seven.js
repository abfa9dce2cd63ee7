/**
 * Seven questions that rollups do not answer: how the read API is asked, what DuckDB is asked, and the rows of both, which
 * must be equal.
 */

/**
 * @typedef {object} Question
 * @property {string} name
 * @property {string} path of the read API, without range and site
 * @property {(data: any) => unknown[][]} toRows
 * @property {(range: string) => string[]} sql one statement for each part of the answer
 */

const WEEK_MS = 604_800_000;
/** 1970 began on a Thursday; weeks begin on Mondays. */
const toWeek = (/** @type {string} */ column) => `(${column} + 3 * 86400000) // ${WEEK_MS}`;
const visits = (/** @type {string} */ dimension) =>
  `count(*) FILTER (event_type = 'page_view') v, count(DISTINCT visitor_id) u, '${dimension}' d`;

const FIVE = /** @type {const} */ (['page', 'source', 'country', 'device', 'entry_page']);

/** @type {Question[]} */
export const QUESTIONS = [
  {
    name: 'one source: totals, series, five breakdowns with visitors',
    path: `/api/stats?interval=day&limit=1000&source=google&breakdown=${FIVE.join()}`,
    toRows: ({ totals, series, breakdowns }) => [
      ['total', totals.sessions, totals.page_views, totals.events],
      ...series.map((/** @type {any} */ one) => [Date.parse(one.start), one.page_views]),
      ...FIVE.flatMap((name) =>
        breakdowns[name].map((/** @type {any} */ row) => [name, row.value, row.page_views, row.visitors]),
      ),
    ],
    sql: (range) => [
      `SELECT 'total', count(DISTINCT session_id), count(*) FILTER (event_type = 'page_view'), count(*) FROM events WHERE source = 'google' AND ${range}`,
      `SELECT received_at // 86400000 * 86400000, count(*) FILTER (event_type = 'page_view') FROM events WHERE source = 'google' AND ${range} GROUP BY 1`,
      ...FIVE.map(
        (name) =>
          `SELECT d, k, v, u FROM (SELECT ${name} k, ${visits(name)} FROM events WHERE source = 'google' AND ${range} ${name === 'page' ? "AND event_type = 'page_view'" : ''} GROUP BY 1)`,
      ),
    ],
  },
  {
    name: 'a property of an event by value, with visitors',
    path: '/api/stats?interval=day&event=signup&breakdown=prop:plan',
    toRows: ({ breakdowns }) =>
      breakdowns['prop:plan'].map((/** @type {any} */ row) => [row.value, row.events, row.visitors]),
    sql: (range) => [
      `SELECT plan, count(*), count(DISTINCT visitor_id) FROM events WHERE name = 'signup' AND ${range} GROUP BY 1`,
    ],
  },
  {
    name: 'p75 and p95 of a number by page',
    path: '/api/properties?event=web_vital&key=value&breakdown=page&limit=1000',
    toRows: ({ rows }) =>
      rows.map((/** @type {any} */ row) => [row.value, row.count, row.p75.toFixed(3), row.p95.toFixed(3)]),
    sql: (range) => [
      `SELECT page, count(*), printf('%.3f', quantile_cont(number, 0.75)::DOUBLE), printf('%.3f', quantile_cont(number, 0.95)::DOUBLE) FROM events WHERE name = 'web_vital' AND ${range} GROUP BY 1`,
    ],
  },
  {
    name: 'funnel of 4 steps within 30 minutes',
    path: '/api/funnel?steps=page:/,page:/products/1*,page:/products/2*,conversion:purchase&within=30m',
    toRows: ({ steps }) =>
      steps.map((/** @type {any} */ { sessions }, /** @type {number} */ step) => [step, sessions]),
    sql: (range) => [
      `WITH e AS (SELECT session_id, timestamp t, CASE WHEN event_type = 'conversion' THEN 4 WHEN page = '/' THEN 1 WHEN page LIKE '/products/1%' THEN 2 ELSE 3 END s
        FROM events WHERE ${range} AND (event_type = 'conversion' OR (event_type = 'page_view' AND (page = '/' OR page LIKE '/products/1%' OR page LIKE '/products/2%')))),
      a AS (SELECT session_id, t a FROM e WHERE s = 1),
      b AS (SELECT session_id, a, min(t) b FROM e JOIN a USING (session_id) WHERE s = 2 AND t >= a AND t - a <= 1800000 GROUP BY ALL),
      c AS (SELECT session_id, a, min(t) c FROM e JOIN b USING (session_id) WHERE s = 3 AND t >= b AND t - a <= 1800000 GROUP BY ALL),
      d AS (SELECT session_id FROM e JOIN c USING (session_id) WHERE s = 4 AND t >= c AND t - a <= 1800000)
      SELECT unnest([0, 1, 2, 3]), unnest([(SELECT count(DISTINCT session_id) FROM a), (SELECT count(DISTINCT session_id) FROM b), (SELECT count(DISTINCT session_id) FROM c), (SELECT count(DISTINCT session_id) FROM d)])`,
    ],
  },
  {
    name: 'weekly retention',
    path: '/api/retention?period=week',
    toRows: ({ cohorts }) =>
      cohorts.flatMap((/** @type {any} */ { start, returned }) =>
        returned
          .map((/** @type {number} */ visitors, /** @type {number} */ week) => [
            Date.parse(start),
            week,
            visitors,
          ])
          .filter((/** @type {number[]} */ [, , visitors]) => visitors !== 0),
      ),
    sql: (range) => {
      const [, from = '', to = ''] = /received_at >= (\d+) AND received_at < (\d+)/.exec(range) ?? [];
      return [
        `WITH v AS (SELECT DISTINCT visitor_id, ${toWeek('received_at')} w FROM events WHERE received_at < ${to}),
        f AS (SELECT visitor_id, min(w) f FROM v GROUP BY 1)
        SELECT f * ${WEEK_MS} - 3 * 86400000, w - f, count(*) FROM v JOIN f USING (visitor_id) WHERE f * ${WEEK_MS} - 3 * 86400000 >= ${from} GROUP BY ALL`,
      ];
    },
  },
  {
    name: 'viewed a page and not one source',
    path: '/api/stats?interval=day&limit=1000&page=/products/7&source=!newsletter&breakdown=page',
    toRows: ({ totals, breakdowns }) => [
      ['total', totals.sessions, totals.page_views, totals.events],
      ...breakdowns.page.map((/** @type {any} */ row) => [row.value, row.page_views, row.visitors]),
    ],
    sql: (range) => {
      const passed = `source <> 'newsletter' AND ${range} AND session_id IN (SELECT session_id FROM events WHERE page = '/products/7' AND event_type = 'page_view' AND ${range})`;
      return [
        `SELECT 'total', count(DISTINCT session_id), count(*) FILTER (event_type = 'page_view'), count(*) FROM events WHERE ${passed}`,
        `SELECT page, count(*), count(DISTINCT visitor_id) FROM events WHERE event_type = 'page_view' AND ${passed} GROUP BY 1`,
      ];
    },
  },
  {
    name: 'revenue by source × device',
    path: '/api/stats?interval=day&limit=1000&breakdown=source*device',
    toRows: ({ breakdowns }) =>
      breakdowns['source*device']
        .filter((/** @type {any} */ { revenue }) => revenue?.EUR)
        .map((/** @type {any} */ row) => [...row.values, row.revenue.EUR.toFixed(2)]),
    sql: (range) => [
      `SELECT source, device, printf('%.2f', sum(value)::DOUBLE) FROM events WHERE value IS NOT NULL AND ${range} GROUP BY ALL`,
    ],
  },
];
