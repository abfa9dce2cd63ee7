/** What visitors send is printed by commands, and must not drive the terminal that it is printed on. */

import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type DevProgram, run, start, startDev } from './program.js';

const TIMEOUT_MS = 60_000;
/** Title, clipboard, colour as two bytes and as one, delete, the direction of the text, a line of one's own. */
const ATTACK = '\u001b]0;owned\u0007\u001b]52;c;eA\u0007\u001b[31m\u009b31m\u007f\u202egnp\u2066\u2028\rsaid';
/** All but what lays a text out. */
const DANGEROUS = /[\p{Cc}\u202a-\u202e\u2066-\u2069\u2028\u2029]/u;

const dangerIn = (output: string) => DANGEROUS.exec(output.replace(/\r?\n|\t/g, ''))?.[0];
const ESCAPE = '\u001b';
const COLOUR = new RegExp(`${ESCAPE}\\[\\d{1,2}m`, 'g');
/** On a terminal in colour: what is left without the colours that commands use themselves. */
const dangerInColour = (output: string) => dangerIn(output.replace(COLOUR, ''));

describe('what visitors send', { timeout: TIMEOUT_MS }, () => {
  let home: string;
  let dev: DevProgram;
  beforeAll(async () => {
    home = mkdtempSync(join(tmpdir(), 'liveinsight-terminal-'));
    dev = await startDev(home);
    const reply = await fetch(`${dev.url}/api/events`, {
      method: 'POST',
      body: JSON.stringify({
        user_id: `u${ATTACK}`,
        session: {
          session_id: 'hostile',
          referrer: `https://a.example/${ATTACK}`,
          utm: { source: `s${ATTACK}`, campaign: ATTACK },
        },
        context: { language: ATTACK, screen: ATTACK, timezone: ATTACK },
        events: [
          { event_type: 'custom', name: `n${ATTACK}`, props: { [ATTACK]: ATTACK } },
          { event_type: 'page_view', page_url: `/${ATTACK}`, page_title: `t${ATTACK}` },
          { event_type: 'click', element_tag: 'a', element_id: ATTACK, element_text: ATTACK, href: ATTACK },
          { event_type: 'conversion', conversion_type: `c${ATTACK}`, value: 1, currency: 'EUR' },
        ],
      }),
    });
    expect([reply.status, await reply.text()]).toEqual([200, expect.any(String)]);
  }, TIMEOUT_MS);
  afterAll(async () => {
    dev.child.kill('SIGKILL');
    await dev.ended;
    rmSync(home, { recursive: true, force: true });
  });

  it.each([
    [[], {}],
    [['--json'], {}],
    [[], { FORCE_COLOR: '1' }],
    [['--json'], { FORCE_COLOR: '1' }],
  ])('is shown by tail %j as text (%j)', async (args, env: Record<string, string>) => {
    const tail = start(['tail', '--since', '10m', ...args], home, env);
    await tail.says(/conversion/);
    tail.child.kill('SIGTERM');
    await tail.ended;
    expect(tail.output()).toContain('owned');
    expect(dangerInColour(tail.output())).toBeUndefined();
    // Colours come from the command alone: none from within a text.
    expect(tail.output()).not.toContain('\u001b[31m');
    if (args.length === 0) return;
    expect(dangerIn(tail.output())).toBeUndefined();
    const lines = tail
      .output()
      .split('\n')
      .filter((line) => line.startsWith('{'));
    expect(lines.map((line) => JSON.parse(line).event_type)).toHaveLength(4);
    expect(lines.map((line) => JSON.parse(line).name)).toContain(`n${ATTACK}`);
  });

  it.each(['ndjson', 'csv'])(
    'is exported to standard output as %s, and says what it said',
    async (format) => {
      const { code, output } = await run(['export', '-', '--format', format], home);
      expect(code).toBe(0);
      expect(output).toContain('owned');
      expect(dangerIn(output)).toBeUndefined();
      if (format === 'ndjson') {
        const [batch] = output.split('\n').map((line) => JSON.parse(line || 'null'));
        expect(batch.events.map(({ name }: { name?: string }) => name)).toContain(`n${ATTACK}`);
      }
    },
  );

  it('is named by erase, import and their errors as text', async () => {
    const file = join(home, 'history.ndjson');
    writeFileSync(file, `{"received_at": 1, "${ATTACK}\n{"events":[{"event_type":"${'\u009b31m'}owned"}]}\n`);
    const outputs = await Promise.all([
      run(['erase', '--user', `nobody${ATTACK}`, '--yes'], home),
      run(['import', file], home),
      run(['tail', '--site', `nope${ATTACK}`, '--data', `nowhere${ATTACK}`], home),
    ]);
    for (const { output } of outputs) expect(dangerIn(output), output).toBeUndefined();
  });
});

describe('what a server answers that the doctor asks', { timeout: TIMEOUT_MS }, () => {
  it.each([{}, { FORCE_COLOR: '1' }])('is shown as text (%j)', async (env: Record<string, string>) => {
    const server = createServer((request, response) => {
      if (request.url === '/ready') response.statusCode = 503;
      response.end(JSON.stringify({ status: 'error', message: `why${ATTACK}` }));
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const cwd = mkdtempSync(join(tmpdir(), 'liveinsight-terminal-'));
    mkdirSync(join(cwd, '.liveinsight'));
    const outputs = [
      await run(['doctor', '--url', url], cwd, env),
      await run(['doctor', '--json', '--url', url], cwd),
    ];
    server.close();
    rmSync(cwd, { recursive: true, force: true });
    for (const { output } of outputs) {
      expect(output).toContain('owned');
      expect(dangerInColour(output)).toBeUndefined();
    }
  });
});
