/** The random salts of days: deleted ones are overwritten in the files. */
import { randomBytes } from 'node:crypto';
import type { SaltStore } from '../salt-store.js';
import type { Database } from './database.js';
import { toBuffer } from './driver.js';

const SALT_BYTES = 32;

export function createSalts({ sql, transaction, eraseDeleted }: Database): SaltStore {
  return {
    async dailySalt(day) {
      return transaction(() => {
        sql('INSERT OR IGNORE INTO daily_salts (day, salt) VALUES (?, ?)').run(day, randomBytes(SALT_BYTES));
        // A copy: what the driver gives may be its own memory.
        return Buffer.from(toBuffer(sql('SELECT salt FROM daily_salts WHERE day = ?').get(day)?.salt));
      });
    },

    async deleteSalts(before) {
      const days = sql('SELECT day FROM daily_salts')
        .all()
        .map(({ day }) => String(day))
        .filter((day) => Date.parse(day) < before);
      if (days.length === 0) return;
      eraseDeleted(() => {
        for (const day of days) sql('DELETE FROM daily_salts WHERE day = ?').run(day);
      });
    },
  };
}
