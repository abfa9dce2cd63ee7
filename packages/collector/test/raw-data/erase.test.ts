import { DynamoDBClient, ScanCommand } from '@aws-sdk/client-dynamodb';
import { type Collector, createCollector } from '@liveinsight/collector';
import { dynamoStore } from '@liveinsight/collector/dynamodb';
import { sampleBatch } from '@liveinsight/testing/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eraseUser } from '../../src/raw-data/erase.js';
import { createSites } from '../../src/sites/site-registry.js';
import {
  ADMIN_KEY,
  type DynamoStack,
  post,
  READ_KEY,
  readReply,
  SECRET,
  startDynamoStack,
} from '../stack.js';
import { ask, linesOf } from './ask.js';

const DAY_MS = 86_400_000;

interface Erased {
  sessions: number;
  batches: number;
  events: number;
  cursor?: string;
}

describe('an erasure', () => {
  let stack: DynamoStack;
  let client: DynamoDBClient;
  const sites = ['shop', 'mixed', 'device', 'old', 'late', 'long', 'live'].map((id) => ({
    id,
    retentionDays: 30,
  }));
  beforeAll(async () => {
    stack = await startDynamoStack({ sites, adminKeys: [ADMIN_KEY] });
    const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
    client = new DynamoDBClient({ endpoint: stack.endpoint, region: 'us-east-1', credentials });
  });
  afterAll(async () => {
    client.destroy();
    await stack.close();
  });

  const erase = async (path: string) =>
    readReply<Erased>(await ask(stack.collector, `/api${path}`, { method: 'DELETE' }));

  /** Keys of all items of the site, in both tables, that mention the text. */
  async function itemsWith(site: string, text: string): Promise<string[]> {
    const found: string[] = [];
    for (const TableName of ['liveinsight-events', 'liveinsight-rollups']) {
      const { Items = [] } = await client.send(new ScanCommand({ TableName }));
      for (const item of Items) {
        if (item.pk?.S?.startsWith(site) && JSON.stringify(item).includes(text))
          found.push(`${item.pk.S} ${item.sk?.S}`);
      }
    }
    return found;
  }

  it('of a user leaves nothing of them in any item, and everything of others', async () => {
    const site = 'shop';
    const ann = { site, user_id: 'ann/1 ü', visitor_id: 'device-ann' };
    await stack.store.append(
      sampleBatch(['e1'], { ...ann, session_id: 'ann-1', user_id: undefined as never }),
    );
    await stack.store.append(sampleBatch(['e2', 'e3'], { ...ann, session_id: 'ann-1' }));
    await stack.store.append(sampleBatch(['e2', 'e4'], { ...ann, session_id: 'ann-1', batch: 'e2' }));
    await stack.store.append(
      sampleBatch(['e5'], { ...ann, session_id: 'ann-2', received_at: Date.now() - 2 * DAY_MS }),
    );
    await stack.store.append(sampleBatch(['e6'], { ...ann, session_id: 'ann-3', retention_days: -9 }));
    await stack.store.append(
      sampleBatch(['e7'], { site, session_id: 'bob-1', user_id: 'bob', visitor_id: 'device-bob' }),
    );

    const path = `/users/${encodeURIComponent(ann.user_id)}`;
    const exported = linesOf(await (await ask(stack.collector, `/api${path}/export`)).text());
    expect(exported.map(({ batch }) => batch).sort()).toEqual(['e1', 'e2', 'e2', 'e5']);

    const { code, data } = await erase(path);
    expect({ code, ...data }).toEqual({ code: 200, sessions: 3, batches: 5, events: 6 });
    expect(await itemsWith(site, 'ann')).toEqual([]);
    expect(await stack.store.sessionsOfUser(site, 'bob')).toEqual(['bob-1']);
    expect(await stack.store.session(site, 'bob-1')).toHaveLength(1);
    const today = new Date().toISOString().slice(0, 10);
    expect((await stack.store.markedDays(site, 'erase')).map(({ day }) => day)).toContain(today);

    expect((await erase(path)).data).toEqual({ sessions: 0, batches: 0, events: 0 });
    expect(await (await ask(stack.collector, `/api${path}/export`)).text()).toBe('');
  });

  it('keeps of a shared session what names others, and takes what may be the user’s', async () => {
    const site = 'mixed';
    const session = { site, session_id: 'shared', visitor_id: 'device' };
    await stack.store.append(sampleBatch(['e1'], session));
    await stack.store.append(sampleBatch(['e2'], { ...session, user_id: 'ann' }));
    await stack.store.append(sampleBatch(['e3'], { ...session, user_id: 'bob' }));
    const exported = linesOf(await (await ask(stack.collector, `/api/users/ann/export?site=${site}`)).text());
    expect(exported.map(({ batch }) => batch)).toEqual(['e2']);
    expect((await erase(`/users/ann?site=${site}`)).data.batches).toBe(2);
    expect((await stack.store.session(site, 'shared')).map(({ batch }) => batch)).toEqual(['e3']);
    expect(await stack.store.sessionsOfUser(site, 'bob')).toEqual(['shared']);
  });

  it('reaches what came in after it, when it is called again', async () => {
    const batch = { site: 'late', session_id: 's', user_id: 'ann' };
    await stack.store.append(sampleBatch(['e1'], batch));
    await erase('/users/ann?site=late');
    await stack.store.append(sampleBatch(['e2'], batch));
    expect((await erase('/users/ann?site=late')).data.batches).toBe(1);
    expect(await itemsWith('late', 'ann')).toEqual([]);
  });

  it('of a user in any number of sessions ends: in parts, each of which leaves less', async () => {
    const site = 'flooded';
    const flooded = createSites({ sites: [{ id: site }] }).all[0];
    if (!flooded) throw new Error('there is a site');
    const sessions = Array.from({ length: 60 }, (_, at) => `forged-${at}`);
    const forged = { site, user_id: 'ann', visitor_id: 'stranger' };
    await Promise.all(
      sessions.map((session_id) =>
        stack.store.append(sampleBatch([`of-${session_id}`], { ...forged, session_id })),
      ),
    );
    const left: number[] = [];
    let after: string | undefined;
    do {
      const parts = { store: stack.store, forget: () => {} };
      const erasure = await eraseUser(parts, flooded, 'ann', { after, withinMs: 0 });
      after = erasure.cursor;
      left.push((await stack.store.sessionsOfUser(site, 'ann')).length);
    } while (after !== undefined && left.length < sessions.length);
    expect(left.at(-1)).toBe(0);
    expect(left).toEqual(left.toSorted((a, b) => b - a));
    expect(left.length).toBeLessThan(sessions.length / 2);
    expect(await itemsWith(site, 'ann')).toEqual([]);
  });

  it('of a session with many batches deletes them page by page, those of others not', async () => {
    const site = 'long';
    const session = { site, session_id: 'long' };
    const ids = Array.from({ length: 130 }, (_, at) => `e${at}`);
    await Promise.all(
      ids.map((id, at) =>
        stack.store.append(sampleBatch([id], { ...session, user_id: at % 10 === 0 ? 'bob' : 'ann' })),
      ),
    );
    expect((await erase(`/users/ann?site=${site}`)).data).toEqual({ sessions: 1, batches: 117, events: 117 });
    expect(await stack.store.session(site, 'long')).toHaveLength(13);
  });

  it('is forgotten by the live view of every process at once', async () => {
    const site = 'live';
    const other = createCollector({
      store: dynamoStore({ endpoint: stack.endpoint }),
      secret: SECRET,
      sites: [{ id: site }],
      readKeys: [READ_KEY],
      rollUpEverySeconds: 0,
    });
    const view = async (of: Collector) =>
      (
        await ask(of, `/api/realtime?site=${site}`, { headers: { authorization: `Bearer ${READ_KEY}` } })
      ).text();
    await Promise.all([stack.collector, other].map(view));
    const send = (user_id: string) =>
      stack.collector.fetch(
        new Request('http://c/api/events', post({ site, user_id, events: [{ event_type: 'page_view' }] })),
      );
    await send('ann-live');
    await send('bob-live');
    for (const collector of [stack.collector, other])
      await expect.poll(() => view(collector)).toContain('ann-live');
    await erase(`/users/ann-live?site=${site}`);
    expect(await view(stack.collector)).not.toContain('ann-live');
    await expect.poll(() => view(other), { timeout: 10_000, interval: 200 }).not.toContain('ann-live');
    for (const collector of [stack.collector, other]) expect(await view(collector)).toContain('bob-live');
    await other.close();
  });

  it('of a visitor takes all that the device sent, with links that lead nowhere then', async () => {
    const site = 'device';
    const received_at = Date.now() - 50 * DAY_MS;
    await stack.store.append(
      sampleBatch(['e1'], { site, session_id: 's1', visitor_id: 'v1', user_id: 'ann' }),
    );
    await stack.store.append(sampleBatch(['e2'], { site, session_id: 's2', visitor_id: 'v1' }));
    await stack.store.append(sampleBatch(['e3'], { site, session_id: 's3', visitor_id: 'v1', received_at }));
    await stack.store.append(
      sampleBatch(['e4'], { site, session_id: 's4', visitor_id: 'v2', user_id: 'ann' }),
    );
    const { data } = await erase(`/visitors/v1?site=${site}`);
    expect(data).toEqual({ sessions: 3, batches: 3, events: 3 });
    expect(await itemsWith(site, 'v1')).toEqual([]);
    expect(await stack.store.sessionsOfUser(site, 'ann')).toEqual(['s4']);
    expect((await erase(`/visitors/v1?site=${site}`)).data.batches).toBe(0);
  });

  it.each(['/users/ann', '/visitors/v1'])('of %s needs an admin key', async (path) => {
    const headers = { authorization: `Bearer ${READ_KEY}` };
    const response = await ask(stack.collector, `/api${path}`, { method: 'DELETE', headers });
    expect(response.status).toBe(401);
    expect((await ask(stack.collector, '/api/users/ann/export', { headers })).status).toBe(401);
  });
});
