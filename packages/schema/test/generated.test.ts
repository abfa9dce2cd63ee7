import { readFileSync } from 'node:fs';
import { EVENT_TYPES, ISSUE_CODES, type ParsedBatch, parseBatch } from '@liveinsight/schema';
import * as limits from '@liveinsight/schema/limits';
import { Validator } from '@seriousme/openapi-schema-validator';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { generate, PACKAGE } from '../scripts/generate.mjs';
import { arbitraryOf, bareEvent, spoiltBatch, wireBatch } from './arbitraries.js';
import { NOW } from './parse.js';

const read = (name: string) => readFileSync(new URL(name, PACKAGE), 'utf8');
const newAjv = () => {
  const ajv = new Ajv2020({ strict: true, strictRequired: false, allowUnionTypes: true });
  addFormats.default(ajv);
  return ajv;
};

test('what is generated is up to date (if not: npm run generate -w @liveinsight/schema)', () => {
  const generated = generate();
  expect(Object.keys(generated)).toEqual([
    'generated/batch.schema.json',
    'generated/openapi.json',
    '../../docs/reference/wire-format.md',
  ]);
  for (const [name, text] of Object.entries(generated)) expect(read(name), name).toBe(text);
});

test('the API is described with the right article: an alert, a goal', () => {
  const { paths } = JSON.parse(read('generated/openapi.json'));
  const operations: { summary?: string }[] = Object.values(paths).flatMap((path) =>
    Object.values(path ?? {}),
  );
  const summaries = operations.flatMap(({ summary }) => summary ?? []);
  expect(summaries).toContain('Change an exclusion; needs an admin key');
  expect(summaries.filter((summary) => /\ba [aeio]/i.test(summary))).toEqual([]);
});

test('the page on the wire format names every limit, event type and reason', () => {
  const text = read('../../docs/reference/wire-format.md');
  for (const name of [...Object.keys(limits), ...EVENT_TYPES, ...ISSUE_CODES])
    expect(text).toContain(`| \`${name}\` |`);
});

