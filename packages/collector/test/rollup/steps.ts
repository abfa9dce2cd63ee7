/** What can happen to a simulated site, and the arbitraries that choose it. */
import fc from 'fast-check';

/** What happens next. */
export type Step =
  | { kind: 'tick'; minutes: number }
  | {
      kind: 'send';
      /** Batches that follow each other: an hour of several steps. */
      times: number;
      session: number;
      shape: number;
      delayMs: number;
      lagMs: number;
      again: boolean;
      bot: boolean;
    }
  | { kind: 'import'; session: number; hoursAgo: number }
  | { kind: 'advance'; kills: Kill[] }
  | { kind: 'land' };

/** One of several advancers that run at once: at its n-th call it is killed, before or after the call is done, or the call is done later. */
export interface Kill {
  call: number;
  /** Whether only puts of numbers are counted. */
  puts: boolean;
  /** Whether its requests meet with the faults of a network and a busy database besides. */
  faults: boolean;
  how: 'never' | 'before' | 'after' | 'late';
  /** Of one that is done later: after so many calls more, by whomever, if not before. */
  landsAfterCalls: number;
}

/** A round that comes to its end. */
export const UNHARMED: Kill = { call: 0, puts: false, faults: false, how: 'never', landsAfterCalls: 0 };

const landsAfterCalls = fc.integer({ min: 0, max: 40 });

const kill = fc.oneof(
  {
    weight: 2,
    arbitrary: fc.record({
      call: fc.constant(0),
      puts: fc.constant(false),
      faults: fc.boolean(),
      how: fc.constant('never' as const),
      landsAfterCalls: fc.constant(0),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      call: fc.integer({ min: 0, max: 14 }),
      puts: fc.constant(false),
      faults: fc.boolean(),
      how: fc.constantFrom('before' as const, 'after' as const, 'late' as const),
      landsAfterCalls,
    }),
  },
  // What lands late is worst where it is a put that others have gone past.
  {
    weight: 3,
    arbitrary: fc.record({
      call: fc.constantFrom(0, 0, 1, 3),
      puts: fc.constant(true),
      faults: fc.boolean(),
      how: fc.constant('late' as const),
      landsAfterCalls,
    }),
  },
);

export const stepsUpTo = (maxLength: number): fc.Arbitrary<Step[]> =>
  fc.array(
    fc.oneof(
      {
        weight: 4,
        arbitrary: fc.record({
          kind: fc.constant('tick' as const),
          minutes: fc.oneof(
            fc.integer({ min: 1, max: 10 }),
            fc.integer({ min: 10, max: 90 }),
            fc.integer({ min: 90, max: 700 }),
          ),
        }),
      },
      {
        weight: 8,
        arbitrary: fc.record({
          kind: fc.constant('send' as const),
          times: fc.constantFrom(1, 1, 2, 6),
          session: fc.integer({ min: 0, max: 12 }),
          shape: fc.integer({ min: 0, max: 1_000 }),
          delayMs: fc.integer({ min: 0, max: 60_000 }),
          lagMs: fc.integer({ min: 0, max: 55_000 }),
          again: fc.boolean(),
          bot: fc.constantFrom(false, false, false, true),
        }),
      },
      {
        weight: 1,
        arbitrary: fc.record({
          kind: fc.constant('import' as const),
          session: fc.integer({ min: 0, max: 12 }),
          hoursAgo: fc.integer({ min: 0, max: 60 }),
        }),
      },
      {
        weight: 4,
        arbitrary: fc.record({
          kind: fc.constant('advance' as const),
          kills: fc.array(kill, { minLength: 1, maxLength: 3 }),
        }),
      },
      { weight: 1, arbitrary: fc.record({ kind: fc.constant('land' as const) }) },
    ),
    { minLength: 8, maxLength },
  );
