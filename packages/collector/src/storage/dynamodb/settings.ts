/** What people set for a site, in the rollups table. */
import type { Setting, SettingKind, SettingsStore } from '../settings-store.js';
import { addNumber, addText, emptyItem, type Item } from './attribute-codec.js';
import { IF_PRESENT, SORT_BEGINS } from './conditions.js';
import { settingName, settingsKey } from './keys.js';
import type { Query } from './query.js';
import { putVersion, type Write } from './write.js';

export function settings(write: Write, table: string, all: (query: Query) => Promise<Item[]>): SettingsStore {
  return {
    async settings(site: string, kind: SettingKind) {
      const items = await all({
        TableName: table,
        KeyConditionExpression: SORT_BEGINS,
        ExpressionAttributeValues: {
          ':pk': { S: settingsKey(site) },
          ':start': { S: settingName(kind, '') },
        },
        ConsistentRead: true,
      });
      return items.map((item) => decodeSetting(kind, item));
    },

    putSetting(site: string, { kind, id, version, body }: Setting) {
      const item = emptyItem();
      addText(item, 'pk', settingsKey(site));
      addText(item, 'sk', settingName(kind, id));
      addNumber(item, 'version', version);
      addText(item, 'body', body);
      return putVersion(write, item, version);
    },

    deleteSetting(site: string, kind: SettingKind, id: string) {
      return write('DeleteItem', {
        Key: { pk: { S: settingsKey(site) }, sk: { S: settingName(kind, id) } },
        ConditionExpression: IF_PRESENT,
      });
    },
  };
}

const decodeSetting = (kind: SettingKind, item: Item): Setting => ({
  kind,
  id: (item.sk?.S ?? '').slice(settingName(kind, '').length),
  version: Number(item.version?.N),
  body: item.body?.S ?? '',
});
