/** Whatever visitors send, a chunk stays within its budgets; what it loses is counted. */
import { describe, expect, it } from 'vitest';
import { MAX_DICTIONARY_VALUES, MAX_PROPERTY_KEYS } from '../../src/budgets.js';
import { createChunkBuilder } from '../../src/columns/chunk-builder.js';
import { TextBudget } from '../../src/columns/text-budget.js';
import { TextDictionary } from '../../src/columns/text-dictionary.js';
import type { StoredBatch, StoredEvent } from '../../src/storage/event-store.js';
import { FROM, hash, TO } from './histories.js';
import { toRows } from './to-rows.js';

let sent = 0;

function batchOf(events: object[], more: Partial<StoredBatch> = {}): StoredBatch {
  sent += 1;
  return {
    ...{
      site: 'shop',
      session_id: 's',
      visitor_id: 'v',
      batch: `b${sent}`,
      received_at: FROM,
      expires_at: 0,
    },
    events: events.map(
      (event, index) =>
        ({
          event_type: 'click',
          event_id: `${sent}.${index}`,
          timestamp: FROM + index,
          ...event,
        }) as StoredEvent,
    ),
    ...more,
  };
}

function build(batches: Iterable<StoredBatch>) {
  const builder = createChunkBuilder({ hash, from: FROM, to: TO });
  for (const batch of batches) builder.add(batch);
  return builder.build();
}

const times = <Item>(count: number, create: (index: number) => Item): Item[] =>
  Array.from({ length: count }, (_, index) => create(index));

describe('a chunk', () => {
  it('counts the values of a dictionary that are rarest as (other)', () => {
    const random = times(17_000, (index) => ({ page_url: `https://shop.example/${index}` }));
    const events = [...times(50, () => ({ page_url: 'https://shop.example/cart' })), ...random];
    const chunk = build([batchOf(events)]);
    const pages = toRows(chunk).map(({ page }) => page);
    expect(chunk.event().page.values.length).toBeLessThanOrEqual(MAX_DICTIONARY_VALUES);
    expect(pages.filter((page) => page === '/cart')).toHaveLength(50);
    const others = pages.filter((page) => page === '(other)').length;
    expect(others).toBeGreaterThan(0);
    expect(chunk.over.get('(other)')).toBe(others);
    expect(new Set(pages).size).toBe(17_002 - others);
  });

  it('counts names of events beyond the budget as (other) events of their type', () => {
    const events = times(17_000, (index) => ({ event_type: 'custom', name: `n${index}` }));
    const chunk = build([batchOf([...events, { event_type: 'page_view' }, {}])]);
    const { kinds } = chunk.event();
    expect(kinds.length).toBeLessThan(MAX_DICTIONARY_VALUES);
    expect(kinds).toContainEqual({ type: 'custom', name: '(other)' });
    expect(kinds).toContainEqual({ type: 'page_view', name: 'page_view' });
    expect(kinds).toContainEqual({ type: 'click', name: 'click' });
    expect(toRows(chunk)).toHaveLength(17_002);
  });

  it('merges contexts that differ in values counted as (other) alone', () => {
    const chunk = build(times(20_000, (index) => batchOf([{}], { entry_page: `/p${index % 17_000}` })));
    const { count, firstEvent, dimensions, session } = chunk.context();
    expect(dimensions.entry_page.values.length).toBeLessThanOrEqual(MAX_DICTIONARY_VALUES);
    expect(new Set(dimensions.entry_page.codes).size).toBe(count);
    expect(firstEvent.at(-1)).toBe(20_000);
    expect(new Set(session)).toEqual(new Set([0]));
  });

  it('leaves out the keys that fewest events have, and properties beyond those of one event', () => {
    const plan = times(10, () => ({ props: { plan: 'pro' } }));
    const ids = times(500, (index) => ({ props: { [`id${index}`]: index } }));
    const wide = { props: Object.fromEntries(times(20, (index) => [`wide${index}`, true])) };
    const chunk = build([batchOf([...plan, ...ids, wide])]);
    const columns = chunk.property();
    expect(columns.size).toBeLessThanOrEqual(MAX_PROPERTY_KEYS);
    expect(columns.get('plan')?.rows).toHaveLength(10);
    const left = [...columns.values()].reduce((sum, { rows }) => sum + rows.length, 0);
    expect(chunk.over.get('dropped.property')).toBe(10 + 500 + 20 - left);
    expect([...columns.keys()].filter((key) => key.startsWith('wide'))).toHaveLength(16);
  });

  it('cuts long values and says how many', () => {
    const chunk = build([
      batchOf([
        { page_title: 'x'.repeat(600), props: { a: 'y'.repeat(200), b: 'z'.repeat(128) } },
        { href: `https://shop.example/${'a'.repeat(2_000)}` },
      ]),
    ]);
    const [first, second] = toRows(chunk);
    expect(first?.title).toHaveLength(512);
    expect(first?.props.a).toBe(`${'y'.repeat(127)}…`);
    expect(first?.props.b).toBe('z'.repeat(128));
    expect(second?.link).toHaveLength(512);
    expect(chunk.over.get('truncated')).toBe(3);
  });

  it('takes as many currencies as a rollup', () => {
    const codes = times(40, (index) => `Z${10 + index}`);
    const events = [...codes, 'EUR'].map((currency) => ({
      event_type: 'conversion',
      conversion_type: 'purchase',
      value: 1,
      currency,
    }));
    const chunk = build([batchOf(events)]);
    const rows = toRows(chunk);
    expect(rows.filter(({ micros }) => micros === 1e6)).toHaveLength(33);
    expect(rows.at(-1)).toMatchObject({ currency: 'EUR', micros: 1e6 });
    expect(chunk.over.get('dropped.currency')).toBe(8);
  });

  it('has the place where an error was thrown, as each browser writes it', () => {
    const stacks = [
      'TypeError: x is not a function\n    at render (https://shop.example/app.js:10:5)\n    at main (https://shop.example/app.js:2:1)',
      'render@https://shop.example/app.js:10:5\nmain@https://shop.example/app.js:2:1',
      'no frames here',
    ];
    const chunk = build([
      batchOf(
        stacks.map((stack) => ({ event_type: 'custom', name: 'error', props: { message: 'x', stack } })),
      ),
    ]);
    expect(toRows(chunk).map(({ props }) => props)).toEqual([
      { message: 'x', frame: 'render (https://shop.example/app.js:10:5)' },
      { message: 'x', frame: 'render@https://shop.example/app.js:10:5' },
      { message: 'x' },
    ]);
  });
});

