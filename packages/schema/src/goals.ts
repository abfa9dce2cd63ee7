/** Goals: what visitors are to do, by which every question can be asked. */
import * as v from 'valibot';
import { CURRENCIES } from './currencies.js';
import { filledText, integerWithin, jsonObject, numberWithin, optionalField } from './fields.js';
import { MAX_NAME_CHARS, MAX_URL_CHARS, MAX_VALUE } from './limits.js';

/** Properties that the events of a goal must have. */
export const MAX_GOAL_PROPERTIES = 10;
/** Values that one of them may be given. */
export const MAX_GOAL_PROPERTY_VALUES = 50;
/** Names of properties on the way to one within objects. */
const MAX_PROPERTY_KEY_CHARS = 3 * MAX_NAME_CHARS + 2;

const KINDS = ['event', 'conversion', 'scroll_pct'] as const;

const propertyValue = v.union([filledText(MAX_URL_CHARS), v.pipe(v.number(), v.finite()), v.boolean()]);
const properties = v.pipe(
  jsonObject,
  v.record(
    filledText(MAX_PROPERTY_KEY_CHARS),
    v.union(
      [propertyValue, v.pipe(v.array(propertyValue), v.minLength(1), v.maxLength(MAX_GOAL_PROPERTY_VALUES))],
      `must be a text of 1 to ${MAX_URL_CHARS} characters, a number, true or false, or a list of 1 to ${MAX_GOAL_PROPERTY_VALUES} of these`,
    ),
    'must be an object of values by property',
  ),
  v.check(
    (keys) => Object.keys(keys).length <= MAX_GOAL_PROPERTIES,
    `must have at most ${MAX_GOAL_PROPERTIES} properties`,
  ),
);

export const GoalInputSchema = v.pipe(
  v.object({
    name: v.pipe(filledText(MAX_NAME_CHARS), v.description('For people.')),
    page: optionalField(
      filledText(MAX_URL_CHARS),
      'Path of the page, written as a filter: `/thanks`, `/docs/*`, `~checkout`. Without `event`, `conversion` and `scroll_pct`: that it is viewed. With one of them: where it happens.',
    ),
    page_group: optionalField(
      filledText(MAX_URL_CHARS),
      'Instead of `page`: the group of the page, as rules of the site put it, written as a filter.',
    ),
    event: optionalField(
      filledText(MAX_NAME_CHARS),
      'Event type, name of a custom event, or conversion type, written as a filter: `signup`, `download_*`.',
    ),
    conversion: optionalField(
      filledText(MAX_NAME_CHARS),
      'Conversion type, written as a filter: `purchase`.',
    ),
    scroll_pct: optionalField(integerWithin(1, 100), 'How far down the page must be seen, in percent.'),
    properties: optionalField(
      properties,
      'What the event’s properties must be, texts written as a filter: `{ "plan": "pro", "seats": [">=5", "<100"] }`. A list: any of them, and none of those with `!`.',
    ),
    value: optionalField(
      numberWithin(-MAX_VALUE, MAX_VALUE),
      'What each is worth, in units of `currency`. Default: of conversions, the amount they were sent with.',
    ),
    value_property: optionalField(
      filledText(MAX_PROPERTY_KEY_CHARS),
      'Instead of `value`: the property of the event that has the amount, in units of `currency`.',
    ),
    currency: optionalField(
      v.picklist([...CURRENCIES.keys()], 'must be a currency as EUR (ISO 4217, in capital letters)'),
      'With `value` or `value_property`: the currency of the amount.',
    ),
  }),
  v.check(
    (goal) =>
      goal.page !== undefined ||
      goal.page_group !== undefined ||
      KINDS.some((kind) => goal[kind] !== undefined),
    `must have page, page_group, or one of ${KINDS.join(', ')}`,
  ),
  v.check(
    (goal) => KINDS.filter((kind) => goal[kind] !== undefined).length <= 1,
    `must have at most one of ${KINDS.join(', ')}`,
  ),
  v.forward(
    v.partialCheck(
      [['page'], ['page_group']],
      ({ page, page_group }) => page === undefined || page_group === undefined,
      'must not stand with page',
    ),
    ['page_group'],
  ),
  v.forward(
    v.partialCheck(
      [['value'], ['value_property']],
      ({ value, value_property }) => value === undefined || value_property === undefined,
      'must not stand with value: an amount is either the same each time or of a property',
    ),
    ['value_property'],
  ),
  v.forward(
    v.partialCheck(
      [['value'], ['value_property'], ['currency']],
      ({ value, value_property, currency }) =>
        (value === undefined && value_property === undefined) === (currency === undefined),
      'must stand with value or value_property, and each of these with a currency',
    ),
    ['currency'],
  ),
  v.description(
    'What visitors are to do: view a page, do something, scroll, or convert. Counts for all that is stored, whenever it was defined.',
  ),
);
/** What visitors are to do. */
export type GoalInput = v.InferOutput<typeof GoalInputSchema>;
