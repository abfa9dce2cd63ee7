import { parseBatchText } from '@liveinsight/schema';
import { sampleBatch } from '@liveinsight/testing/contracts';
import { parquetReadObjects } from 'hyparquet';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { ADMIN_KEY, READ_KEY, readReply, type Stack, startStack } from '../stack.js';
import { ask, linesOf } from './ask.js';

const DAY_MS = 86_400_000;
const PAGE_BATCHES = 500;

describe('an export', () => {
  let stack: Stack;
  const sites = [
    { id: 'shop' },
    { id: 'big', shards: 3 },
    { id: 'hostile' },
    { id: 'trimmed' },
    { id: 'plain' },
    { id: 'old', retentionDays: 3 },
    { id: 'ahead' },
    { id: 'empty' },
  ];
  beforeAll(async () => {
    stack = await startStack({ sites, adminKeys: [ADMIN_KEY] });
    const received = Date.now() - DAY_MS;
    const appends = Array.from({ length: PAGE_BATCHES + 30 }, (_, at) =>
      stack.store.append(
        sampleBatch([`event-${at}`, `more-${at}`], {
          site: 'big',
          session_id: `session-${at}`,
          received_at: received + at,
          shardAt: () => (at < PAGE_BATCHES + 10 ? 0 : at % 3),
        }),
      ),
    );
    await Promise.all(appends);
  });
  afterAll(() => stack.close());

  const text = async (path: string, streams = true) => {
    const response = await ask(stack.collector, `/api/export?${path}`, {}, streams);
    expect(response.status).toBe(200);
    return response.text();
  };
  const allBatches = Array.from({ length: PAGE_BATCHES + 30 }, (_, at) => `event-${at}`).sort();

  it('needs an admin key', async () => {
    for (const key of ['wrong', READ_KEY]) {
      const response = await ask(stack.collector, '/api/export?site=big', {
        headers: { authorization: `Bearer ${key}` },
      });
      expect(response.status).toBe(401);
    }
  });

  it('has every batch of every shard once, each a wire batch that says when it arrived', async () => {
    const lines = linesOf(await text('site=big&from=3d'));
    expect(lines.map(({ batch }) => batch).sort()).toEqual(allBatches);
    const line = lines.find(({ batch }) => batch === 'event-7');
    expect(line).toMatchObject({
      v: 1,
      site: 'big',
      session: { session_id: 'session-7' },
      visitor_id: 'visitor-1',
      received_at: expect.any(Number),
      events: [{ event_id: 'event-7' }, { event_id: 'more-7' }],
    });
    const parsed = parseBatchText(JSON.stringify(line), { now: 0, newId: () => 'made' });
    expect(parsed).toMatchObject({ ok: true, accepted: 2, rejected: [] });
  });

  it.each(['ndjson', 'csv'])(
    'as %s goes on behind the last row that has a cursor, wherever it broke',
    async (format) => {
      const whole = await text(`site=big&from=3d&format=${format}`);
      const rows = whole.split('\n').filter(Boolean);
      const cursorOf = (row: string) =>
        format === 'csv' ? row.trimEnd().split(',').at(-1) : (JSON.parse(row).cursor as string | undefined);
      const at = rows.findIndex((row, index) => index > 0 && cursorOf(row));
      expect(at).toBeGreaterThan(PAGE_BATCHES - 2);
      const rest = await text(`site=big&from=1m&format=${format}&after=${cursorOf(rows[at] ?? '')}`);
      expect(rest.split('\n').filter(Boolean)).toEqual(rows.slice(at + 1));
      expect(rest).not.toBe('');
    },
  );

  it('comes in parts where the platform can’t stream, the last of them without a cursor', async () => {
    const found: string[] = [];
    let asked = 0;
    for (let after = ''; ; asked += 1) {
      const lines = linesOf(await text(`site=big&from=3d${after}`, false));
      found.push(...lines.map(({ batch }) => batch));
      const cursor = lines.at(-1)?.cursor;
      if (!cursor) break;
      after = `&after=${cursor}`;
    }
    expect(found.sort()).toEqual(allBatches);
    expect(asked).toBeLessThan(20);
  });

  it('as Parquet has one row per event, in types that databases know', async () => {
    const response = await ask(stack.collector, '/api/export?site=big&from=3d&format=parquet');
    const file = await response.arrayBuffer();
    const rows = await parquetReadObjects({ file });
    expect(rows).toHaveLength(2 * allBatches.length);
    const row = rows.find(({ event_id }) => event_id === 'more-3');
    expect(row).toMatchObject({
      site: 'big',
      session_id: 'session-3',
      batch: 'event-3',
      event_type: 'page_view',
      timestamp: new Date(1_763_680_000_000),
      received_at: expect.any(Date),
      page: '/products/1',
      page_title: 'Größe, 価格 & more',
      view: 1n,
      first_on_page: true,
      value: null,
    });
  });

  it('as CSV quotes what must be quoted and disarms what a spreadsheet would run', async () => {
    const [event] = sampleBatch(['e']).events;
    const titles = ['=HYPERLINK("http://evil")', '+1', '-1', '@x', 'a,"b"\r\nc'];
    const events = titles.map((page_title, at) => ({ ...event, event_id: `e${at}`, page_title })) as never;
    await stack.store.append(sampleBatch(['e0'], { site: 'hostile', events, referrer: '-x' }));
    const csv = await text('site=hostile&format=csv');
    expect(csv).toContain(`,"'=HYPERLINK(""http://evil"")",`);
    for (const title of [`,'+1,`, `,'-1,`, `,'@x,`, ',"a,""b""\r\nc",', `,'-x,`])
      expect(csv).toContain(title);
    expect(csv.split('\r\n')[0]).toMatch(/^received_at,timestamp,site,session_id,.*,cursor$/);
  });

  it('as CSV has no formula for spreadsheets that trim, fold widths, or separate by something else', async () => {
    const [event] = sampleBatch(['e']).events;
    const starts = ['=1', '+1', '-1', '@S', '＝1', '＋1', '－1', '＠S'];
    const before = [
      '',
      ' ',
      '\u00a0',
      '\ufeff',
      '\u200b',
      '\t',
      '\r',
      '\n',
      'a;',
      'a; ',
      'a\t',
      'a\n',
      'a\r\n ;',
    ];
    const titles = before.flatMap((lead) => starts.map((start) => lead + start));
    const events = titles.map((page_title, at) => ({ ...event, event_id: `t${at}`, page_title })) as never;
    await stack.store.append(sampleBatch(['t0'], { site: 'trimmed', events }));
    const csv = await text('site=trimmed&format=csv');
    // However it is cut into cells: by commas that quotes protect, or by anything that may separate.
    expect(csv).not.toMatch(/(^|[,;\t\r\n"])[\s\ufeff\u200b]*[=+@＝＋－＠]/);
    expect(csv.match(/'[=+\-@＝＋－＠]/g)).toHaveLength(titles.length);
    const harmlessTitles = ['a-b', 'a = b', 'x;y', '5 + 5', 'me@here.example'];
    const plain = harmlessTitles.map((page_title, at) => ({ ...event, event_id: `p${at}`, page_title }));
    await stack.store.append(sampleBatch(['p0'], { site: 'plain', events: plain as never }));
    const untouched = await text('site=plain&format=csv');
    for (const title of harmlessTitles) expect(untouched).toContain(`,${title},`);
  });

  it('reaches what was imported of days older than retention', async () => {
    const received_at = Date.now() - 5 * DAY_MS;
    await stack.store.append(sampleBatch(['event-1'], { site: 'old', received_at, retention_days: 3 }));
    expect(linesOf(await text('site=old&from=7d'))).toHaveLength(1);
  });

  it('up to now has what was stamped by a clock a little ahead of the one that is asked', async () => {
    const received_at = Date.now() + 30_000;
    await stack.store.append(sampleBatch(['event-1'], { site: 'ahead', received_at }));
    expect(linesOf(await text('site=ahead'))).toHaveLength(1);
    expect(await text(`site=ahead&to=${Date.now()}`)).toBe('');
  });

  it('of nothing is empty, but for the heading of CSV', async () => {
    expect(await text('site=empty')).toBe('');
    expect((await text('site=empty&format=csv')).split('\r\n')).toHaveLength(2);
    const response = await ask(stack.collector, '/api/export?site=empty&format=parquet');
    expect(await parquetReadObjects({ file: await response.arrayBuffer() })).toEqual([]);
  });

  it.each([
    ['format=xml', 'format'],
    ['after=nonsense', 'after'],
    ['format=parquet&after=x', 'after'],
    ['from=2026-02-01&to=2026-01-01', 'from'],
    ['site=unknown', 'site'],
  ])('refuses ?%s by the name of the parameter', async (query, path) => {
    const { code, data } = await readReply(await ask(stack.collector, `/api/export?${query}`));
    expect(code).toBe(query.startsWith('site') ? 403 : 400);
    expect(data.issues[0]?.path).toBe(path);
  });

  const cursor = (...parts: unknown[]) => Buffer.from(JSON.stringify(parts)).toString('base64url');
  const today = new Date().toISOString().slice(0, 10);

  it.each([
    ['ends with no time', cursor(today, 0, 0, 1e300)],
    ['ends in 3000', cursor(today, 0, 0, Date.UTC(3000, 0))],
    ['has times between milliseconds', cursor(today, 0, 0.5, Date.now())],
    ['is of no day', cursor('2026-99-99', 0, 0, Date.now())],
    ['is of a day outside of its range', cursor('2020-01-01', 0, Date.now() - DAY_MS, Date.now())],
    ['is of no shard', cursor(today, -5, 0, Date.now())],
  ])('refuses a cursor that %s by name, and reads nothing', async (_, after) => {
    const pages = vi.spyOn(stack.store, 'arrivals');
    const { code, data } = await readReply(await ask(stack.collector, `/api/export?site=big&after=${after}`));
    expect(code).toBe(400);
    expect(data.issues[0]?.path).toBe('after');
    expect(pages).not.toHaveBeenCalled();
    pages.mockRestore();
  });

  const inner = (key: object) => JSON.stringify({ pk: { S: 'big#s' }, sk: { S: 'b' }, ...key });
  const key = (shard: number, at: number) => ({
    arrivals: { S: `big#${today}#${shard}` },
    received_at: { N: String(at) },
  });

  it.each([
    ['no key', 'garbage'],
    ['nothing', 'null'],
    ['a number', '5'],
    ['half a key', inner({})],
    ['a key of strings', JSON.stringify({ pk: 'a', sk: 'b', arrivals: 'c', received_at: 'd' })],
    ['a place of another shard', inner(key(1, Date.now()))],
    ['a time that is none', inner({ ...key(0, 0), received_at: { N: 'soon' } })],
    ['a time outside of its range', inner(key(0, 5))],
    ['more than a key', inner({ ...key(0, Date.now()), more: { S: 'x' } })],
    ['a place of another site', inner({ ...key(0, Date.now()), pk: { S: 'shop#s' } })],
  ])('refuses a cursor whose place is %s by name', async (_, place) => {
    const after = cursor(today, 0, Date.now() - DAY_MS, Date.now() + 1_000, place);
    const { code, data } = await readReply(await ask(stack.collector, `/api/export?site=big&after=${after}`));
    expect(code).toBe(400);
    expect(data.issues[0]?.path).toBe('after');
  });

  it('of a range that ends in years reads no day ahead', async () => {
    const pages = vi.spyOn(stack.store, 'arrivals');
    expect(await text('site=empty&from=1d&to=2035-01-01')).toBe('');
    expect(pages.mock.calls.length).toBeLessThanOrEqual(3);
    pages.mockRestore();
  });

  it('reads on only as fast as it is read, and stops when nobody does', async () => {
    const response = await ask(stack.collector, '/api/export?site=big&from=3d');
    const reader = response.body?.getReader();
    const pages = vi.spyOn(stack.store, 'arrivals');
    expect((await reader?.read())?.value?.length).toBeGreaterThan(0);
    expect(pages).not.toHaveBeenCalled();
    await reader?.read();
    expect(pages).toHaveBeenCalledOnce();
    await reader?.cancel();
    expect(pages).toHaveBeenCalledOnce();
    pages.mockRestore();
  });
});
