/** What headers of browsers can make a process hold. */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, it } from 'vitest';
import { createAgents } from '../../src/ingest/user-agent.js';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

const HEADER_CHARS = 16_000;
const SENDERS = 1_000;
const MAX_HELD_BYTES = 2_000_000;

it('is nothing of a header that is longer than any browser’s', () => {
  const describeAgent = createAgents();
  // As a server reads a header: a text of its own.
  const toHeader = (text: string) => Buffer.from(text.padEnd(HEADER_CHARS, 'x')).toString('latin1');
  const describe = (sender: number) =>
    describeAgent(toHeader(`Mozilla/5.0 (Windows NT 10.0) ${sender} Chrome/141.0.0.0 Safari/537.36 `), {
      brands: toHeader(`"Brave";v="${sender}"`),
    });
  expect(describe(0)).toEqual({ browser: 'Brave', os: 'Windows', device: 'desktop' });
  collectGarbage();
  const before = process.memoryUsage().heapUsed;
  for (let sender = 1; sender <= SENDERS; sender += 1) describe(sender);
  collectGarbage();
  expect(process.memoryUsage().heapUsed - before).toBeLessThan(MAX_HELD_BYTES);
});