describe('dictionaries', () => {
  it('together stay within their budget in bytes', () => {
    const budget = new TextBudget(100_000);
    const dictionaries = times(5, () => new TextDictionary(budget));
    const columns = dictionaries.map((dictionary) => dictionary.createColumn());
    for (let index = 0; index < 5_000; index += 1) {
      dictionaries.forEach((dictionary, at) => {
        const column = columns[at];
        if (column) dictionary.push(column, `${index % (at + 1) === 0 ? index : 'often'}${'x'.repeat(100)}`);
      });
      expect(budget.bytes).toBeLessThanOrEqual(100_000);
    }
    expect(dictionaries.reduce((sum, { bytes }) => sum + bytes, 0)).toBe(budget.bytes);
    expect(columns.map(({ length }) => length)).toEqual(times(5, () => 5_000));
    expect(dictionaries[4]?.getValue(columns[4]?.get(1) ?? 0)).toBe(`often${'x'.repeat(100)}`);
  });

  it('hold text that can be stored: half of a pair stands for no letter', () => {
    const dictionary = new TextDictionary(new TextBudget());
    const column = dictionary.createColumn();
    for (const value of ['a\ud800', 'a\udc00', 'a🙂', 'a\ufffd']) dictionary.push(column, value);
    expect(times(4, (row) => dictionary.getValue(column.get(row)))).toEqual([
      'a\ufffd',
      'a\ufffd',
      'a🙂',
      'a\ufffd',
    ]);
  });

  it('take a value even where their budget has room for none', () => {
    const budget = new TextBudget(10);
    const dictionary = new TextDictionary(budget);
    const column = dictionary.createColumn();
    for (const value of ['a', 'b', 'a']) dictionary.push(column, value);
    expect([0, 1, 2].map((row) => dictionary.getValue(column.get(row)))).toEqual(times(3, () => '(other)'));
  });
});
