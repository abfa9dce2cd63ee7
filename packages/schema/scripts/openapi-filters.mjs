/** Filters: the parameters that name a breakdown or a property of events, and what their values may be. */
import { FILTER_FIELDS, TRAFFIC } from '@liveinsight/schema';

const VALUE = [
  'A value; `/blog/*` with `*` for any text; `~text` for values that contain it in either case; `*` for any value that is known.',
  '`!` before it: not this. Repeated: any of them, and none of those with `!`. Different filters: all of them.',
  'A backslash makes `!`, `~`, `*`, `<`, `>`, `=` and itself literal, as in `\\*`.',
].join(' ');

const EXAMPLES = {
  exact: { value: ['/cart'] },
  any: { value: ['/blog/*', '/news/*'], summary: 'One of them' },
  without: { value: ['!~newsletter'], summary: 'Not containing it, in either case' },
  set: { value: ['*'], summary: 'A value that is known' },
  unset: { value: ['!*'], summary: 'No value that is known' },
  literal: { value: ['\\*'], summary: 'A star' },
};

/** Of breakdowns that have no values but these. @type {Record<string, { description: string, examples: object }>} */
const OWN = {
  visitor_type: {
    description:
      'Whether the session is the first of its visitor, as the ids of the tracker say: `new` or `returning`. `(unknown)` where visitors have no lasting id, as without consent.',
    examples: { returning: { value: ['returning'] } },
  },
  hour_of_week: {
    description: 'ISO weekday and hour, as `1-09`: Monday, 9 to 10 o’clock; `6-*` for all of Saturday.',
    examples: { saturday: { value: ['6-*'] } },
  },
};

/** @param {string} breakdown */
const ofBreakdown = (breakdown) => ({
  name: breakdown,
  in: 'query',
  description: `Only sessions that have such a value of \`${breakdown}\`. ${OWN[breakdown]?.description ?? ''} ${VALUE}`,
  schema: { type: 'array', items: { type: 'string' } },
  examples: OWN[breakdown]?.examples ?? EXAMPLES,
});

const filterBy = {
  name: 'filter_by',
  in: 'query',
  description:
    'What filters are about. `session`: all that sessions did that pass. `event`: the single events that pass; `page` is then where an event happened, sessions and visitors are those that had one, and what is of whole sessions, as `bounce_rate`, is null.',
  schema: { type: 'string', enum: ['session', 'event'], default: 'session' },
};

const traffic = {
  name: 'traffic',
  in: 'query',
  description:
    'Whose numbers: of `people`, of `bots`, or of both. Default: people; all where the collector counts bots (`counts_bots` of the site). Break bots down by `bot`, `bot_operator`, `bot_category` and `bot_reason`. In lists of events the default is all.',
  schema: { type: 'string', enum: TRAFFIC },
};

const properties = {
  name: 'properties',
  in: 'query',
  style: 'form',
  explode: true,
  description: `Only sessions with an event that has such a property: \`prop:plan=pro\`, and \`prop:cart.total=>100\` of an object within \`props\`. Besides what breakdowns take, \`>\`, \`>=\`, \`<\` and \`<=\` compare numbers; a lower and an upper bound of one property are a range. ${VALUE}`,
  schema: {
    type: 'object',
    propertyNames: { pattern: '^prop:.' },
    additionalProperties: { type: 'array', items: { type: 'string' } },
  },
  examples: {
    text: { value: { 'prop:plan': ['pro', 'team'] } },
    range: { value: { 'prop:price': ['>=100', '<200'] } },
  },
};

const reached = {
  name: 'reached',
  in: 'query',
  description:
    'Only sessions with an event that meets a goal, by its id; `!` before it: without one. Repeated: any of them, and none of those with `!`. With `filter_by=event`: the events that meet it. Where a question measures no goal, `goal` says the same.',
  schema: { type: 'array', items: { type: 'string' } },
  examples: { reached: { value: ['qPz3vB0cYt1a'] }, without: { value: ['!qPz3vB0cYt1a'] } },
};

const segment = {
  name: 'segment',
  in: 'query',
  description:
    'Only sessions in a saved segment, by its id or name: as if its filters were given. Repeated: in all of them. Further filters hold as well.',
  schema: { type: 'array', items: { type: 'string' } },
  examples: { one: { value: ['qPz3vB0cYt1a'] } },
};

/** By name in `components`. */
export const filterParameters = {
  ...Object.fromEntries(FILTER_FIELDS.map((breakdown) => [breakdown, ofBreakdown(breakdown)])),
  properties,
  reached,
  segment,
  filter_by: filterBy,
  traffic,
};

/** References to all filters but those that are none there. @param {string[]} but */
export const filtersBut = (...but) =>
  Object.keys(filterParameters)
    .filter((name) => !but.includes(name))
    .map((name) => ({ $ref: `#/components/parameters/${name}` }));
