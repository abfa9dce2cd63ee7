/** A page sends to one collector; another, on the same database, tells of it. */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { createTables } from '@liveinsight/collector/dynamodb';
import { type Dynalite, startDynalite } from '@liveinsight/collector/local';
import type { StreamEvent } from '@liveinsight/schema';
import type { Browser } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasChromium, launchChromium } from '../../scripts/launch-chromium.mjs';

const READ_KEY = 'a key to listen with';
const program = fileURLToPath(new URL('../way/collector-process.js', import.meta.url));

describe.skipIf(!hasChromium)('two collectors that share a database', () => {
  let database: Dynalite;
  let browser: Browser;
  const children: ChildProcess[] = [];
  beforeAll(async () => {
    database = await startDynalite();
    await createTables(database);
    browser = await launchChromium();
  });
  afterAll(async () => {
    await browser?.close();
    for (const child of children) child.kill('SIGKILL');
    await database?.close();
  });

  async function start(): Promise<string> {
    const child = fork(program, [database.endpoint, READ_KEY]);
    children.push(child);
    const [port] = await once(child, 'message');
    return `http://127.0.0.1:${port}`;
  }

  it('tell whoever listens at one what a page sends to the other, each event once and in its order', async () => {
    const [one, other] = await Promise.all([start(), start()]);
    const stop = new AbortController();
    const response = await fetch(`${other}/api/live?site=shop`, {
      signal: stop.signal,
      headers: { authorization: `Bearer ${READ_KEY}` },
    });
    const told: StreamEvent[] = [];
    const listening = hear(response, told, ({ event_type }) => event_type === 'conversion');

    const page = await browser.newPage();
    await page.goto(one);
    await page.evaluate(() => history.pushState({}, '', '/products'));
    await page.click('#buy');
    await page.evaluate("liveinsight('conversion', 'purchase', { value: 12.5, currency: 'EUR' })");

    await listening;
    stop.abort();
    expect(told.map(({ event_type, page: path }) => `${event_type} ${path}`)).toEqual(
      expect.arrayContaining([
        'page_view /',
        'page_view /products',
        'click /products',
        'conversion /products',
      ]),
    );
    const ids = told.map(({ event_id }) => event_id);
    expect(new Set(ids).size).toBe(ids.length);
    const times = told.map(({ timestamp }) => timestamp);
    expect(times).toEqual([...times].sort((a, b) => a - b));
  });
});

/** Takes messages until one has the event that ends it. */
async function hear(
  response: Response,
  told: StreamEvent[],
  isLast: (event: StreamEvent) => boolean,
): Promise<void> {
  let text = '';
  for await (const chunk of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
    text += chunk;
    for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
      const data = /^data: (.*)$/m.exec(text.slice(0, end))?.[1];
      text = text.slice(end + 2);
      if (data) told.push(...(JSON.parse(data) as { events: StreamEvent[] }).events);
    }
    if (told.some(isLast)) return;
  }
}
