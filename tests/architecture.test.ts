import { describe, expect, it } from 'vitest';
import { buildGraph } from './architecture/graph.js';
import { rules } from './architecture/rules.js';
import { read, trackedFiles } from './tracked-files.js';

const sources = trackedFiles().filter(
  (path) => /\.(ts|tsx|mts|js|mjs|jsx)$/.test(path) || /\/package\.json$/.test(path),
);
const repository = buildGraph(new Map(sources.map((path) => [path, read(path)])));

describe('the repository', () => {
  for (const [name, rule] of Object.entries(rules)) {
    it(name, () => expect(rule(repository)).toEqual([]));
  }
});

describe('the page on the architecture', () => {
  const page = read('docs/architecture.md');
  const collector = 'packages/collector/src/';

  it('names every folder and file at the top of the collector', () => {
    const names = trackedFiles()
      .filter((path) => path.startsWith(collector))
      .map((path) => path.slice(collector.length).replace(/(?<=\/).*/, ''));
    const table = page.slice(
      page.indexOf('## Folders of the collector'),
      page.indexOf('## Where to put what'),
    );
    const missing = [...new Set(names)].filter((name) => !table.includes(`\`${name}`));
    expect(missing).toEqual([]);
  });

  it('names only files that exist', () => {
    const packages = ['', collector, 'packages/collector/'];
    const files = [...page.matchAll(/`([\w-]+\/)*[\w-]+\.ts`/g)].map(([name]) => name.slice(1, -1));
    const known = new Set(trackedFiles());
    expect(files.filter((file) => !packages.some((folder) => known.has(folder + file)))).toEqual([]);
  });
});

const manifests = {
  'packages/schema/package.json': manifest('@liveinsight/schema', { '.': 'index', './limits': 'limits' }),
  'packages/tracker/package.json': manifest(
    '@liveinsight/tracker',
    { '.': 'index' },
    { '@liveinsight/schema': '1' },
  ),
  'packages/collector/package.json': manifest(
    '@liveinsight/collector',
    { '.': 'index' },
    { uuid: '1' },
    { '@types/express': '1' },
  ),
  'packages/cli/package.json': manifest('liveinsight', { '.': 'index' }),
};

