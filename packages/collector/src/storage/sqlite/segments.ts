/** Events by column: a row a part, and what a state names of them. */
import { createTimeSlice } from '../../time-slice.js';
import { encodeColumns } from '../columns-codec.js';
import type { RollupKey } from '../rollup-key.js';
import type { SegmentPartKey, SegmentPartsPage, SegmentStore } from '../segment-store.js';
import type { Database } from './database.js';
import { toBuffer } from './driver.js';

const OF_STATE = 'site = ? AND shard = ? AND kind = ? AND start = ?';
const OF_PART = `${OF_STATE} AND version = ? AND segment = ? AND name = ? AND part = ?`;

export function createSegments({ sql, transaction, withoutFlush }: Database): SegmentStore {
  return {
    async putColumns({ site, shard, kind, start }, version, columns) {
      const { changes } = sql(
        `UPDATE rollups SET columns = ?, version = version + 1 WHERE ${OF_STATE} AND version = ?`,
      ).run(columns ? encodeColumns(columns) : null, site, shard, kind, start, version);
      return Number(changes) === 1;
    },

    async putSegmentPart(key, part) {
      withoutFlush(() =>
        sql(
          `INSERT OR REPLACE INTO segment_parts (site, shard, kind, start, version, segment, name, part, expires_at, bytes)
           VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
        ).run(...toValues(key, part), part.expires_at, part.bytes),
      );
    },

    async segmentParts(key, parts) {
      const slice = createTimeSlice();
      const page: SegmentPartsPage = { parts: [], readUnits: 0 };
      for (const part of parts) {
        const row = sql(`SELECT bytes FROM segment_parts WHERE ${OF_PART}`).get(...toValues(key, part));
        page.parts.push(row && toBuffer(row.bytes));
        await slice();
      }
      return page;
    },

    async listSegmentParts({ site, shard, kind, start }, maxVersion) {
      return sql(
        `SELECT segment, name, part FROM segment_parts WHERE ${OF_STATE} AND version <= ?
         ORDER BY version, segment, name, part`,
      )
        .all(site, shard, kind, start, maxVersion)
        .map(({ segment, name, part }) => ({
          segment: String(segment),
          group: String(name),
          index: Number(part),
        }));
    },

    async deleteSegmentParts(key, parts) {
      transaction(() => {
        for (const part of parts)
          sql(`DELETE FROM segment_parts WHERE ${OF_PART}`).run(...toValues(key, part));
      });
    },
  };
}

const toValues = ({ site, shard, kind, start }: RollupKey, { segment, group, index }: SegmentPartKey) =>
  [site, shard, kind, start, Number.parseInt(segment, 10), segment, group, index] as const;
