import { expect, it } from 'vitest';
import { createTimeSlice, createTurns } from '../src/time-slice.js';

it('long work lets others have their turn before it ends', async () => {
  const slice = createTimeSlice();
  let isServed = false;
  setImmediate(() => {
    isServed = true;
  });
  const end = performance.now() + 1_000;
  while (!isServed && performance.now() < end) await slice();
  expect(isServed).toBe(true);
});

it('short work goes on without a pause', () => {
  expect(createTimeSlice()()).toBeUndefined();
});

it('one caller passes per turn of the event loop, in order', async () => {
  const turn = createTurns();
  const passed: string[] = [];
  const callers = ['a', 'b', 'c'].map(async (name) => {
    await turn();
    passed.push(name);
    setImmediate(() => passed.push(`served after ${name}`));
  });
  await Promise.all(callers);
  expect(passed).toEqual(['a', 'served after a', 'b', 'served after b', 'c']);
});
