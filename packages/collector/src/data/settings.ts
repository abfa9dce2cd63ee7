/** What people set on the dashboard, per site: annotations, alert rules, saved funnels. */
import { randomBytes } from 'node:crypto';
import { parseSetting, type SettingInputs } from '@liveinsight/schema';
import { RequestFailure, refusal } from '../errors.js';
import type { Setting, SettingKind } from '../store/settings-store.js';
import type { Store } from '../store/store.js';
import { isPrivateHost } from './webhook.js';

/** Settings of a kind that a site can have: all are shown at once. */
const MOST_SETTINGS = 200;

/** As it is shown: what was set, and `id`, `version`, `updated_at`. */
export type ShownSetting = { id: string; version: number; updated_at: string } & SettingInputs[SettingKind];

export interface Settings {
  /** @param secrets whether a webhook's address is shown whole */
  list(site: string, kind: SettingKind, secrets: boolean): Promise<ShownSetting[]>;
  get(site: string, kind: SettingKind, id: string, secrets: boolean): Promise<ShownSetting>;
  create(site: string, kind: SettingKind, text: string): Promise<ShownSetting>;
  replace(site: string, kind: SettingKind, id: string, text: string): Promise<ShownSetting>;
  remove(site: string, kind: SettingKind, id: string): Promise<void>;
}

export function createSettings(store: Store, allowPrivateWebhooks: boolean): Settings {
  async function find(site: string, kind: SettingKind, id: string): Promise<Setting> {
    const found = (await store.settings(site, kind)).find((setting) => setting.id === id);
    if (found) return found;
    throw notFound(site, kind);
  }

  function read(kind: SettingKind, text: string) {
    const parsed = parseSetting(kind, text);
    if (!parsed.ok) throw new RequestFailure('refused', parsed.issues[0].message, parsed.issues);
    const { value } = parsed;
    if (!allowPrivateWebhooks && 'webhook' in value && value.webhook && isPrivateHost(value.webhook)) {
      const message = 'webhook must not lead into a private network';
      throw refusal({ code: 'invalid_value', path: 'webhook', message });
    }
    return parsed;
  }

  async function put(site: string, kind: SettingKind, id: string, version: number, value: object) {
    const body = JSON.stringify({ ...value, updated_at: new Date().toISOString() });
    const setting: Setting = { kind, id, version, body };
    if (await store.putSetting(site, setting)) return show(setting, true);
    throw changed(kind);
  }

  return {
    async list(site, kind, secrets) {
      return (await store.settings(site, kind)).map((setting) => show(setting, secrets));
    },
    get: async (site, kind, id, secrets) => show(await find(site, kind, id), secrets),
    async create(site, kind, text) {
      const { value } = read(kind, text);
      if ((await store.settings(site, kind)).length >= MOST_SETTINGS) {
        const message = `site ${site} has ${MOST_SETTINGS} ${kind}s already: delete some first`;
        throw refusal({ code: 'invalid_value', path: '', message });
      }
      return put(site, kind, randomBytes(9).toString('base64url'), 1, value);
    },
    async replace(site, kind, id, text) {
      const { value, version } = read(kind, text);
      const before = await find(site, kind, id);
      if (version !== undefined && version !== before.version) throw changed(kind);
      return put(site, kind, id, before.version + 1, value);
    },
    async remove(site, kind, id) {
      if (!(await store.deleteSetting(site, kind, id))) throw notFound(site, kind);
    },
  };
}

function show({ id, version, body }: Setting, secrets: boolean): ShownSetting {
  const shown: ShownSetting = { id, version, ...JSON.parse(body) };
  // Many a webhook's path is its password.
  if (!secrets && 'webhook' in shown && shown.webhook) shown.webhook = `${new URL(shown.webhook).origin}/…`;
  return shown;
}

const notFound = (site: string, kind: SettingKind) =>
  new RequestFailure('not_found', `site ${site} has no such ${kind}`);

const changed = (kind: SettingKind) =>
  new RequestFailure('conflict', `the ${kind} was changed meanwhile: read it again`);
