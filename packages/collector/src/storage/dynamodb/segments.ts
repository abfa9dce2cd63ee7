/** Segments in the rollups table: each part an item of its own, whose name is never used again. */

import { encodeColumns } from '../columns-codec.js';
import type { RollupKey } from '../rollup-store.js';
import type { SegmentPart, SegmentPartKey, SegmentPartsPage, SegmentStore } from '../segment-store.js';
import { addAttribute, addBytes, addNumber, addText, emptyItem, type Item } from './attribute-codec.js';
import { SORT_BETWEEN } from './conditions.js';
import { rollupsKey, segmentsKey, startName } from './keys.js';
import type { Query } from './query.js';
import type { GetItem } from './reads.js';
import { putVersion, type Write } from './write.js';

/** Parts read, or deleted, at a time. */
const AT_ONCE = 8;
const VERSION_DIGITS = 10;

export interface SegmentAccess {
  table: string;
  write: Write;
  get: GetItem;
  readAll(query: Query): Promise<{ items: Item[]; readUnits: number }>;
}

export function segments({ table, write, get, readAll }: SegmentAccess): SegmentStore {
  const toItemKey = (key: RollupKey, part: SegmentPartKey) => ({
    pk: { S: segmentsKey(key) },
    sk: { S: partName(key.start, part) },
  });

  return {
    async putColumns(key, version, columns) {
      const stateKey = { pk: { S: rollupsKey(key) }, sk: { S: startName(key.start) } };
      const { item } = await get({ TableName: table, Key: stateKey, ConsistentRead: true });
      if (!item || Number(item.version?.N) !== version) return false;
      const next = emptyItem();
      for (const [name, attribute] of Object.entries(item))
        if (name !== 'version' && name !== 'columns') addAttribute(next, name, attribute);
      addNumber(next, 'version', version + 1);
      addText(next, 'columns', columns && encodeColumns(columns));
      return putVersion(write, next, version + 1);
    },

    async putSegmentPart(key: RollupKey, part: SegmentPart) {
      const item = emptyItem();
      const { pk, sk } = toItemKey(key, part);
      addText(item, 'pk', pk.S);
      addText(item, 'sk', sk.S);
      addBytes(item, 'body', Buffer.from(part.bytes.buffer, part.bytes.byteOffset, part.bytes.byteLength));
      addNumber(item, 'expires_at', part.expires_at);
      await write('PutItem', {}, item);
    },

    async segmentParts(key, parts, { consistent = false } = {}) {
      const page: SegmentPartsPage = { parts: new Array(parts.length).fill(undefined), readUnits: 0 };
      await inParallel(parts, async (part, index) => {
        const read = { TableName: table, Key: toItemKey(key, part), ConsistentRead: consistent };
        const { item, readUnits } = await get(read);
        page.readUnits += readUnits;
        if (item?.body?.B !== undefined) page.parts[index] = Buffer.from(item.body.B, 'base64');
      });
      return page;
    },

    async listSegmentParts(key, maxVersion) {
      const { items } = await readAll({
        TableName: table,
        KeyConditionExpression: SORT_BETWEEN,
        ExpressionAttributeValues: {
          ':pk': { S: segmentsKey(key) },
          ':first': { S: versionName(key.start, 0) },
          ':last': { S: versionName(key.start, maxVersion + 1) },
        },
        ConsistentRead: true,
        ProjectionExpression: 'sk',
      });
      return items.flatMap(({ sk }) => parsePartName(sk?.S ?? '') ?? []);
    },

    async deleteSegmentParts(key, parts) {
      await inParallel(parts, async (part) => {
        await write('DeleteItem', { Key: toItemKey(key, part) });
      });
    },
  };
}

async function inParallel<Element>(
  elements: readonly Element[],
  run: (element: Element, index: number) => Promise<void>,
): Promise<void> {
  let next = 0;
  const worker = async () => {
    for (let index = next++; index < elements.length; index = next++)
      await run(elements[index] as Element, index);
  };
  await Promise.all(Array.from({ length: Math.min(AT_ONCE, elements.length) }, worker));
}

/** In the order of start and version. */
const versionName = (start: number, version: number): string =>
  `${startName(start)}#${String(version).padStart(VERSION_DIGITS, '0')}`;

function partName(start: number, { segment, group, index }: SegmentPartKey): string {
  const [version = '', random = ''] = segment.split('#');
  return `${versionName(start, Number(version))}#${random}#${group}#${index}`;
}

function parsePartName(name: string): SegmentPartKey | undefined {
  const [, version, random, group, index] = name.split('#');
  if (version === undefined || random === undefined || group === undefined || index === undefined)
    return undefined;
  return { segment: `${Number(version)}#${random}`, group, index: Number(index) };
}
