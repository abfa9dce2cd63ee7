/** `liveinsight check` compares code, tracking plan and traffic. The plan is the one of the docs. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createCollector } from '@liveinsight/collector';
import { toNodeListener } from '@liveinsight/collector/node';
import { sqliteStore } from '@liveinsight/collector/sqlite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findCalls } from '../src/plan/find-calls.js';
import { run } from './program.js';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const TIMEOUT_MS = 60_000;
const KEY = 'a-read-key-of-a-test-of-checks';

const page = readFileSync(join(root, 'docs/tracking-plan.md'), 'utf8');
const plan = /```ts\n(\/\/ src\/events\.ts\n[^`]*)```/.exec(page)?.[1] ?? '';

const CLEAN = {
  'src/events.ts': plan,
  'src/cart.ts': `declare const insight: any, seats: number;
insight.track('signup', { plan: 'pro', seats });
insight?.conversion('purchase', { value: 3, props: { items: 2 } });`,
  'src/Menu.vue': `<script setup lang="ts">const { track } = useTracker()</script>
<template><button @click="track('logout')">Leave</button></template>`,
  'src/cart.test.ts': `insight.track('only in a test');`,
  'node_modules/x/index.js': `insight.track('of a library');`,
};

function write(files: Record<string, string>): string {
  const cwd = mkdtempSync(join(tmpdir(), 'liveinsight-check-'));
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(join(cwd, dirname(file)), { recursive: true });
    writeFileSync(join(cwd, file), text);
  }
  // What an application has installed.
  mkdirSync(join(cwd, 'node_modules'), { recursive: true });
  for (const name of ['@liveinsight', 'valibot'])
    symlinkSync(join(root, 'node_modules', name), join(cwd, 'node_modules', name));
  return cwd;
}

async function check(files: Record<string, string>, args: string[] = [], env: Record<string, string> = {}) {
  const cwd = write(files);
  const { code, output } = await run(['check', ...args], cwd, env);
  rmSync(cwd, { recursive: true });
  return { code, output };
}

describe('liveinsight check', { timeout: TIMEOUT_MS }, () => {
  it('finds nothing where code and plan agree', async () => {
    expect(await check(CLEAN)).toEqual({ code: 0, output: '0 differences\n' });
  });

  it('names file and line of what differs, and exits with 1', async () => {
    const { code, output } = await check({
      ...CLEAN,
      'src/menu.tsx': `export const Menu = () => (
  <a onClick={() => insight.track('Logout')}>{insight.track('signup', { plan: 'gold', coupon: 1 })}</a>
);
liveinsight('track', 'signup');
insight.track(name);
collector.track({ event_type: 'conversion', conversion_type: 'refund' });`,
      'src/Menu.vue': '<template></template>',
    });
    expect(code).toBe(1);
    expect(output.split('\n')).toEqual([
      'src/menu.tsx:5 computes the name of its event: it is not checked',
      'src/menu.tsx:2  Logout: event "Logout" is not in the plan',
      expect.stringMatching(/^src\/menu\.tsx:2 {2}signup\.plan: .*gold/),
      'src/menu.tsx:2  signup.coupon: property "coupon" is not in the plan',
      'src/menu.tsx:4  signup.plan: property "plan" is missing',
      'src/menu.tsx:6  refund: conversion "refund" is not in the plan',
      'src/events.ts:11  logout: is in the plan, but not in the code',
      '6 differences',
      '',
    ]);
  });

  it.each([
    [{ 'src/cart.ts': '' }, /there is no events\.ts/],
    [{ 'events.ts': 'export const plan = {};' }, /events\.ts exports no tracking plan/],
    [
      { 'events.ts': plan.replace("'An account was made.'", "''") },
      /events\.signup\.description must say what the event means/,
    ],
  ])('says what is wrong with the plan: %#', async (files, message) => {
    const { code, output } = await check(files as unknown as Record<string, string>);
    expect(code).toBe(1);
    expect(output).toMatch(message);
  });

  describe('with a collector', () => {
    let server: Server;
    let url: string;
    const collector = createCollector({
      store: sqliteStore(),
      secret: 'a secret of the tests of checks',
      sites: [{ id: 'shop' }],
      defaultSite: 'shop',
      readKeys: [KEY],
    });
    beforeAll(async () => {
      const custom = (name: string, props = {}) =>
        collector.track({ event_type: 'custom', name, props }, { sessionId: 's1', visitorId: 'v1' });
      await custom('signup', { plan: 'pro', coupon: 'X' });
      await custom('sign up');
      await custom('rage_click');
      await collector.track({ event_type: 'page_view', page_url: 'https://shop.example/' });
      server = createServer(toNodeListener(collector)).listen(0, '127.0.0.1');
      await new Promise((resolve) => server.once('listening', resolve));
      url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    });
    afterAll(async () => {
      server.close();
      await collector.close();
      server.closeAllConnections();
    });

    it('compares the events of the last week, too', async () => {
      const { code, output } = await check(CLEAN, ['--url', url, '--json'], { LIVEINSIGHT_READ_KEYS: KEY });
      expect(code).toBe(1);
      expect(JSON.parse(output)).toEqual({
        differences: [
          {
            ...{ source: 'traffic', code: 'unknown_event', event: 'sign up', count: 1 },
            message: 'event "sign up" is not in the plan',
          },
          {
            ...{ source: 'traffic', code: 'unknown_property', event: 'signup', property: 'coupon', count: 1 },
            message: 'property "coupon" is not in the plan',
          },
        ],
        notes: [
          'logout is tracked by the code, but none was received',
          'purchase is tracked by the code, but none was received',
        ],
      });
    });

    it('says that the key is missing', async () => {
      const { code, output } = await check(CLEAN, ['--url', url]);
      expect(code).toBe(1);
      expect(output).toContain('LIVEINSIGHT_READ_KEYS');
    });
  });
});

describe('calls that track', () => {
  const calls = (file: string, text: string) =>
    findCalls(file, text).map(({ kind, name, line, props, hasMore }) => [kind, name, line, props, hasMore]);

  it('are found in scripts, front matter and markup of components', () => {
    const astro = "---\ntrack('a');\n---\n<script>\ntrack('b', {})\n</script>\n<a onclick=\"track('c')\">";
    expect(calls('page.astro', astro).map(([, name, line]) => [name, line])).toEqual([
      ['a', 2],
      ['b', 5],
      ['c', 7],
    ]);
    const json = '<script type="application/ld+json">{ "a": 1 }</script>';
    expect(calls('index.html', json)).toEqual([]);
  });

  it('say which properties they name, and whether there may be more', () => {
    expect(calls('a.ts', "t.track(`a`, { b: -1, 'c': [1], ...rest })")).toEqual([
      ['events', 'a', 1, { b: -1, c: [1] }, true],
    ]);
    expect(calls('a.ts', "t.track('a', props as never)")).toEqual([['events', 'a', 1, undefined, true]]);
    expect(calls('a.ts', 'audio.track(); other.track({ id: 1 })')).toEqual([]);
  });
});
