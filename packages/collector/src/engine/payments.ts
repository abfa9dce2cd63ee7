/** Amounts of conversions. Pure. */
import type { Chunk, EventColumns } from '../columns/chunk.js';

export interface Payment {
  currency: string;
  micros: number;
}

/** Undefined where no amount counts. */
export function toPayment({ kind, kinds, micros }: EventColumns, index: number): Payment | undefined {
  const currency = kinds[kind[index] ?? 0]?.currency;
  const amount = micros[index] ?? Number.NaN;
  return currency === undefined || Number.isNaN(amount) ? undefined : { currency, micros: amount };
}

/** Kept for as long as the columns that they are of. */
const known = new WeakMap<EventColumns, ReadonlyMap<number, Payment[]>>();

/** Those of conversions, by context. */
export function listPayments(chunk: Chunk): ReadonlyMap<number, Payment[]> {
  const event = chunk.event();
  let payments = known.get(event);
  if (!payments) {
    payments = list(event, chunk.context().firstEvent);
    known.set(event, payments);
  }
  return payments;
}

function list(event: EventColumns, firstEvent: Uint32Array): ReadonlyMap<number, Payment[]> {
  const { kind, kinds } = event;
  const payments = new Map<number, Payment[]>();
  const isPaid = kinds.map(({ type, currency }) => type === 'conversion' && currency !== undefined);
  if (!isPaid.includes(true)) return payments;
  let context = 0;
  for (let index = 0; index < kind.length; index += 1) {
    if (!isPaid[kind[index] ?? 0]) continue;
    while ((firstEvent[context + 1] ?? kind.length) <= index) context += 1;
    const payment = toPayment(event, index);
    const before = payments.get(context);
    if (payment && before) before.push(payment);
    else if (payment) payments.set(context, [payment]);
  }
  return payments;
}
