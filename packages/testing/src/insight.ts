/** A collector in memory, on a port of its own, that shows a test what it has stored. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Collector, createCollector } from '@liveinsight/collector';
import { toNodeListener } from '@liveinsight/collector/node';
import { sqliteStore } from '@liveinsight/collector/sqlite';
import { scripts } from '@liveinsight/tracker/script';
import { describeArrivals, showExpected } from './describe-events.js';
import { type ExpectedValues, getDifferences, isNamed } from './match-event.js';
import { createRecording, type RecordedEvent, type Recording } from './recording.js';
import { readRejections } from './rejections.js';

/** Less than the 5 s after which Vitest ends a test, so that the failure says what has arrived. */
const DEFAULT_TIMEOUT_MS = 4_000;
const SECRET = 'a secret of tests alone';
/** The key that reads the collector's API: `authorization: Bearer …`. */
const READ_KEY = 'a-read-key-for-tests-alone';

export interface InsightOptions {
  /** Port to listen on. Default 0: any that is free. */
  port?: number;
  /** How long an expectation waits for an event, unless it says otherwise. Default 4,000. */
  timeoutMs?: number;
  /** HTML by path, served beside the collector: pages of a test. The tracker is at `/liveinsight.js`, the extended one at `/liveinsight.extended.js`. */
  pages?: Record<string, string>;
}

export interface Insight {
  /** Where the collector listens: `http://127.0.0.1:…`. */
  readonly url: string;
  /** Where it takes events: `endpoint` of the tracker. */
  readonly endpoint: string;
  /** The address of the tracker's script. */
  readonly scriptUrl: string;
  /** What reads the API: `fetch(insight.url + '/api/stats?site=shop', { headers: { authorization: `Bearer ${insight.readKey}` } })`. */
  readonly readKey: string;
  readonly timeoutMs: number;
  /** What is stored, in order of arrival: each event once. `name` as `track` has it, or a type as `page_view`. */
  events(name?: string, values?: ExpectedValues): RecordedEvent[];
  /** Why events were rejected, in order of arrival. */
  rejections(): readonly string[];
  /** The first event that fits, as soon as it is stored. Rejects when the time is over. */
  waitFor(name: string, values?: ExpectedValues, options?: { timeoutMs?: number }): Promise<RecordedEvent>;
  /** Starts over with an empty collector. What an earlier page still has to send arrives at the new one. */
  reset(): Promise<void>;
  close(): Promise<void>;
}

/** What matchers need besides: an expectation waits for what arrives. */
export const recordings = new WeakMap<Insight, { recording: Recording; answered(): Promise<void> }>();

/** Any site id is taken. Bots count: browsers under test are some. */
export async function startInsight(options: InsightOptions = {}): Promise<Insight> {
  const { port = 0, timeoutMs = DEFAULT_TIMEOUT_MS, pages = {} } = options;
  const recording = createRecording();
  const underWay = new Set<Promise<unknown>>();
  let collector = createTestCollector(recording);

  /** The collector of the moment, whose replies are looked at. */
  const handle: Collector['handle'] = async (request, connection) => {
    const replying = collector.handle(request, connection);
    underWay.add(replying);
    try {
      const reply = await replying;
      if (request.method === 'POST')
        for (const reason of readRejections(request.url, reply.body)) recording.reject(reason);
      return reply;
    } finally {
      underWay.delete(replying);
    }
  };
  const listener = toNodeListener({ handle });
  const server = createServer((request, response) => {
    const page = pages[new URL(request.url ?? '/', 'http://insight').pathname];
    if (page === undefined) return listener(request, response);
    response.setHeader('content-type', 'text/html; charset=utf-8').end(page);
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  // A test run that does not close it ends all the same.
  server.unref();
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const find = (name?: string, values: ExpectedValues = {}) =>
    recording.events.filter(
      (event) => (name === undefined || isNamed(event, name)) && getDifferences(event, values).length === 0,
    );

  const insight: Insight = {
    url,
    endpoint: `${url}/api/events`,
    scriptUrl: `${url}/liveinsight.js`,
    readKey: READ_KEY,
    timeoutMs,
    events: find,
    rejections: () => recording.rejections,
    async waitFor(name, values = {}, { timeoutMs: within = timeoutMs } = {}) {
      const event = await recording.waitFor(() => find(name, values)[0], within);
      if (event) return event;
      const expected = showExpected(name, values);
      throw new Error(
        `${expected} was not tracked within ${within} ms\n\n${describeArrivals(recording, name, values)}`,
      );
    },
    async reset() {
      const former = collector;
      collector = createTestCollector(recording);
      await former.close();
      recording.clear();
    },
    async close() {
      recording.close();
      server.close();
      server.closeAllConnections();
      await collector.close();
    },
  };
  recordings.set(insight, {
    recording,
    answered: async () => void (await Promise.allSettled(underWay)),
  });
  return insight;
}

function createTestCollector(recording: Recording): Collector {
  const collector = createCollector({
    store: sqliteStore(),
    secret: SECRET,
    sites: [{ id: 'default' }],
    anySite: true,
    defaultSite: 'default',
    adminKeys: [READ_KEY],
    countBots: true,
    sessionEventsPerMinute: 1_000_000,
    assets: { tracker: scripts },
    rollUpEverySeconds: 0,
  });
  collector.onBatch(recording.add);
  return collector;
}
