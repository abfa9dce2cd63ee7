/** What people set for a site. */
import type { Setting, SettingKind, SettingsStore } from '../settings-store.js';
import type { Database } from './database.js';

export function createSettings({ sql }: Database): SettingsStore {
  return {
    async settings(site: string, kind: SettingKind): Promise<Setting[]> {
      return sql('SELECT id, version, body FROM settings WHERE site = ? AND kind = ? ORDER BY id')
        .all(site, kind)
        .map(({ id, version, body }) => ({
          kind,
          id: String(id),
          version: Number(version),
          body: String(body),
        }));
    },

    async putSetting(site: string, { kind, id, version, body }: Setting): Promise<boolean> {
      const { changes } =
        version === 1
          ? sql('INSERT OR IGNORE INTO settings (site, kind, id, version, body) VALUES (?, ?, ?, 1, ?)').run(
              ...([site, kind, id, body] as const),
            )
          : sql(
              'UPDATE settings SET version = ?, body = ? WHERE site = ? AND kind = ? AND id = ? AND version = ?',
            ).run(version, body, site, kind, id, version - 1);
      return Number(changes) === 1;
    },

    async deleteSetting(site: string, kind: SettingKind, id: string): Promise<boolean> {
      const { changes } = sql('DELETE FROM settings WHERE site = ? AND kind = ? AND id = ?').run(
        site,
        kind,
        id,
      );
      return Number(changes) === 1;
    },
  };
}
