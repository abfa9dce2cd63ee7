import { describe, expect, it } from 'vitest';
import { visitorType } from '../../src/events/visitor-type.js';
import { DAY_MS } from '../../src/time/ms.js';

const NOW = Date.UTC(2026, 0, 31);
const id = (at: number, random = '0.8316532') => `${at.toString(36)}${random}`;

describe('whether a visitor is new', () => {
  it.each<[string, number, 'new' | 'returning' | undefined]>([
    ['made with the session', 0, 'new'],
    ['made just before it', -3, 'new'],
    ['made within the session, after its storage was cleared', 60_000, 'new'],
    ['made an hour before', -3_600_000, 'returning'],
    ['made a year before', -365 * DAY_MS, 'returning'],
    ['made after the session can have ended', 2 * DAY_MS, undefined],
  ])('an id that was %s', (_, offset, expected) => {
    expect(visitorType({ visitor_id: id(NOW + offset), session_id: id(NOW) })).toBe(expected);
  });

  it.each(['0', '0.5', '5e-8', '1.25e-9'])('reads a random fraction of %s', (random) => {
    expect(visitorType({ visitor_id: id(NOW, random), session_id: id(NOW, random) })).toBe('new');
  });

  it.each([
    ['of a day', 'kZ3vB0cYt1aQpHk2_mW9xL'],
    ['of a server', 'server'],
    ['of one’s own', 'user-12345678'],
    ['a UUID', '0193e5b0-7c1a-7000-8000-000000000000'],
  ])('is not known of an id that is %s', (_, visitor_id) => {
    expect(visitorType({ visitor_id, session_id: id(NOW) })).toBeUndefined();
  });

  it('is not known of a session that was named by the collector', () => {
    expect(visitorType({ visitor_id: id(NOW), session_id: 'u.kZ3vB0cYt1aQpHk2_mW9xL' })).toBeUndefined();
  });
});
