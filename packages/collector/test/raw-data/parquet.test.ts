import { setImmediate as turn } from 'node:timers/promises';
import { sampleBatch } from '@liveinsight/testing/contracts';
import { parquetReadObjects } from 'hyparquet';
import { afterAll, expect, it, vi } from 'vitest';
import { parquetBytes } from '../../src/raw-data/parquet.js';

afterAll(() => {
  vi.doUnmock('hyparquet-writer');
  vi.resetModules();
});

it('waits for a writer that takes its time', async () => {
  const library = await vi.importActual<typeof import('hyparquet-writer')>('hyparquet-writer');
  class Slow extends library.ParquetWriter {
    override async write(...parts: Parameters<InstanceType<typeof library.ParquetWriter>['write']>) {
      await turn();
      await super.write(...parts);
    }
    override async finish() {
      await turn();
      await super.finish();
    }
  }
  vi.doMock('hyparquet-writer', () => ({ ...library, ParquetWriter: Slow }));
  async function* pages() {
    for (let n = 0; n < 3; n += 1) yield { batches: [batchOf(4_000, n)], cursor: undefined };
  }
  const parts: Uint8Array[] = [];
  for await (const part of parquetBytes(pages())) parts.push(part);
  const file = new Uint8Array(Buffer.concat(parts)).buffer;
  expect(await parquetReadObjects({ file, columns: ['event_id'] })).toHaveLength(12_000);
});

function batchOf(events: number, n: number) {
  const ids = Array.from({ length: events }, (_, at) => `e-${n}-${at}`);
  return { ...sampleBatch(ids), received_at: 1, expires_at: 2 };
}
