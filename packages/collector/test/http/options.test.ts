import {
  type CollectorOptions,
  createCollector,
  OptionsError,
  optionsFromEnvironment,
} from '@liveinsight/collector';
import { readKeyFromEnvironment } from '@liveinsight/collector/config';
import { dynamoStore } from '@liveinsight/collector/dynamodb';
import { describe, expect, it, vi } from 'vitest';
import { SECRET } from '../stack.js';

const store = dynamoStore({ endpoint: 'http://127.0.0.1:1' });
const good: CollectorOptions = { store, secret: SECRET, sites: [{ id: 'shop' }] };
const site = (more: object): Partial<CollectorOptions> => ({ sites: [{ id: 'shop', ...more }] });

describe('options', () => {
  const wrong: [Partial<Record<keyof CollectorOptions, unknown>>, string][] = [
    [{ store: undefined }, 'store must be given'],
    [{ secret: 'too short' }, 'secret must have at least 16 characters'],
    [{ sites: [] }, 'sites must list at least one site'],
    [
      { sites: [{ id: 'Shop!' }] },
      'sites[0].id must be 1 to 64 of the characters a-z 0-9 . _ -, got "Shop!"',
    ],
    [{ sites: [{ id: 'a' }, { id: 'a' }] }, 'sites must have each id once, got "a" again'],
    [{ defaultSite: 'blog' }, 'defaultSite must be one of the sites, got "blog"'],
    [site({ origins: ['shop.example'] }), 'sites[0].origins[0] must be an origin as https://shop.example'],
    [site({ origins: ['https://shop.example/'] }), 'without a path'],
    [site({ origins: ['*'] }), 'sites[0].origins[0] must be an origin'],
    [site({ timezone: 'Mars/Olympus' }), 'sites[0].timezone must be an IANA name'],
    [site({ retentionDays: 2 }), 'sites[0].retentionDays must be a whole number of 3 to 3650, got 2'],
    [site({ currency: 'euro' }), 'sites[0].currency must be a currency as EUR'],
    [site({ currency: 'EUO' }), 'sites[0].currency must be a currency as EUR'],
    [site({ currency: 'EUR', rates: { UDS: 0.92 } }), 'sites[0].rates must have numbers above 0 by currency'],
    [site({ currency: 'EUR', rates: { USD: 0 } }), 'sites[0].rates must have numbers above 0 by currency'],
    [
      site({ currency: 'EUR', rates: { USD: 1e300 } }),
      'sites[0].rates must have numbers above 0 by currency',
    ],
    [
      site({ currency: 'EUR', rates: { USD: 0.92, EUR: 2 } }),
      'sites[0].rates must be rates into EUR: its own is 1, got 2',
    ],
    [site({ rates: { USD: 0.92 } }), 'sites[0].currency must be given with rates'],
    [site({ origins: ['https://127.1'] }), 'sites[0].origins[0] must be an origin'],
    [site({ origins: ['https://*.shop.example:0443'] }), 'sites[0].origins[0] must be an origin'],
    [site({ origins: ['http://shop.example:99999'] }), 'sites[0].origins[0] must be an origin'],
    [{ readKeys: [`${'k'.repeat(20)}\n`] }, 'readKeys[0] must be what a header can hold'],
    [{ adminKeys: [' '.repeat(20)] }, 'adminKeys[0] must be what a header can hold'],
    [
      { readKeys: [{ key: 'ключ-ключ-ключ-ключ', sites: ['shop'] }] },
      'readKeys[0].key must be what a header can hold',
    ],
    [site({ shards: 0 }), 'sites[0].shards must be a whole number of 1 to 256'],
    [
      site({ shards: [{ from: 1_767_225_600, count: 2 }] }),
      'sites[0].shards[0].from must be ms since 1970 or an ISO 8601 instant with its zone, as 2026-01-31T09:00:00Z, got 1767225600: these look like seconds, write 1767225600000',
    ],
    [site({ shards: [{ from: 1.8e16, count: 2 }] }), 'sites[0].shards[0].from must be ms since 1970'],
    [site({ shards: [{ from: 'soon', count: 2 }] }), 'sites[0].shards[0].from must be ms since 1970'],
    [
      site({
        shards: [
          { from: 1_767_225_600_002, count: 2 },
          { from: 1_767_225_600_001, count: 3 },
        ],
      }),
      'shards[1].from must be later',
    ],
    [{ readKeys: ['k'.repeat(15)] }, 'readKeys[0] must have at least 16 characters'],
    [{ adminKeys: [{ key: 'k'.repeat(15), sites: ['shop'] }] }, 'adminKeys[0].key must have at least 16'],
    [{ readKeys: [{ key: 'long enough for a key', sites: ['blog'] }] }, 'readKeys[0].sites names "blog"'],
    [{ adminKeys: [''] }, 'adminKeys[0] must have at least 16 characters'],
    [{ basePath: 'analytics/' }, 'basePath must begin with /'],
    [{ countryHeader: 'CF-IPCountry' }, 'countryHeader must be a header’s name in lower case'],
    [{ trustedProxies: -1 }, 'trustedProxies must be a whole number of 0 to 16'],
  ];

  it.each(wrong)('%j are refused at once', (options, message) => {
    const create = () => createCollector({ ...good, ...options } as CollectorOptions);
    expect(create).toThrow(OptionsError);
    expect(create).toThrow(message.replace('’', "'"));
  });

  it.each<[Partial<Record<string, unknown>>, string]>([
    [{ trustedProxy: 1 }, 'unknown key "trustedProxy" in the options (did you mean "trustedProxies"?)'],
    [{ adminKey: 'x' }, 'unknown key "adminKey" in the options (did you mean "adminKeys"?)'],
    [{ on_rollup_error: 1 }, 'unknown key "on_rollup_error" in the options (did you mean "onRollupError"?)'],
    [{ colour: 'red' }, 'unknown key "colour" in the options (allowed: store, secret, sites'],
    [
      site({ retention_days: 400 }),
      'unknown key "retention_days" in site "shop" (did you mean "retentionDays"?)',
    ],
    [site({ timeZone: 'UTC' }), 'unknown key "timeZone" in site "shop" (did you mean "timezone"?)'],
    [site({ allowedOrigins: [] }), 'unknown key "allowedOrigins" in site "shop" (did you mean "origins"?)'],
    [
      site({ shards: [{ from: 1_767_225_600_000, count: 1, to: 2 }] }),
      'unknown key "to" in a step of shards',
    ],
    [
      { readKeys: [{ key: 'long enough for a key', site: 'shop' }] },
      'unknown key "site" in a key (did you mean "sites"?)',
    ],
    [{ assets: { scripts: {} } }, 'unknown key "scripts" in assets (allowed: tracker, dashboard)'],
  ])('of an unknown name are refused with the nearest known one: %j', (options, message) => {
    const create = () => createCollector({ ...good, ...options } as CollectorOptions);
    expect(create).toThrow(OptionsError);
    expect(create).toThrow(message);
  });

  it.each<[Partial<Record<string, unknown>>, string]>([
    [{ countBots: 'false' }, 'countBots must be true or false, got "false"'],
    [{ allowPrivateWebhooks: 0 }, 'allowPrivateWebhooks must be true or false, got 0'],
    [{ onStoreError: 'log' }, 'onStoreError must be a function, got "log"'],
    [{ environment: 5 }, 'environment must be a text, got 5'],
    [{ sites: { id: 'shop' } }, 'sites must be a list of sites, got {"id":"shop"}'],
    [{ sites: ['shop'] }, 'sites[0] must be an object, got "shop"'],
    [site({ origins: 'https://shop.example' }), 'sites[0].origins must be a list of origins'],
    [site({ timezone: null }), 'sites[0].timezone must be an IANA name as Europe/Berlin, got null'],
    [{ assets: { dashboard: { 'index.html': '<html>' } } }, 'assets.dashboard.index.html must be an object'],
  ])('of another kind are refused by name: %j', (options, message) => {
    expect(() => createCollector({ ...good, ...options } as CollectorOptions)).toThrow(message);
  });

  it('that are secret are never in a message', () => {
    const secrets = { secret: 'hushhush', readKeys: 'hushhush', adminKeys: [{ key: 'hushhush' }, 'hush'] };
    const create = () => createCollector({ ...good, ...secrets } as unknown as CollectorOptions);
    expect(create).toThrow(/secret .*; readKeys .*; adminKeys/);
    expect(create).not.toThrow(/hush/);
  });

  it('that are given as undefined are those that are not given', () => {
    const options = { ...good, defaultSite: undefined, countBots: undefined, assets: undefined };
    expect(() => createCollector(options as unknown as CollectorOptions)).not.toThrow();
  });

  it('that are wrong are named all together', () => {
    const create = () => createCollector({ ...good, secret: '', trustedProxies: 99 });
    expect(create).toThrow(/secret .*; trustedProxies /);
  });
});