describe('the JSON Schema', () => {
  const document = JSON.parse(read('generated/batch.schema.json'));
  const isValid = newAjv().compile(document);

  const taken = (parsed: ParsedBatch) => parsed.ok && parsed.rejected.length === 0;
  function expectAgreement(value: unknown) {
    const parsed = parseBatch(value, { now: NOW, newId: () => 'made' });
    const judged = isValid(value);
    expect(judged, JSON.stringify([parsed, isValid.errors])).toBe(taken(parsed));
    return judged;
  }

  test('takes what the parser takes whole', () => {
    fc.assert(
      fc.property(fc.oneof(wireBatch, bareEvent), (value) => {
        expect(expectAgreement(value)).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  test('refuses what the parser refuses, whole or in part', () => {
    const judgements = { taken: 0, refused: 0 };
    fc.assert(
      fc.property(spoiltBatch, (value) => {
        judgements[expectAgreement(value) ? 'taken' : 'refused'] += 1;
      }),
      { numRuns: 1000 },
    );
    expect(judgements.refused).toBeGreaterThan(100);
  });

  test('counts characters as the parser does', () => {
    const titled = (page_title: string) => ({ event_type: 'page_view', page_title });
    expect(expectAgreement(titled('😀'.repeat(300)))).toBe(true);
    expect(expectAgreement(titled('😀'.repeat(301)))).toBe(false);
  });

  test('refuses a list where an object is wanted, __proto__ as a property, and props too deep', () => {
    const click = (props: string) => JSON.parse(`{"events":[{"event_type":"click","props":${props}}]}`);
    for (const props of ['[]', '{"__proto__":1}', '{"a":{"b":{"c":{}}}}', '{"a":[[[]]]}']) {
      expect(expectAgreement(click(props)), props).toBe(false);
    }
    expect(expectAgreement(click('{"a":{"b":{"c":1}},"d":[[1]],"constructor":1}'))).toBe(true);
    for (const field of ['session', 'context', 'dropped']) {
      expect(expectAgreement({ ...click('{}'), [field]: [] }), field).toBe(false);
    }
  });

  test('has an id, and a title and description on itself and every definition', () => {
    for (const part of [document, ...Object.values<object>(document.$defs)]) {
      expect(part).toMatchObject({ title: expect.any(String), description: expect.any(String) });
    }
    expect(document.$id).toMatch(/^https:/);
  });
});

describe('the OpenAPI document', () => {
  interface Operation {
    operationId: string;
    summary: string;
    security: object[];
    tags?: string[];
    parameters?: { name?: string; in?: string }[];
  }
  const document = JSON.parse(read('generated/openapi.json'));
  const operations = Object.entries<Record<string, Operation>>(document.paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, operation]): [string, string, Operation] => [path, method, operation]),
  );

  test('is valid OpenAPI 3.1', async () => {
    const validator = new Validator();
    expect(await validator.validate(structuredClone(document))).toEqual({ valid: true });
    expect(validator.version).toBe('3.1');
    expect(validator.resolveRefs()).toBeDefined();
  });

  test('names each operation once', () => {
    expect(new Set(operations.map(([, , { operationId }]) => operationId)).size).toBe(operations.length);
  });

  test('covers every route, with all its outcomes', () => {
    const statuses = (path: string, method: string) => Object.keys(document.paths[path][method].responses);
    expect(Object.keys(document.paths)).toEqual([
      '/p.gif',
      '/api/events',
      '/api/realtime',
      '/api/stats',
      '/api/sessions',
      '/api/sessions/{session_id}',
      '/api/users/{user_id}/sessions',
      '/api/recent-events',
      '/api/journeys',
      '/api/click-map',
      '/api/pages',
      '/api/funnel',
      '/api/properties',
      '/api/attribution',
      '/api/revenue',
      '/api/errors',
      '/api/actions',
      '/api/web-vitals',
      '/api/experiment',
      '/api/retention',
      '/api/plan',
      '/api/rejections',
      '/api/sites',
      '/api/status',
      '/api/live',
      '/api/export',
      '/api/import',
      '/api/users/{user_id}',
      '/api/users/{user_id}/export',
      '/api/visitors/{visitor_id}',
      '/api/values',
      '/api/annotations',
      '/api/annotations/{id}',
      '/api/alerts',
      '/api/alerts/{id}',
      '/api/funnels',
      '/api/funnels/{id}',
      '/api/exclusions',
      '/api/exclusions/{id}',
      '/api/page-groups',
      '/api/page-groups/{id}',
      '/api/exclusions/link',
      '/api/goals',
      '/api/goals/{id}',
      '/api/segments',
      '/api/segments/{id}',
      '/health',
      '/ready',
    ]);
    expect(statuses('/api/events', 'options')).toEqual(['204']);
    expect(statuses('/api/events', 'post')).toEqual(
      expect.arrayContaining(['200', '400', '403', '413', '429', '503']),
    );
    for (const status of ['429', '503']) {
      expect(document.paths['/api/events'].post.responses[status].headers).toHaveProperty('Retry-After');
    }
    expect(statuses('/api/live', 'get')).toContain('501');
    expect(statuses('/ready', 'get')).toEqual(['200', '503']);
  });

  test('asks for a key of the right role, by either header, for all but sending events', () => {
    const read = [{ ReadKey: [] }, { ReadKeyHeader: [] }];
    const admin = [{ AdminKey: [] }, { AdminKeyHeader: [] }];
    expect(Object.keys(document.components.securitySchemes)).toEqual(
      [...read, ...admin].flatMap(Object.keys),
    );
    for (const [path, method, { security, summary }] of operations) {
      const isOpen = method === 'options' || !path.startsWith('/api/') || path === '/api/events';
      const changes = summary.endsWith('; needs an admin key');
      expect(security, `${method} ${path}`).toEqual(isOpen ? [] : changes ? admin : read);
      if (!isOpen && method !== 'get') expect(changes, `${method} ${path}`).toBe(true);
    }
  });

  test('describes each operation’s group and every parameter in its path', () => {
    const groups = document.tags.map(({ name }: { name: string }) => name);
    for (const [path, method, { tags, parameters = [] }] of operations) {
      expect(groups, `${method} ${path}`).toContain(tags?.[0]);
      const described = parameters.filter(({ in: place }) => place === 'path').map(({ name }) => name);
      const named = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
      expect(described, `${method} ${path}`).toEqual(named);
    }
  });

  test('has examples that the parser takes', () => {
    const { examples } = document.paths['/api/events'].post.requestBody.content['application/json'];
    for (const { value } of Object.values<{ value: unknown }>(examples)) {
      expect(parseBatch(value, { now: NOW, newId: () => 'made' })).toMatchObject({ ok: true, rejected: [] });
    }
  });

  test('describes replies by schemas that take what the types allow', async () => {
    const { REPLIES } = await import('../scripts/to-json-schema.mjs');
    const ajv = newAjv();
    ajv.addVocabulary(['components']);
    ajv.addSchema({ $id: 'openapi', components: document.components });
    for (const [name, schema] of Object.entries(REPLIES)) {
      const isReply = ajv.compile({ $ref: `openapi#/components/schemas/${name}` });
      fc.assert(
        fc.property(arbitraryOf(schema), (value) => {
          expect(isReply(value), JSON.stringify(isReply.errors)).toBe(true);
        }),
        { numRuns: 20 },
      );
    }
  });
});
