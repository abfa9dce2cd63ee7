/** Each function under the role that its template gives it: it may do all that it does, and does all that it may. */
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasDynoxide } from '../../../../scripts/dynoxide.mjs';
import { type Synthesised, statementsOf, synthesise } from '../deployments.js';
import { type Answer, type Asked, specs } from './events.js';
import { ADMIN_KEY, type Fixture, type FunctionName, ORIGIN, READ_KEY, startFixture } from './fixture.js';
import { type Guard, listGrants, startGuard } from './guard.js';
import type { Lambda } from './runtime-api.js';

const DAY_MS = 86_400_000;
const FIREFOX = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0';
const toEvent = specs['a function URL'];
const document = createRequire(import.meta.url).resolve('@liveinsight/schema/openapi.json');
const { paths }: { paths: Record<string, Record<string, unknown>> } = JSON.parse(
  readFileSync(document, 'utf8'),
);

const AFTER_A_FAILURE = 'only where a part of a round has failed, or an attempt is given up';
const BUSY_HOURS = 'segments of single hours are for sites with more events than this test sends';
const BY_LAMBDA = 'called by the event source mapping in the name of the function';

/** Grants that no call here needs, and why they stay. */
const UNUSED: Record<string, Record<string, string>> = {
  admin: {
    'ChangeNumbers dynamodb:PutItem *#hour-columns': BUSY_HOURS,
    'RemoveReplaced dynamodb:DeleteItem *#hour-columns': BUSY_HOURS,
  },
  rollup: {
    'AdvanceNumbers dynamodb:PutItem *#hour-columns': BUSY_HOURS,
    'AdvanceNumbers dynamodb:PutItem *#marks': AFTER_A_FAILURE,
    'ClearMarks dynamodb:DeleteItem *#hour-columns': BUSY_HOURS,
    'ClearMarks dynamodb:DeleteItem *#day-columns': AFTER_A_FAILURE,
  },
  drain: {
    'sqs:ChangeMessageVisibility *': BY_LAMBDA,
    'sqs:DeleteMessage *': BY_LAMBDA,
    'sqs:GetQueueAttributes *': BY_LAMBDA,
    'sqs:GetQueueUrl *': BY_LAMBDA,
    'sqs:ReceiveMessage *': BY_LAMBDA,
  },
};

const toNextMonth = (time: number): number => {
  const date = new Date(time);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1);
};

const TAKE_NOTHING = ['/api/sites', '/api/status'];
/** Raw data goes to those who hold an admin key only. */
const isAdmins = (path: string) => path.endsWith('/export');

type Role = 'ingest' | 'read' | 'admin' | 'rollup' | 'drain';

