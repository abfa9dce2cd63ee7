/** The random salts of days, in the rollups table. */
import { randomBytes } from 'node:crypto';
import { StoreUnavailableError } from '../event-store.js';
import { MAX_SALT_AGE_MS, type SaltStore } from '../salt-store.js';
import { addBytes, addNumber, addText, emptyItem, type Item } from './attribute-codec.js';
import { IF_ABSENT, ONE_ITEM, PARTITION } from './conditions.js';
import { SALTS_KEY } from './keys.js';
import type { Query } from './query.js';
import type { Write } from './write.js';

const SALT_BYTES = 32;

export function salts(write: Write, table: string, all: (query: Query) => Promise<Item[]>): SaltStore {
  async function find(day: string): Promise<Uint8Array | undefined> {
    const [item] = await all({
      TableName: table,
      KeyConditionExpression: ONE_ITEM,
      ExpressionAttributeValues: { ':pk': { S: SALTS_KEY }, ':sk': { S: day } },
      ConsistentRead: true,
    });
    return item?.salt?.B === undefined ? undefined : Buffer.from(item.salt.B, 'base64');
  }

  async function make(day: string): Promise<void> {
    const item = emptyItem();
    addText(item, 'pk', SALTS_KEY);
    addText(item, 'sk', day);
    addNumber(item, 'expires_at', Math.floor((Date.parse(day) + MAX_SALT_AGE_MS) / 1_000));
    addBytes(item, 'salt', randomBytes(SALT_BYTES));
    await write('PutItem', { ConditionExpression: IF_ABSENT }, item);
  }

  return {
    async dailySalt(day) {
      const found = await find(day);
      if (found) return found;
      await make(day);
      // Whoever was first has made it: what is stored counts, not what was tried.
      const made = await find(day);
      if (made) return made;
      throw new StoreUnavailableError(`the salt of ${day} was deleted while it was made`);
    },

    async deleteSalts(before) {
      const items = await all({
        TableName: table,
        KeyConditionExpression: PARTITION,
        ExpressionAttributeValues: { ':pk': { S: SALTS_KEY } },
        ConsistentRead: true,
      });
      for (const { sk } of items) {
        if (!sk?.S || Date.parse(sk.S) >= before) continue;
        await write('DeleteItem', { Key: { pk: { S: SALTS_KEY }, sk } });
      }
    },
  };
}
