/** The collector is as strict as the OpenAPI document says: in parameters, bodies and keys. */
import { createRequire } from 'node:module';
import { createCollector } from '@liveinsight/collector';
import { sqliteStore } from '@liveinsight/collector/sqlite';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { afterAll, describe, expect, it } from 'vitest';

const READ_KEY = 'a-read-key-of-the-document';
const ADMIN_KEY = 'an-admin-key-of-the-document';

interface Schema {
  $ref?: string;
  type?: string | string[];
  enum?: string[];
  minimum?: number;
  maximum?: number;
  properties?: Record<string, Schema>;
}
interface Parameter {
  name: string;
  in: string;
  required?: boolean;
  schema: Schema;
}
interface Operation {
  security: Record<string, []>[];
  parameters?: (Parameter | { $ref: string })[];
  requestBody?: { content: Record<string, { schema: Schema }> };
}

const document = createRequire(import.meta.url)('@liveinsight/schema/openapi.json');
const collector = createCollector({
  store: sqliteStore(),
  secret: 'a secret of the document',
  sites: [{ id: 'shop' }],
  defaultSite: 'shop',
  readKeys: [READ_KEY],
  adminKeys: [ADMIN_KEY],
  rollUpEverySeconds: 0,
});
afterAll(() => collector.close());

const operations = Object.entries<Record<string, Operation>>(document.paths).flatMap(([path, item]) =>
  Object.entries(item)
    .filter(([method, { security }]) => method !== 'options' && security.length > 0)
    .map(([method, operation]) => ({
      name: `${method.toUpperCase()} ${path}`,
      method: method.toUpperCase(),
      path: path.replace(/\{\w+\}/g, 'none'),
      parameters: (operation.parameters ?? []).map(
        (one): Parameter => ('$ref' in one ? resolve(one.$ref) : one),
      ),
      isAdmin: operation.security.some((scheme) => 'AdminKey' in scheme),
      body: operation.requestBody?.content['application/json']?.schema,
    })),
);

function resolve(reference: string) {
  return reference
    .slice(2)
    .split('/')
    .reduce((at, key) => at[key], document);
}

async function statusOf(
  method: string,
  path: string,
  key: string | undefined,
  body?: unknown,
): Promise<number> {
  const request = new Request(`http://collector${path}`, {
    method,
    headers: key === undefined ? {} : { authorization: `Bearer ${key}` },
    ...(method.startsWith('P') && { body: JSON.stringify(body ?? {}) }),
  });
  const response = await collector.fetch(request, { streams: false });
  await response.body?.cancel();
  return response.status;
}

describe.each(operations)('$name', ({ method, path, parameters, isAdmin }) => {
  it('asks for a key of the role that is documented', async () => {
    expect(await statusOf(method, path, undefined)).toBe(401);
    // What is wrong besides is told only to who has the right key.
    const status = await statusOf(method, path, READ_KEY);
    if (isAdmin) expect(status).toBe(401);
    else expect(status).not.toBe(401);
  });

  it('rejects parameters outside of what is documented', async () => {
    const wrong = parameters
      .filter(({ in: place }) => place === 'query')
      .flatMap(({ name, schema }) => valuesOutside(schema).map((value) => `${name}=${value}`));
    for (const one of wrong) expect(await statusOf(method, `${path}?${one}`, ADMIN_KEY), one).toBe(400);
  });
});

function valuesOutside(schema: Schema): string[] {
  if (schema.enum) return ['nosuch'];
  if (schema.type === 'integer' || schema.type === 'number')
    return [
      'nosuch',
      ...(schema.minimum === undefined ? [] : [`${schema.minimum - 1}`]),
      ...(schema.maximum === undefined ? [] : [`${schema.maximum + 1}`]),
    ];
  return [];
}

/** One of each kind that is taken, with all its fields. */
const SETTINGS: Record<string, { path: string; body: Record<string, unknown> }> = {
  AnnotationInput: { path: 'annotations', body: { at: '2026-01-31T10:00:00Z', text: 'release 2.1' } },
  AlertInput: {
    path: 'alerts',
    body: {
      name: 'Busy',
      metric: 'page_views',
      dimension: 'page',
      value: '/cart',
      comparison: 'above',
      threshold: 5,
      window_minutes: 5,
      for_minutes: 0,
      cooldown_minutes: 10,
      enabled: true,
    },
  },
  FunnelInput: {
    path: 'funnels',
    body: {
      name: 'Order',
      steps: [{ page: '/cart' }, { event: 'purchase', within_s: 60 }],
    },
  },
  ExclusionInput: { path: 'exclusions', body: { by: 'path', value: '/internal/*', name: 'our office' } },
  PageGroupInput: { path: 'page-groups', body: { pattern: '/products/:id', name: 'Products', position: 1 } },
  GoalInput: { path: 'goals', body: { name: 'Thanks', page: '/thanks', value: 5, currency: 'EUR' } },
  SavedSegmentInput: { path: 'segments', body: { name: 'Asia', filters: { country: ['KR', 'JP'] } } },
};
const SPOILT = [
  {},
  [],
  [{}, {}],
  '',
  'nosuch',
  'x'.repeat(5_000),
  null,
  true,
  -1,
  0.5,
  1e12,
  [[]],
  { a: {} },
];

describe('the body of a setting', () => {
  const ajv = new Ajv2020({ strict: false, validateFormats: false });
  ajv.addSchema({ $id: 'openapi', components: document.components });
  const kinds = Object.entries(SETTINGS).map(([name, kind]) => ({ name, ...kind }));

  it('is tried for every kind', () => {
    const documented = operations.flatMap(({ method, body }) =>
      method === 'POST' && body?.$ref ? [body.$ref] : [],
    );
    expect(documented.map((reference) => reference.split('/').at(-1)).sort()).toEqual(
      Object.keys(SETTINGS).sort(),
    );
  });

  it.each(kinds)('is taken or rejected as its schema says: $name', async ({ name, path, body }) => {
    const isValid = ajv.compile({ $ref: `openapi#/components/schemas/${name}` });
    expect(isValid(body), JSON.stringify(isValid.errors)).toBe(true);
    expect(await statusOf('POST', `/api/${path}`, ADMIN_KEY, body)).toBe(200);
    const fields = Object.keys(resolve(`#/components/schemas/${name}`).properties);
    const wrong = [
      ...fields.flatMap((field) => SPOILT.map((value) => ({ ...body, [field]: value }))),
      ...fields.map((field) => ({ ...body, [field]: undefined })),
    ].filter((spoilt) => !isValid(JSON.parse(JSON.stringify(spoilt))));
    expect(wrong.length).toBeGreaterThan(SPOILT.length);
    for (const spoilt of wrong)
      expect(await statusOf('POST', `/api/${path}`, ADMIN_KEY, spoilt), JSON.stringify(spoilt)).toBe(400);
  });
});

describe('a filter by what has a closed list of values', () => {
  it.each([
    ['visitor_type', 'returning'],
    ['hour_of_week', '6-*'],
    ['bot_category', 'ai_crawler'],
    ['bot_reason', 'user_agent'],
  ])('rejects any other: %s', async (name, value) => {
    for (const taken of [value, `!${value}`, '*'])
      expect(await statusOf('GET', `/api/stats?${name}=${taken}`, READ_KEY), taken).toBe(200);
    for (const wrong of ['nosuch', '!nosuch', 'no*'])
      expect(await statusOf('GET', `/api/stats?${name}=${wrong}`, READ_KEY), wrong).toBe(400);
  });
});
