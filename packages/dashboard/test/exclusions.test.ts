import { describe, expect, it } from 'vitest';
import { countExcluded } from '../src/views/exclusions/count-excluded.js';
import { EXCLUSIONS } from '../src/views/exclusions/messages.js';

const reason = (code: 'excluded' | 'rate_limited', path: string, count: number) => ({
  ...{ code, path, count },
  message: '',
});

describe('an exclusion', () => {
  it('has the events that its rule left out, not those of another', () => {
    const rejections = [
      reason('excluded', 'path /admin/*', 3),
      reason('excluded', 'path /admin', 5),
      reason('rate_limited', 'path /admin/*', 7),
    ];
    expect(countExcluded({ rejections }, { by: 'path', value: '/admin/*' })).toBe(3);
    expect(countExcluded({ rejections }, { by: 'host', value: '/admin/*' })).toBe(0);
  });

  it('is counted though its reason is cut', () => {
    const value = `/${'a'.repeat(250)}`;
    const rejections = [reason('excluded', `path ${value}`.slice(0, 200), 2)];
    expect(countExcluded({ rejections }, { by: 'path', value })).toBe(2);
  });

  it('has words in both languages', () => {
    expect(Object.keys(EXCLUSIONS.ko)).toEqual(Object.keys(EXCLUSIONS.en));
  });
});