/** For each rule: a file that breaks it, with what it says, and one that looks alike and does not. */
const cases: Record<keyof typeof rules, { broken: File[]; says: string | RegExp; sound: File[] }> = {
  'a package imports only those packages of ours that the design lets it': {
    broken: [['packages/schema/src/index.ts', "export { createTracker } from '@liveinsight/tracker';"]],
    says: 'packages/schema/src/index.ts:1 imports @liveinsight/tracker',
    sound: [
      ['packages/collector/src/index.ts', "import { parseBatch } from '@liveinsight/schema';"],
      ['packages/cli/src/index.ts', "import { createCollector } from '@liveinsight/collector';"],
      ['packages/schema/test/a.test.ts', "import { createTracker } from '@liveinsight/tracker';"],
    ],
  },
  'tracker and dashboard take only types from schema, and the tracker its limits': {
    broken: [
      ['packages/tracker/src/index.ts', "import { type Event, parseBatch } from '@liveinsight/schema';"],
    ],
    says: 'packages/tracker/src/index.ts:1 imports @liveinsight/schema',
    sound: [
      [
        'packages/tracker/src/index.ts',
        "import { type Event } from '@liveinsight/schema';\nexport type { Batch } from '@liveinsight/schema';",
      ],
      ['packages/tracker/src/queue.ts', "import { maxEvents } from '@liveinsight/schema/limits';"],
      ['packages/tracker/src/a.ts', "export const size = (event: import('@liveinsight/schema').Event) => 1;"],
    ],
  },
  'a package of ours is imported by its public entry points only': {
    broken: [['examples/shop/main.js', "await import('@liveinsight/schema/dist/event.js');"]],
    says: 'examples/shop/main.js:1 imports @liveinsight/schema/dist/event.js',
    sound: [['examples/shop/main.js', "import '@liveinsight/schema/limits';"]],
  },
  'no relative import leaves its package, but for the scripts of the repository': {
    broken: [
      ['packages/cli/src/dev.ts', "import { parse } from '../../schema/src/event.js';"],
      ['packages/schema/src/event.ts', ''],
    ],
    says: 'packages/cli/src/dev.ts:1 imports ../../schema/src/event.js',
    sound: [
      ['packages/cli/rollup.config.js', "import { library } from '../../scripts/rollup.mjs';"],
      ['scripts/rollup.mjs', ''],
    ],
  },
  'what the sources of a package import, its package.json declares': {
    broken: [['packages/collector/src/a.ts', "import { isbot } from 'isbot';"]],
    says: 'packages/collector/src/a.ts:1 imports isbot',
    sound: [
      [
        'packages/collector/src/a.ts',
        "import { v7 } from 'uuid';\nimport type { Request } from 'express';\nimport 'node:fs';",
      ],
      ['packages/collector/test/a.test.ts', "import express from 'express';"],
    ],
  },
  "the modules of Node are imported by 'node:'": {
    broken: [['scripts/a.mjs', "const { readFileSync } = require('fs');"]],
    says: 'scripts/a.mjs:1 imports fs',
    sound: [['scripts/a.mjs', "import { readFile } from 'node:fs/promises';"]],
  },
  'stores and adapters of the collector never see each other': {
    broken: [
      [
        'packages/collector/src/adapters/express.ts',
        "import type { Store } from '../storage/event-store.js';",
      ],
      ['packages/collector/src/storage/event-store.ts', ''],
    ],
    says: 'packages/collector/src/adapters/express.ts:1 imports ../storage/event-store.js (types)',
    sound: [
      ['packages/collector/src/adapters/express.ts', "import type { Connection } from '../http/request.js';"],
      ['packages/collector/src/http/request.ts', ''],
    ],
  },
  'the collector knows its DynamoDB store by its port alone': {
    broken: [
      ['packages/collector/src/collector.ts', "import { dynamoStore } from './storage/dynamodb/index.js';"],
      ['packages/collector/src/storage/dynamodb/index.ts', ''],
    ],
    says: 'packages/collector/src/collector.ts:1 imports ./storage/dynamodb/index.js',
    sound: [
      ['packages/collector/src/collector.ts', "import type { Store } from './storage/event-store.js';"],
      ['packages/collector/src/storage/dynamodb/index.ts', "import { keys } from './keys.js';"],
      ['packages/collector/src/storage/dynamodb/keys.ts', ''],
      ['packages/collector/src/storage/event-store.ts', ''],
    ],
  },
  'folders of the collector import downwards only': {
    broken: [
      ['packages/collector/src/rollup/a.ts', "import type { B } from '../query/b.js';"],
      ['packages/collector/src/query/b.ts', ''],
      ['packages/collector/src/new-folder/c.ts', "import '../rollup/a.js';"],
    ],
    says: /^packages\/collector\/src\/(rollup\/a|new-folder\/c)\.ts:1 imports/,
    sound: [
      ['packages/collector/src/query/b.ts', "import '../rollup/a.js';\nimport './c.js';"],
      ['packages/collector/src/query/c.ts', ''],
      ['packages/collector/src/rollup/a.ts', ''],
    ],
  },
  'folders of the command line import downwards only': {
    broken: [
      ['packages/cli/src/database/a.ts', "import type { B } from '../commands/b.js';"],
      ['packages/cli/src/commands/b.ts', ''],
    ],
    says: 'packages/cli/src/database/a.ts:1 imports ../commands/b.js (types)',
    sound: [
      ['packages/cli/src/commands/b.ts', "import '../database/a.js';"],
      ['packages/cli/src/database/a.ts', ''],
    ],
  },
  'folders of the dashboard import downwards only': {
    broken: [
      ['packages/dashboard/src/hooks/a.ts', "import type { B } from '../components/b.js';"],
      ['packages/dashboard/src/components/b.ts', ''],
    ],
    says: 'packages/dashboard/src/hooks/a.ts:1 imports ../components/b.js (types)',
    sound: [
      ['packages/dashboard/src/components/b.ts', "import '../hooks/a.js';"],
      ['packages/dashboard/src/hooks/a.ts', ''],
    ],
  },
  'AWS is imported by the DynamoDB store, the command line, benchmarks and tests alone': {
    broken: [
      [
        'packages/collector/src/query/stats.ts',
        "import type { AttributeValue } from '@aws-sdk/client-dynamodb';",
      ],
    ],
    says: 'packages/collector/src/query/stats.ts:1 imports @aws-sdk/client-dynamodb (types)',
    sound: [
      [
        'packages/collector/src/storage/dynamodb/items.ts',
        "import { marshall } from '@aws-sdk/util-dynamodb';",
      ],
      ['packages/collector/test/store.test.ts', "import { DynamoDBClient } from '@aws-sdk/client-dynamodb';"],
    ],
  },
  'status codes are known in http/responses.ts alone': {
    broken: [
      ['packages/collector/src/ingest/ingest.ts', 'export const reply = { status: 503 };'],
      ['packages/collector/src/adapters/express.ts', 'if (reply.statusCode === 404) response.status(404);'],
    ],
    says: /^packages\/collector\/src\/(ingest\/ingest|adapters\/express)\.ts:1$/,
    sound: [
      [
        'packages/collector/src/http/responses.ts',
        'export const statuses = { unavailable: { status: 503 } };',
      ],
      ['packages/collector/src/ingest/ingest.ts', 'export const reply = { waitMs: 500, status: "success" };'],
    ],
  },
  'the event log is read by event-log/ alone': {
    broken: [
      ['packages/collector/src/live/a.ts', 'const page = await store.arrivals(query);'],
      ['packages/cli/src/tail/a.ts', 'export const read = (store) => store.arrivals({ after: 1 });'],
    ],
    says: /^packages\/(collector\/src\/live|cli\/src\/tail)\/a\.ts:1$/,
    sound: [
      ['packages/collector/src/event-log/a.ts', 'const page = await store.arrivals(query);'],
      [
        'packages/collector/src/storage/a.ts',
        'export const a = { arrivals: (query) => events.arrivals(query) };',
      ],
      ['packages/collector/test/a.test.ts', 'const page = await store.arrivals(query);'],
    ],
  },
  'only an entry point exports by star': {
    broken: [['packages/schema/src/event.ts', "export * from './fields.js';"]],
    says: 'packages/schema/src/event.ts:1',
    sound: [
      ['packages/schema/src/index.ts', "export * from './event.js';"],
      ['packages/schema/src/a.ts', "export { a } from './b.js';"],
    ],
  },
  'sources have no default export': {
    broken: [
      ['packages/schema/src/event.ts', 'export default 1;'],
      ['packages/schema/src/batch.ts', 'export default function parse() {}'],
    ],
    says: /^packages\/schema\/src\/(event|batch)\.ts:1$/,
    sound: [['packages/schema/rollup.config.js', 'export default {};']],
  },
  'files and folders are named in kebab-case, after something of the domain': {
    broken: [
      ['packages/schema/src/parseBatch.ts', ''],
      ['packages/schema/src/utils.ts', ''],
      ['packages/schema/Src/event.ts', ''],
    ],
    says: /parseBatch|utils|Src/,
    sound: [
      ['packages/schema/src/parse-batch.ts', ''],
      ['packages/schema/test/parse-batch.test.ts', ''],
      ['vitest.config.ts', ''],
    ],
  },
  'no module imports itself by way of others': {
    broken: [
      ['packages/schema/src/a.ts', "import './b.js';"],
      ['packages/schema/src/b.ts', "import type { C } from './c.js';"],
      ['packages/schema/src/c.ts', "export { a } from './a.js';"],
    ],
    says: 'packages/schema/src/a.ts → packages/schema/src/b.ts → packages/schema/src/c.ts → packages/schema/src/a.ts',
    sound: [
      ['packages/schema/src/a.ts', "import './b.js';\nimport './c.js';"],
      ['packages/schema/src/b.ts', "import './c.js';"],
      ['packages/schema/src/c.ts', ''],
    ],
  },
};

describe('each rule', () => {
  it('has a case that breaks it', () => expect(Object.keys(cases)).toEqual(Object.keys(rules)));

  for (const [name, { broken, says, sound }] of Object.entries(cases)) {
    const judge = (files: File[]) =>
      rules[name]?.(buildGraph(new Map([...Object.entries(manifests), ...files])));

    it(`can fail: ${name}`, () => {
      const broke = judge(broken) ?? [];
      expect(broke).not.toEqual([]);
      for (const line of broke) expect(line).toMatch(says);
    });

    it(`lets its like pass: ${name}`, () => expect(judge(sound)).toEqual([]));
  }
});

type File = [path: string, text: string];

function manifest(
  name: string,
  entries: Record<string, string>,
  dependencies = {},
  devDependencies = {},
): string {
  const exports = Object.fromEntries(
    Object.entries(entries).map(([path, file]) => [
      path,
      { types: `./dist/${file}.d.ts`, default: `./dist/${file}.js` },
    ]),
  );
  return JSON.stringify({ name, exports, dependencies, devDependencies });
}