describe('keys of 16 to 19 characters', () => {
  it('work, and are named on standard error without being shown', async () => {
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => {});
    const short = 'k'.repeat(19);
    const collector = createCollector({ ...good, readKeys: [short, 'k'.repeat(20)], adminKeys: [] });
    const said = warn.mock.calls.join('\n');
    warn.mockRestore();
    expect(said).toMatch(/readKeys\[0\] has 19 characters: .* at least 20/);
    expect(said).not.toMatch(/readKeys\[1\]|kkk/);
    await collector.close();
  });
});

describe('options from the environment', () => {
  const env = { LIVEINSIGHT_SECRET: SECRET, LIVEINSIGHT_SITES: '[{"id":"shop"},"blog"]' };

  it('are read from JSON or plain lists', () => {
    expect(
      optionsFromEnvironment({
        ...env,
        LIVEINSIGHT_DEFAULT_SITE: 'shop',
        LIVEINSIGHT_READ_KEYS: 'read-key-of-the-tests-1, read-key-of-the-tests-2',
        LIVEINSIGHT_ADMIN_KEYS: '["admin-key-of-the-tests-1"]',
        ENVIRONMENT: 'prod',
      }),
    ).toEqual({
      secret: SECRET,
      sites: [{ id: 'shop' }, { id: 'blog' }],
      defaultSite: 'shop',
      readKeys: ['read-key-of-the-tests-1', 'read-key-of-the-tests-2'],
      adminKeys: ['admin-key-of-the-tests-1'],
      environment: 'prod',
    });
  });

  it.each([
    ['LIVEINSIGHT_SECRET', undefined, 'LIVEINSIGHT_SECRET must be set'],
    ['LIVEINSIGHT_SECRET', 'short', 'LIVEINSIGHT_SECRET'],
    ['LIVEINSIGHT_SITES', undefined, 'LIVEINSIGHT_SITES must be set'],
    ['LIVEINSIGHT_SITES', '[{"id":', 'LIVEINSIGHT_SITES must be a JSON list'],
    ['LIVEINSIGHT_SITES', '[{"id":"Shop"}]', 'LIVEINSIGHT_SITES[0].id'],
    [
      'LIVEINSIGHT_SITES',
      '[{"id":"shop","shards":[{"from":1767225600,"count":2}]}]',
      'LIVEINSIGHT_SITES[0].shards[0].from must be ms since 1970',
    ],
    ['LIVEINSIGHT_SITES', '[{"id":"shop","retention_days":1}]', 'LIVEINSIGHT_SITES[0].retention_days'],
    ['LIVEINSIGHT_DEFAULT_SITE', 'other', 'LIVEINSIGHT_DEFAULT_SITE'],
    ['LIVEINSIGHT_READ_KEYS', 'short', 'LIVEINSIGHT_READ_KEYS[0]'],
    ['LIVEINSIGHT_ADMIN_KEYS', '["long enough for a key", 5]', 'LIVEINSIGHT_ADMIN_KEYS[1]'],
    ['LIVEINSIGHT_SITES', '{"id":"shop"}', 'LIVEINSIGHT_SITES must be a JSON list'],
    ['LIVEINSIGHT_READ_KEYS', '"long enough for a key"', 'LIVEINSIGHT_READ_KEYS must be a JSON list'],
    [
      'LIVEINSIGHT_SITES',
      '[{"id":"shop","retentionDays":400}]',
      'unknown key "retentionDays" in site "shop" (did you mean "retention_days"?)',
    ],
    [
      'LIVEINSIGHT_READ_KEY',
      'read-key-of-the-tests-1',
      'unknown variable "LIVEINSIGHT_READ_KEY" (did you mean "LIVEINSIGHT_READ_KEYS"?)',
    ],
  ])('name the variable %s where it is %s', (variable, value, message) => {
    const read = () => optionsFromEnvironment({ ...env, [variable]: value });
    expect(read).toThrow(OptionsError);
    expect(read).toThrow(message);
  });

  it('have the sites of JSON, which is in snake_case', () => {
    const sites = '["blog",{"id":"shop","retention_days":60,"timezone":"Asia/Seoul"}]';
    expect(optionsFromEnvironment({ ...env, LIVEINSIGHT_SITES: sites }).sites).toEqual([
      { id: 'blog' },
      { id: 'shop', retentionDays: 60, timezone: 'Asia/Seoul' },
    ]);
  });

  it('name every variable that is wrong', () => {
    const read = () => optionsFromEnvironment({ LIVEINSIGHT_SITES: '[', LIVEINSIGHT_ADMIN_KEYS: 'short' });
    expect(read).toThrow(
      /LIVEINSIGHT_SECRET must be set.*; LIVEINSIGHT_SITES must be .*; LIVEINSIGHT_ADMIN_KEYS\[0\]/,
    );
    expect(read).not.toThrow(/LIVEINSIGHT_SITES.*LIVEINSIGHT_SITES/);
  });
});

describe('the read key of the environment', () => {
  it.each([
    ['the first of a list by comma', { LIVEINSIGHT_READ_KEYS: ' a-key , another' }, 'a-key'],
    [
      'one that opens some sites',
      { LIVEINSIGHT_READ_KEYS: '[{"key":"limited","sites":["shop"]}]' },
      'limited',
    ],
    ['an admin key where no other is set', { LIVEINSIGHT_ADMIN_KEYS: 'admin' }, 'admin'],
    [
      'one behind a variable that cannot be read',
      { LIVEINSIGHT_READ_KEYS: '[', LIVEINSIGHT_ADMIN_KEYS: 'admin' },
      'admin',
    ],
    ['none', { LIVEINSIGHT_READ_KEYS: '' }, undefined],
  ])('is %s, without a secret or sites', (_, env, key) => {
    expect(readKeyFromEnvironment(env)).toBe(key);
  });
});
