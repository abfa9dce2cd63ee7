/** What people set on the dashboard, per site: annotations, alert rules, saved funnels, goals. */
import { randomBytes } from 'node:crypto';
import {
  type AlertState,
  parseSetting,
  type SettingInputs,
  type SettingKindName as SettingKind,
} from '@liveinsight/schema';
import { loadStates } from '../alerts/alert-repository.js';
import type { Alerts } from '../alerts/alert-scheduler.js';
import { toPublicState } from '../alerts/alert-state.js';
import { isPrivateHost } from '../alerts/ssrf-guard.js';
import { MAX_SETTINGS } from '../budgets.js';
import { ApiError, validationError } from '../errors.js';
import { readDefinitions } from '../query/definitions.js';
import type { Store } from '../storage/event-store.js';
import type { Setting } from '../storage/settings-store.js';
import { checkDefinition } from './check-definition.js';

/** As ids are made; a longer one can't even be asked for. */
const ID = /^[\w-]{1,64}$/;

/** As it is shown: what was set, and `id`, `version`, `updated_at`. */
export type PublicSetting = {
  id: string;
  version: number;
  updated_at: string;
} & SettingInputs[SettingKind] & {
    signing_secret?: string;
    state?: AlertState;
  };

export interface Settings {
  /** @param secrets whether a webhook's address is shown whole, and what it is signed with */
  list(site: string, kind: SettingKind, secrets: boolean): Promise<PublicSetting[]>;
  get(site: string, kind: SettingKind, id: string, secrets: boolean): Promise<PublicSetting>;
  create(site: string, kind: SettingKind, text: string): Promise<PublicSetting>;
  replace(site: string, kind: SettingKind, id: string, text: string): Promise<PublicSetting>;
  remove(site: string, kind: SettingKind, id: string): Promise<void>;
}

export interface SettingsParts {
  store: Store;
  alerts: Pick<Alerts, 'signingSecret'>;
  allowPrivateWebhooks: boolean;
}

export function createSettings({ store, alerts, allowPrivateWebhooks }: SettingsParts): Settings {
  async function find(site: string, kind: SettingKind, id: string): Promise<Setting> {
    const found = (await store.settings(site, kind)).find((setting) => setting.id === id);
    if (found) return found;
    throw notFound(site, kind);
  }

  async function read(site: string, kind: SettingKind, text: string) {
    const parsed = parseSetting(kind, text);
    if (!parsed.ok) throw new ApiError('refused', parsed.issues[0].message, parsed.issues);
    const { value } = parsed;
    if ('webhook' in value && value.webhook) checkWebhook(value.webhook);
    await checkDefinition(kind, value, readDefinitions(store)(site));
    return parsed;
  }

  function checkWebhook(url: string): void {
    const webhookError = (message: string) =>
      validationError({ code: 'invalid_value', path: 'webhook', message });
    const isPrivate = isPrivateHost(url);
    if (isPrivate && !allowPrivateWebhooks)
      throw webhookError('webhook must not lead into a private network');
    if (!isPrivate && !url.startsWith('https:')) throw webhookError('webhook must be an https URL');
  }

  const withSecret = (site: string, setting: PublicSetting): PublicSetting =>
    'webhook' in setting && setting.webhook
      ? { ...setting, signing_secret: alerts.signingSecret(site, setting.id) }
      : setting;

  async function withStates(
    site: string,
    shown: PublicSetting[],
    secrets: boolean,
  ): Promise<PublicSetting[]> {
    const states = shown.length > 0 ? await loadStates(store, site) : new Map();
    return shown.map((setting) => {
      const stored = states.get(setting.id);
      const known = secrets ? withSecret(site, setting) : setting;
      return stored ? { ...known, state: toPublicState(stored.state) } : known;
    });
  }

  async function save(site: string, kind: SettingKind, id: string, version: number, value: object) {
    const body = JSON.stringify({ ...value, updated_at: new Date().toISOString() });
    const setting: Setting = { kind, id, version, body };
    if (await store.putSetting(site, setting)) return withSecret(site, show(setting, true));
    throw changedConflict(kind);
  }

  return {
    async list(site, kind, secrets) {
      const shown = (await store.settings(site, kind)).map((setting) => show(setting, secrets));
      return kind === 'alert' ? withStates(site, shown, secrets) : shown;
    },
    async get(site, kind, id, secrets) {
      const shown = show(await find(site, kind, id), secrets);
      return kind === 'alert' ? ((await withStates(site, [shown], secrets))[0] ?? shown) : shown;
    },
    async create(site, kind, text) {
      const { value } = await read(site, kind, text);
      if ((await store.settings(site, kind)).length >= MAX_SETTINGS) {
        const message = `site ${site} has ${MAX_SETTINGS} ${label(kind)}s already: delete some first`;
        throw validationError({ code: 'invalid_value', path: '', message });
      }
      return save(site, kind, randomBytes(9).toString('base64url'), 1, value);
    },
    async replace(site, kind, id, text) {
      const { value, version } = await read(site, kind, text);
      const before = await find(site, kind, id);
      if (version !== undefined && version !== before.version) throw changedConflict(kind);
      return save(site, kind, id, before.version + 1, value);
    },
    async remove(site, kind, id) {
      if (!ID.test(id) || !(await store.deleteSetting(site, kind, id))) throw notFound(site, kind);
      if (kind === 'alert') await store.deleteSetting(site, 'alert_state', id);
    },
  };
}

function show({ id, version, body }: Setting, secrets: boolean): PublicSetting {
  const shown: PublicSetting = { id, version, ...JSON.parse(body) };
  // Many a webhook's path is its password.
  if (!secrets && 'webhook' in shown && shown.webhook) shown.webhook = `${new URL(shown.webhook).origin}/…`;
  return shown;
}

const label = (kind: SettingKind): string => kind.replace('_', ' ');

const notFound = (site: string, kind: SettingKind) =>
  new ApiError('not_found', `site ${site} has no such ${label(kind)}`);

const changedConflict = (kind: SettingKind) =>
  new ApiError('conflict', `the ${label(kind)} was changed meanwhile: read it again`);
