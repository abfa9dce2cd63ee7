/** A database of the user's own, while it is used and replaced. */
import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { fromMmdb } from '@liveinsight/collector/mmdb';
import { afterAll, afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { writeMmdb } from '../../../../scripts/write-mmdb.mjs';

const BERLIN = {
  country: { iso_code: 'DE', names: { en: 'Germany', de: 'Deutschland' } },
  subdivisions: [{ iso_code: 'BE', names: { en: 'Land Berlin' } }],
  city: { names: { en: 'Berlin', ko: '베를린' } },
};
const NETWORKS = {
  '203.0.113.0/24': BERLIN,
  // As files of DB-IP have it.
  '198.51.100.0/24': { country: { iso_code: 'KR' }, subdivisions: [{ iso_code: '11' }] },
  '192.0.2.0/24': { registered_country: { iso_code: 'FR' } },
};

describe('a location database', () => {
  const folder = mkdtempSync(join(tmpdir(), 'mmdb-'));
  const path = join(folder, 'city.mmdb');
  const errors: string[] = [];
  const onError = ({ message }: Error) => void errors.push(message);
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['Date'] });
    errors.length = 0;
    writeFileSync(path, writeMmdb(NETWORKS));
  });
  afterEach(() => vi.useRealTimers());
  afterAll(() => rmSync(folder, { recursive: true }));

  const replace = (bytes: Uint8Array) => {
    writeFileSync(`${path}.new`, bytes);
    renameSync(`${path}.new`, path);
  };
  /** A second later, at the next lookup, the file is looked at; in a moment it is read. */
  const settle = async (lookUp: (ip: string) => unknown, isDone = () => false) => {
    vi.setSystemTime(Date.now() + 1_001);
    lookUp('203.0.113.9');
    for (let turn = 0; turn < 30 && !isDone(); turn += 1) await setTimeout(10);
  };

  it('says country, region and city of an address, by name where it has one', async () => {
    const lookUp = await fromMmdb(path, { onError });
    expect(lookUp('203.0.113.9')).toEqual({ country: 'DE', region: 'Land Berlin', city: 'Berlin' });
    expect(lookUp('198.51.100.9')).toEqual({ country: 'KR', region: '11', city: undefined });
    expect(lookUp('192.0.2.9')).toMatchObject({ country: 'FR' });
    for (const unknown of ['10.0.0.1', '2001:db8::1', 'unknown', '', '203.0.113.9.9'])
      expect(lookUp(unknown)).toBeUndefined();
    expect((await fromMmdb(path, { language: 'ko' }))('203.0.113.9')).toMatchObject({ city: '베를린' });
  });

  it('decodes what it has of a network once, and remembers no address', async () => {
    const lookUp = await fromMmdb(path, { onError });
    const berlin = lookUp('203.0.113.9');
    const texts = vi.spyOn(Buffer.prototype, 'toString');
    for (let host = 1; host < 255; host += 1) expect(lookUp(`203.0.113.${host}`)).toEqual(berlin);
    expect(texts.mock.calls).toEqual([]);
    expect(lookUp('198.51.100.9')).toMatchObject({ country: 'KR' });
    expect(texts.mock.calls.length).toBeGreaterThan(0);
    texts.mockRestore();
  });

  it('is read again when another file takes its place', async () => {
    const lookUp = await fromMmdb(path, { onError });
    replace(writeMmdb({ '203.0.113.0/24': { country: { iso_code: 'AT' } } }));
    await settle(lookUp);
    expect(lookUp('203.0.113.9')).toMatchObject({ country: 'AT' });
    expect(errors).toEqual([]);
  });

  it('stays in use while the new file is damaged, cut off, missing, or of another kind', async () => {
    const lookUp = await fromMmdb(path, { onError });
    const good = writeMmdb(NETWORKS);
    const noSeparator = Buffer.from(good);
    noSeparator.fill(7, good.indexOf(Buffer.alloc(16)), good.indexOf(Buffer.alloc(16)) + 8);
    for (const [index, bytes] of [
      Buffer.from('no database'),
      Buffer.alloc(0),
      good.subarray(0, good.length - 40),
      noSeparator,
      writeMmdb(NETWORKS, 'GeoLite2-ASN'),
    ].entries()) {
      replace(bytes);
      await settle(lookUp, () => errors.length > index);
      expect(errors.at(-1)).toMatch(/city\.mmdb: the file before stays in use: ./);
      expect(lookUp('203.0.113.9')).toMatchObject({ country: 'DE' });
    }
    expect(errors).toHaveLength(5);
    rmSync(path);
    await settle(lookUp, () => errors.length > 5);
    expect(errors.at(-1)).toContain('ENOENT');
    // Said once, however long it lasts.
    await settle(lookUp);
    expect(errors).toHaveLength(6);
    replace(writeMmdb({ '203.0.113.0/24': { country: { iso_code: 'CH' } } }));
    await settle(lookUp);
    expect(lookUp('203.0.113.9')).toMatchObject({ country: 'CH' });
  });

  it('must be there and whole at the start', async () => {
    await expect(fromMmdb(join(folder, 'none.mmdb'))).rejects.toThrow('ENOENT');
    replace(Buffer.from('no database'));
    await expect(fromMmdb(path)).rejects.toThrow();
  });
});
