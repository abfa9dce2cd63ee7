import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startLoopbackS3 } from './loopback-s3.js';
import { run } from './program.js';

const DAY_MS = 86_400_000;
const dayOf = (ms: number) => new Date(ms).toISOString().slice(0, 10);
let cwd: string;

beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'liveinsight-data-'));
});
afterEach(() => rmSync(cwd, { recursive: true, force: true }));

/** Noon of so many days ago. */
const noon = (daysAgo: number) => Math.floor(Date.now() / DAY_MS - daysAgo) * DAY_MS + DAY_MS / 2;
const line = (id: string, daysAgo: number, more: object = {}) =>
  JSON.stringify({
    received_at: noon(daysAgo),
    batch: id,
    session: { session_id: `session-${id}` },
    visitor_id: `visitor-${id}`,
    events: [
      { event_id: id, event_type: 'page_view', timestamp: noon(daysAgo), page_url: 'https://shop.example/' },
    ],
    ...more,
  });
const history = [
  line('a', 3),
  line('b', 2, { user_id: 'ann' }),
  line('c', 2),
  line('d', 1, { user_id: 'bob' }),
];
const namesIn = (file: string) =>
  readFileSync(file, 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((text) => JSON.parse(text).batch)
    .sort();

describe('raw data from the command line', { timeout: 120_000 }, () => {
  const command = async (...args: string[]) => {
    const { code, output } = await run(inFolder(args), cwd);
    expect(code, output).toBe(0);
    return output;
  };
  const inFolder = (args: string[]) => (args.includes('--data') ? args : [...args, '--data', '.liveinsight']);
  const range = ['--from', dayOf(noon(3)), '--to', dayOf(noon(1))];

  it('goes in, comes out a file a day, and goes into another database as it was', async () => {
    writeFileSync(join(cwd, 'history.ndjson.gz'), gzipSync(history.join('\n')));
    expect(await command('import', 'history.ndjson.gz')).toContain('4 events from 4 lines');
    expect(await command('import', 'history.ndjson.gz')).toContain('4 events from 4 lines');

    expect(await command('export', 'out', ...range)).toContain(
      '3 days written, 0 skipped (already exported)',
    );
    const files = [3, 2, 1].map((daysAgo) => join(cwd, 'out', `default-${dayOf(noon(daysAgo))}.ndjson`));
    expect(files.map(namesIn)).toEqual([['a'], ['b', 'c'], ['d']]);

    await command('import', 'out', '--data', 'other');
    await command('export', 'again', '--data', 'other', ...range);
    for (const name of readdirSync(join(cwd, 'out'))) {
      expect(namesIn(join(cwd, 'again', name))).toEqual(namesIn(join(cwd, 'out', name)));
    }
  });

  it('is exported on from where a run before ended', async () => {
    writeFileSync(join(cwd, 'history.ndjson'), history.join('\n'));
    await command('import', 'history.ndjson');
    await command('export', 'out', ...range);
    const [first = '', second = ''] = readdirSync(join(cwd, 'out')).map((name) => join(cwd, 'out', name));
    rmSync(first);
    // Written while its day was not over.
    utimesSync(second, new Date(noon(2)), new Date(noon(2)));
    expect(await command('export', 'out', ...range)).toContain(
      '2 days written, 1 skipped (already exported)',
    );
    expect(existsSync(first)).toBe(true);
    expect(await command('export', 'out', ...range, '--again')).toContain(
      '3 days written, 0 skipped (already exported)',
    );
    const csv = await command('export', '-', '--format', 'csv', ...range);
    expect(csv.split('\r\n').filter((row) => row.includes(',page_view,'))).toHaveLength(4);
    await command('export', 'parquet', '--format', 'parquet', ...range);
    const parquet = readdirSync(join(cwd, 'parquet')).map((name) => readFileSync(join(cwd, 'parquet', name)));
    for (const bytes of parquet) expect(bytes.subarray(0, 4).toString()).toBe('PAR1');
  });

  it('goes to a bucket', async () => {
    writeFileSync(join(cwd, 'history.ndjson'), history.join('\n'));
    await command('import', 'history.ndjson');
    const s3 = await startLoopbackS3();
    const env = {
      AWS_ENDPOINT_URL_S3: s3.endpoint,
      AWS_REGION: 'us-east-1',
      AWS_ACCESS_KEY_ID: 'local',
      AWS_SECRET_ACCESS_KEY: 'local',
    };
    const args = ['export', 's3://bucket/site', '--data', '.liveinsight', ...range];
    const first = await run(args, cwd, env);
    const second = await run(args, cwd, env);
    s3.close();
    expect(first.output).toContain('3 days written, 0 skipped (already exported)');
    expect(second.output).toContain('0 days written, 3 skipped (already exported)');
    const stored = [...s3.files].map(([, { content }]) => content);
    expect(stored.join('').split('\n').filter(Boolean)).toHaveLength(4);
    expect([...s3.files.keys()].join()).toMatch(/\/site\/default-\d{4}-\d\d-\d\d\.ndjson/);
  });

  it('of a person is deleted for good', async () => {
    writeFileSync(join(cwd, 'history.ndjson'), history.join('\n'));
    await command('import', 'history.ndjson');
    const unsure = await run(inFolder(['erase', '--user', 'ann']), cwd);
    expect(unsure).toEqual({ code: 1, output: expect.stringContaining('--yes') });
    expect(await command('erase', '--user', 'ann', '--yes')).toContain('Deleted 1 events of user ann');
    expect(await command('erase', '--visitor', 'visitor-c', '--yes')).toContain('Deleted 1 events');
    await command('export', 'out', ...range);
    const left = readdirSync(join(cwd, 'out')).flatMap((name) => namesIn(join(cwd, 'out', name)));
    expect(left.sort()).toEqual(['a', 'd']);
  });

  it.each([
    [['export', 'out', '--from', '2026-02-31'], 2, '2026-01-31'],
    [['export', 'out', '--from', '2026-02-01', '--to', '2026-01-01'], 1, '--from is after --to'],
    [['export', 'out', '--format', 'xml'], 2, 'ndjson, csv, parquet'],
    [['export', 's3://'], 1, 's3://bucket/folder'],
    [['import', 'nothing.ndjson'], 1, 'no such file or folder: nothing.ndjson'],
    [
      ['erase', '--user', 'a', '--visitor', 'b'],
      1,
      'exactly one of --user, --visitor, --value and --containing',
    ],
  ])('refuses %j by name', async (args, code, words) => {
    expect(await run(inFolder(args), cwd)).toEqual({ code, output: expect.stringContaining(words) });
  });

  it('is imported but for the lines that are wrong, which are named', async () => {
    writeFileSync(join(cwd, 'some.ndjson'), [history[0], '{', history[1]].join('\n'));
    const { code, output } = await run(inFolder(['import', 'some.ndjson']), cwd);
    expect(code).toBe(1);
    expect(output).toContain('some.ndjson, line 2: ');
    expect(output).toContain('2 events from 3 lines');
  });
});
