import { describe, expect, it } from 'vitest';
import {
  type AlertRule,
  type AlertState,
  evaluateRule,
  toPublicState,
} from '../../src/alerts/alert-state.js';
import { CLAIM_MS, claimMessage, recordAttempt } from '../../src/alerts/delivery-lease.js';

const MINUTE = 60_000;
const rule: AlertRule = {
  name: 'busy',
  metric: 'page_views',
  comparison: 'above',
  threshold: 10,
  window_minutes: 5,
  webhook: 'https://hooks.example/',
  enabled: true,
};

/** The states after checks of these values, a minute apart. */
function play(values: (number | null)[], changes: Partial<AlertRule> = {}): AlertState[] {
  let state: AlertState | undefined;
  let made = 0;
  const newId = () => {
    made += 1;
    return `m${made}`;
  };
  return values.map((value, minute) => {
    const reading =
      value === null ? ({ known: false, atLeast: 0 } as const) : ({ known: true, value } as const);
    state = evaluateRule(state, { ...rule, ...changes }, reading, minute * MINUTE, newId);
    return state;
  });
}
const statuses = (states: AlertState[]) => states.map(({ status }) => status);
const told = (states: AlertState[]) => states.at(-1)?.waiting.map(({ kind }) => kind);

describe('An alert', () => {
  it('fires when its number is beyond the threshold, and says so once; and once more when that is over', () => {
    const states = play([10, 11, 12, 10]);
    expect(statuses(states)).toEqual(['ok', 'firing', 'firing', 'ok']);
    expect(told(states)).toEqual(['fired', 'resolved']);
    expect(states[3]?.waiting[1]).toMatchObject({ value: 10, firedAt: MINUTE, resolvedAt: 3 * MINUTE });
  });

  it('fires below as well', () => {
    expect(statuses(play([10, 9], { comparison: 'below' }))).toEqual(['ok', 'firing']);
  });

  it('waits as long as it is to', () => {
    const states = play([11, 11, 9, 11, 11, 11, 11], { for_minutes: 3 });
    expect(statuses(states)).toEqual(['pending', 'pending', 'ok', 'pending', 'pending', 'pending', 'firing']);
    expect(told(states)).toEqual(['fired']);
  });

  it('does not fire again before it has rested', () => {
    const states = play([11, 9, 11, 11, 11, 11], { cooldown_minutes: 5 });
    expect(statuses(states)).toEqual(['firing', 'ok', 'pending', 'pending', 'pending', 'firing']);
    expect(told(states)).toEqual(['fired', 'resolved', 'fired']);
  });

  it('stays as it is while its number can’t be known', () => {
    expect(statuses(play([11, null, 9, null]))).toEqual(['firing', 'firing', 'ok', 'ok']);
    const atLeast = { known: false, atLeast: 11 } as const;
    const check = (comparison: 'above' | 'below') =>
      evaluateRule(undefined, { ...rule, comparison }, atLeast, 0, () => 'm').status;
    expect([check('above'), check('below')]).toEqual(['firing', 'ok']);
  });

  it('that is switched off while it fires is over', () => {
    const [, firing] = play([9, 11]);
    const off = evaluateRule(
      firing,
      { ...rule, enabled: false },
      { known: true, value: 0 },
      2 * MINUTE,
      () => 'm',
    );
    expect([off.status, off.waiting.map(({ kind, value }) => [kind, value])]).toEqual([
      'ok',
      [
        ['fired', 11],
        ['resolved', null],
      ],
    ]);
  });

  it('without a webhook has nothing to send', () => {
    const { webhook: _, ...silent } = rule;
    const state = evaluateRule(undefined, silent, { known: true, value: 11 }, 0, () => 'm');
    expect([state.status, state.waiting]).toEqual(['firing', []]);
  });

  it('keeps the newest messages where its receiver is away for long', () => {
    const states = play(
      Array.from({ length: 30 }, (_, at) => (at % 2 ? 11 : 9)),
      { cooldown_minutes: 0 },
    );
    const waiting = states.at(-1)?.waiting ?? [];
    expect(waiting).toHaveLength(6);
    expect(waiting.at(-1)?.firedAt).toBe(29 * MINUTE);
  });
});

describe('A message', () => {
  const [firing] = play([11]) as [AlertState];

  it('is claimed by one at a time, and by another once that claim has run out', () => {
    const first = claimMessage(firing, 'a', 0);
    if (!first) throw new Error('it was free');
    expect(claimMessage(first.state, 'b', CLAIM_MS - 1)).toBeUndefined();
    expect(claimMessage(first.state, 'b', CLAIM_MS)?.message).toMatchObject({ id: 'm1', attempts: 2 });
  });

  it('is tried six times, later each time, and then given up', () => {
    let state = firing;
    let now = 0;
    const waits: number[] = [];
    for (;;) {
      const claim = claimMessage(state, 'a', now);
      if (!claim) break;
      state =
        recordAttempt(claim.state, claim.message, { httpStatus: 500, error: 'answered 500' }, now) ?? state;
      const dueAt = state.waiting[0]?.dueAt;
      if (dueAt === undefined) break;
      expect(claimMessage(state, 'a', dueAt - 1)).toBeUndefined();
      waits.push((dueAt - now) / 1_000);
      now = dueAt;
    }
    expect(waits).toEqual([30, 60, 120, 240, 480]);
    expect(toPublicState(state).delivery).toEqual({
      message: 'fired',
      status: 'given_up',
      at: new Date(now).toISOString(),
      attempts: 6,
      http_status: 500,
      error: 'answered 500',
    });
  });

  it('that was delivered is gone, also where its claim had run out; of a failure only who has the claim may speak', () => {
    const late = claimMessage(firing, 'a', 0);
    const now = late && claimMessage(late.state, 'b', CLAIM_MS);
    if (!late || !now) throw new Error('it was free');
    expect(recordAttempt(now.state, late.message, { error: 'reset' }, CLAIM_MS)).toBeUndefined();
    expect(recordAttempt(now.state, late.message, undefined, CLAIM_MS)?.waiting).toEqual([]);
  });
});
