import { describe, expect, it } from 'vitest';
import { BoundedRows } from '../../src/engine/bounded-rows.js';
import { toOtherNotes } from '../../src/reports/report-notes.js';

describe('rows up to a number', () => {
  it('counts later values as (other), and how many times', () => {
    const rows = new BoundedRows(2, (number) => ({ number, times: 0 }));
    for (const value of ['a', 'b', 'c', 'a', 'd', 'c']) rows.find(value).times += 1;
    expect([...rows]).toEqual([
      ['a', { number: 0, times: 2 }],
      ['b', { number: 1, times: 1 }],
      ['(other)', { number: 2, times: 3 }],
    ]);
    expect(rows.over).toBe(3);
    // In a sample of a quarter of all visitors.
    const [note] = toOtherNotes(rows.over, 4);
    expect(note).toMatchObject({ code: 'values_as_other', count: 12 });
    expect(note?.message).toMatch(/ 12 times$/);
  });

  it('says nothing of an (other) that was sent', () => {
    const rows = new BoundedRows(1, (number) => number);
    rows.find('(other)');
    rows.find('(other)');
    expect(rows.over).toBe(0);
    expect(toOtherNotes(rows.over, 1)).toEqual([]);
  });
});
