import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import type { StoredBatch } from '@liveinsight/collector';
import { describe, expect, it } from 'vitest';
import { checkClock, checkDatabase } from '../src/checks/database.js';
import { checkNode } from '../src/checks/node-and-folder.js';
import { jsonLines } from '../src/tail/format-lines.js';

describe('the doctor on clocks', () => {
  const noon = Date.parse('2026-01-31T12:00:00Z');
  it.each([
    [0, 'ok'],
    [999, 'ok'],
    [29_000, 'ok'],
    [31_500, 'warning'],
    [-31_000, 'warning'],
    [300_000, 'problem'],
    [-300_000, 'problem'],
  ])('calls one that is %i ms ahead of the database’s whole second %s', (offset, state) => {
    expect(checkClock(noon, noon + offset).state).toBe(state);
  });

  it('says nothing of a clock that is not told', () => {
    expect(checkClock(Number.NaN, noon)).toMatchObject({ state: 'ok' });
  });
});

describe('the doctor on a database that closes every connection', () => {
  it('does not advise to run the doctor', async () => {
    const server = createServer((socket) => socket.destroy()).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const [finding] = await checkDatabase(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, {});
    server.close();
    expect(finding).toMatchObject({ state: 'problem', remedy: expect.stringContaining('Check that') });
    expect(finding?.remedy).not.toContain('doctor');
  });
});

describe('the doctor on Node', () => {
  it.each([
    ['18.20.0', 'problem'],
    ['20.18.9', 'problem'],
    ['20.19.0', 'warning'],
    ['22.0.0', 'ok'],
    ['24.1.0', 'ok'],
  ])('calls %s a case of %s', (version, state) => expect(checkNode(version).state).toBe(state));
});

describe('tail for programs', () => {
  it('gives each event of a batch with all that is known of the batch', () => {
    const batch: StoredBatch = {
      site: 'shop',
      session_id: 's',
      visitor_id: 'v',
      batch: 'a',
      received_at: Date.parse('2026-01-31T12:00:00Z'),
      expires_at: 1,
      bot: true,
      events: [
        { event_id: 'a', event_type: 'page_view', timestamp: 5 },
        { event_id: 'b', event_type: 'click', timestamp: 6 },
      ],
    };
    const known = {
      site: 'shop',
      session_id: 's',
      batch: 'a',
      bot: true,
      received_at: '2026-01-31T12:00:00.000Z',
    };
    expect(jsonLines(batch).map((line) => JSON.parse(line))).toMatchObject([
      { ...known, event_id: 'a', event_type: 'page_view', timestamp: 5 },
      { ...known, event_id: 'b', event_type: 'click', timestamp: 6 },
    ]);
  });
});
