import { describe, expect, it } from 'vitest';
import { createFormat } from '../src/format/format.js';
import { describeChange, relative } from '../src/views/report-parts/change.js';
import { estimateError } from '../src/views/report-parts/estimate-error.js';
import { showVital } from '../src/views/web-vitals/vital-value.js';

const format = createFormat('en', 'UTC');

describe('a change', () => {
  it.each([
    [0.12, 'more', '↑ 12%', 'good'],
    [0.12, 'less', '↑ 12%', 'bad'],
    [-0.5, 'more', '↓ 50%', 'bad'],
    [-0.5, undefined, '↓ 50%', 'neither'],
    [0.004, 'more', '±0', 'neither'],
    [226.679, 'more', '↑ ×227.7', 'good'],
  ] as const)('of %d where %s is better reads %s', (change, better, text, tone) => {
    expect(describeChange(change, better, format)).toEqual({ text, tone });
  });

  it('is none where one of the two is not known, or nothing was before', () => {
    for (const [now, before] of [
      [null, 1],
      [1, null],
      [1, undefined],
      [1, 0],
    ] as const)
      expect(relative(now, before)).toBeUndefined();
    expect(relative(0, 4)).toBe(-1);
  });
});

describe('an estimate', () => {
  it('may be off by what the sample says, and a count by nothing', () => {
    expect(estimateError([{ code: 'rows_estimated', count: 4 }], 300)).toBe(30);
    expect(estimateError([{ code: 'values_as_other', count: 4 }], 300)).toBeUndefined();
    expect(estimateError(undefined, 300)).toBeUndefined();
  });
});

describe('a web vital', () => {
  it('is written in the unit that people read, and unknown is not zero', () => {
    expect([
      showVital(229.4, 'ms'),
      showVital(2_520, 'ms'),
      showVital(0.116, null),
      showVital(null, 'ms'),
    ]).toEqual(['229 ms', '2.52 s', '0.12', '–']);
  });
});
