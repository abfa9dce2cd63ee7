/** What cannot be sent to another thread is an error of its call, not of the process. */
import { MessageChannel } from 'node:worker_threads';
import { afterEach, expect, it } from 'vitest';
import { type Channel, createCalls } from '../../src/threads/calls.js';

type Remote = { give(value: unknown): unknown; getFunction(): unknown };

const { port1, port2 } = new MessageChannel();
afterEach(() => port1.close());

it('rejects what is no data, asked or answered, and goes on', async () => {
  const { call } = createCalls<Remote>(port1 as Channel, {});
  createCalls(port2 as Channel, { give: (value: unknown) => value, getFunction: () => () => {} });
  await expect(call('give', () => {})).rejects.toThrow('could not be cloned');
  await expect(call('getFunction')).rejects.toThrow('could not be cloned');
  expect(await call('give', 'data')).toBe('data');
});
