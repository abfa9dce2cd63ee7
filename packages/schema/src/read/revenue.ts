/** What the read API says of orders, and of what led to them. */
import * as v from 'valibot';
import { count, described, errorFields, noteFields, range, sampleFields, standardErrors } from './words.js';

export const RevenueAmountSchema = v.pipe(
  v.object({
    currency: v.string(),
    orders: described(count, 'Conversions with an amount of zero or more.'),
    refunds: described(count, 'Conversions with a negative amount.'),
    revenue: described(v.number(), 'Sum of all amounts: refunds are subtracted.'),
    average_order_value: described(
      v.nullable(v.number()),
      'Of orders, without refunds; null where there are none.',
    ),
    ...errorFields,
  }),
  v.description('Orders in one currency.'),
);
/** Orders in one currency. */
export type RevenueAmount = v.InferOutput<typeof RevenueAmountSchema>;

const amounts = described(
  v.array(RevenueAmountSchema),
  'By currency, most orders first: never a sum of several.',
);

export const RevenueRowSchema = v.pipe(
  v.object({
    value: described(v.string(), '`(none)` where a conversion has no value of the breakdown.'),
    visitors: described(count, 'Visitors with an order.'),
    standard_errors: v.exactOptional(described(standardErrors, 'With `sample`: of `visitors`.')),
    amounts,
  }),
  v.description('Orders at one value of the breakdown.'),
);
/** Orders at one value of the breakdown. */
export type RevenueRow = v.InferOutput<typeof RevenueRowSchema>;

export const RevenueDataSchema = v.pipe(
  v.object({
    ...range,
    ...sampleFields,
    totals: amounts,
    breakdown: v.string(),
    rows: described(
      v.array(RevenueRowSchema),
      'Those with the most revenue in `currency`, by default that of most orders, first.',
    ),
    row_count: described(count, 'How many there are; `rows` has as many of them as `limit` allows.'),
    ...noteFields,
  }),
  v.description('Orders and revenue by the values of a breakdown.'),
);
/** `GET /api/revenue`: orders and revenue by the values of a breakdown. */
export type RevenueData = v.InferOutput<typeof RevenueDataSchema>;