describe.runIf(hasDynoxide).each(['direct', 'buffered'] as const)('with %s ingest', (mode) => {
  let fixture: Fixture;
  let stack: Synthesised;
  const guards = new Map<Role, Guard>();

  beforeAll(async () => {
    fixture = await startFixture();
    stack = synthesise({ sites: [{ id: 'shop' }], environment: 'test', ingest: mode }, undefined, false);
  }, 60_000);
  afterAll(async () => {
    await Promise.all([...guards.values()].map((guard) => guard.close()));
    await fixture?.close();
  });

  async function start(role: Role, aheadMs = 0): Promise<Lambda> {
    const guard = guards.get(role) ?? (await startGuard(fixture.endpoints, stack, statementsOf(stack, role)));
    guards.set(role, guard);
    guard.aheadMs = aheadMs;
    const program: Record<Role, FunctionName> = {
      ingest: mode === 'buffered' ? 'buffered-ingest' : 'ingest',
      read: 'read',
      admin: 'read',
      rollup: 'rollup',
      drain: 'drain',
    };
    const origin = { LIVEINSIGHT_ORIGIN_ID: 'liveinsight/test/origin' };
    const env = {
      AWS_ENDPOINT_URL_DYNAMODB: guard.endpoint,
      AWS_ENDPOINT_URL_SECRETS_MANAGER: guard.endpoint,
      AWS_ENDPOINT_URL_SQS: guard.endpoint,
      ...(role === 'ingest' || role === 'read' || role === 'admin' ? origin : {}),
      ...(role === 'ingest' && mode === 'buffered'
        ? { BUFFER_QUEUE_URL: `${guard.endpoint}/000000000000/liveinsight-test-buffer` }
        : {}),
    };
    return fixture.start(program[role], { env, aheadMs });
  }

  const admin: Record<string, string> = { 'x-api-key': ADMIN_KEY, 'x-liveinsight-origin': ORIGIN };
  const reader: Record<string, string> = { 'x-api-key': READ_KEY, 'x-liveinsight-origin': ORIGIN };

  async function ask(lambda: Lambda, asked: Asked, refusals = [404, 501]): Promise<Answer> {
    const answer = await lambda.invoke<Answer>(toEvent(asked));
    const isRead = asked.method === 'GET';
    const isRight = answer.statusCode < 300 || (isRead && refusals.includes(answer.statusCode));
    if (!isRight) throw new Error(`${asked.method} ${asked.path}: ${answer.statusCode} ${answer.body}`);
    return answer;
  }

  const send = (lambda: Lambda, batch: object) =>
    ask(lambda, {
      method: 'POST',
      path: '/api/events',
      headers: { 'content-type': 'text/plain', 'user-agent': FIREFOX, 'x-liveinsight-origin': ORIGIN },
      body: JSON.stringify(batch),
    });

  function batch(session: string, more: object = {}, at = Date.now()): object {
    const events = [
      {
        event_id: randomUUID(),
        event_type: 'page_view',
        timestamp: at,
        page_url: 'https://shop.example/alice',
      },
      {
        event_id: randomUUID(),
        event_type: 'page_view',
        timestamp: at + 1,
        page_url: 'https://shop.example/bob',
      },
      { event_id: randomUUID(), event_type: 'click', timestamp: at, element: { text: 'Buy' } },
    ];
    return {
      v: 1,
      site: 'shop',
      batch: randomUUID(),
      session: { session_id: session },
      sent_at: at,
      events,
      ...more,
    };
  }

  /** Events of visitors with and without an id, of users, of servers, and of one who leaves their own browser out. */
  async function takeEvents(ingest: Lambda, campaign: string): Promise<void> {
    const twice = batch('s-1', { user_id: 'customer-1', visitor_id: 'v-1' });
    await send(ingest, twice);
    await send(ingest, twice);
    await send(ingest, batch('s-2'));
    await send(
      ingest,
      batch('s-3', {
        visitor_id: 'v-own',
        session: { session_id: 's-3', utm: { source: 'liveinsight', medium: 'exclude', campaign } },
      }),
    );
    if (mode === 'direct') return;
    const drain = await start('drain');
    const messages = fixture.queue.messages.splice(0);
    const Records = [...messages, ...messages].map((body, at) => ({ messageId: `m-${at}`, body }));
    expect(await drain.invoke({ Records })).toEqual({ batchItemFailures: [] });
  }

  const ids: Record<string, string> = {
    session_id: 's-1',
    user_id: 'customer-1',
    visitor_id: 'v-1',
    id: 'none',
  };
  const queries: Record<string, string> = {
    '/api/click-map': 'page=/alice',
    '/api/pages': 'page=/alice',
    '/api/funnel': 'steps=page:/alice,page:/bob',
    '/api/actions': 'kind=links',
    '/api/experiment': 'prop=variant&goal=page:/bob',
  };

  /** Every route of the read API, without and with a filter, over two ranges. */
  async function readEverything(read: Lambda): Promise<string[]> {
    const failed: string[] = [];
    for (const [path, operations] of Object.entries(paths)) {
      // The pixel is loaded from the function for ingest.
      if (!('get' in operations) || path === '/p.gif') continue;
      const real = path.replace(/\{(\w+)\}/g, (_, name) => ids[name] ?? name);
      for (const range of ['', '&from=40d&page=/alice']) {
        const query = TAKE_NOTHING.includes(path) ? '' : `site=shop&${queries[path] ?? ''}${range}`;
        // Not every route takes a range or a filter.
        const refusals = range === '' ? [404, 501] : [400, 404, 501];
        await ask(
          read,
          { method: 'GET', path: real, query, headers: isAdmins(path) ? admin : reader },
          refusals,
        ).catch((error: Error) => failed.push(error.message));
      }
    }
    return failed;
  }

  const importAt = (lambda: Lambda, times: number[]) =>
    ask(lambda, {
      method: 'POST',
      path: '/api/import',
      query: 'site=shop',
      headers: admin,
      body: times
        .map((at) => JSON.stringify({ ...batch(`at-${at}`, { user_id: 'customer-9' }, at), received_at: at }))
        .join('\n'),
    });

  async function administrate(lambda: Lambda): Promise<void> {
    const post = (path: string, body: object) =>
      ask(lambda, { method: 'POST', path, query: 'site=shop', headers: admin, body: JSON.stringify(body) });
    const made = await post('/api/annotations', { at: new Date().toISOString(), text: 'launch' });
    expect(made.statusCode).toBeLessThan(300);
    const { id } = JSON.parse(made.body).data;
    await ask(lambda, {
      method: 'DELETE',
      path: `/api/annotations/${id}`,
      query: 'site=shop',
      headers: admin,
    });
    const alert = {
      name: 'many',
      metric: 'events',
      comparison: 'above',
      threshold: 1,
      window_minutes: 30,
      enabled: true,
    };
    const kept = await post('/api/alerts', alert);
    expect(kept.statusCode).toBeLessThan(300);
    await importAt(
      lambda,
      [2, 40].map((ago) => Date.now() - ago * DAY_MS),
    );
    await ask(lambda, { method: 'GET', path: '/api/export', query: 'site=shop&from=40d', headers: admin });
    await ask(lambda, {
      method: 'GET',
      path: '/api/users/customer-1/export',
      query: 'site=shop',
      headers: admin,
    });
  }

  async function erase(lambda: Lambda): Promise<void> {
    for (const path of ['/api/users/customer-1', '/api/users/customer-9', '/api/visitors/v-1'])
      await ask(lambda, { method: 'DELETE', path, query: 'site=shop', headers: admin });
  }

  const removeValue = (lambda: Lambda, value: string) =>
    ask(lambda, {
      method: 'DELETE',
      path: '/api/values',
      query: `site=shop&containing=${value}`,
      headers: admin,
    });

  const unused = (role: Role): string[] =>
    listGrants(statementsOf(stack, role))
      .filter((grant) => !guards.get(role)?.used.has(grant))
      .sort();

  it('takes events', async () => {
    await fixture.store.dailySalt('2020-01-01');
    const link = await ask(await start('admin'), {
      method: 'POST',
      path: '/api/exclusions/link',
      query: 'site=shop',
      headers: admin,
      body: '{}',
    });
    const campaign = new URLSearchParams(JSON.parse(link.body).data.parameters).get('utm_campaign') ?? '';
    const ingest = await start('ingest');
    await takeEvents(ingest, campaign);
    await ask(ingest, { method: 'GET', path: '/ready', headers: { 'x-liveinsight-origin': ORIGIN } });
  });

  // In front of a queue or not, these are the same programs with the same roles.
  const overSomeWeeks = () => {
    const rollUp = async (days: number) => {
      const rollup = await start('rollup', days * DAY_MS);
      expect(await rollup.invoke({ source: 'aws.events' })).toEqual({ finished: true });
      await rollup.close();
    };

    it('answers every question', async () => {
      expect(await readEverything(await start('read'))).toEqual([]);
    });

    it('changes what a person may change', async () => {
      await administrate(await start('admin'));
    });

    it('rolls up, erases, and rolls up again', async () => {
      for (const days of [0, 0.2, 1, 2]) await rollUp(days);
      await ask(await start('read', 2 * DAY_MS), {
        method: 'GET',
        path: '/api/stats',
        query: 'site=shop&from=40d',
        headers: reader,
      });
      const later = await start('admin', 2 * DAY_MS);
      await removeValue(later, 'alice');
      await erase(later);
      for (const days of [2.1, 3, 35, 70]) await rollUp(days);
      await removeValue(await start('admin', 70 * DAY_MS), 'bob');
      await rollUp(71);
      // On the first day of a month, whatever today is, a day of the month before is opened again.
      const newMonth = toNextMonth(Date.now() + 72 * DAY_MS);
      const ahead = (newMonth - Date.now()) / DAY_MS + 0.2;
      await importAt(await start('admin', ahead * DAY_MS), [newMonth - 2 * DAY_MS]);
      for (const days of [ahead, ahead + 0.2, ahead + 1, ahead + 2]) await rollUp(days);
    });
  };
  if (mode === 'direct') describe('over some weeks', overSomeWeeks);

  const roles: Role[] = mode === 'direct' ? ['ingest', 'read', 'admin', 'rollup'] : ['ingest', 'drain'];

  it.each(roles)('allows %s all that it does', (role) => {
    expect([...(guards.get(role)?.denied ?? [])]).toEqual([]);
  });

  it.each(roles)('allows %s nothing that it never does, but for a reason', (role) => {
    expect(unused(role)).toEqual(Object.keys(UNUSED[role] ?? {}).sort());
  });
});
