/** Alerts and how it stands with them, as they are kept. */
import type { SettingsStore } from '../storage/settings-store.js';
import type { AlertRule, AlertState } from './alert-state.js';

/** Others may change a state meanwhile: they do so a few times a minute. */
const MAX_TRIES = 10;

export interface KeptAlert {
  id: string;
  rule: AlertRule;
  state: KeptState | undefined;
}

export interface KeptState {
  version: number;
  state: AlertState;
}

export async function keptAlerts(store: SettingsStore, site: string): Promise<KeptAlert[]> {
  const rules = await store.settings(site, 'alert');
  if (rules.length === 0) return [];
  const states = await keptStates(store, site);
  return rules.map(({ id, body }) => ({ id, rule: JSON.parse(body), state: states.get(id) }));
}

export async function keptStates(store: SettingsStore, site: string): Promise<Map<string, KeptState>> {
  const states = await store.settings(site, 'alert_state');
  return new Map(states.map(({ id, version, body }) => [id, { version, state: JSON.parse(body) }]));
}

/**
 * Puts what `change` makes of the present state, read anew as often as another process was faster. Undefined where
 * `change` wants nothing put, or the alert is gone.
 */
export async function changeState<Change extends { state: AlertState }>(
  store: SettingsStore,
  site: string,
  { id, state: first }: Pick<KeptAlert, 'id' | 'state'>,
  change: (before: AlertState | undefined) => Change | undefined,
): Promise<(Change & { kept: KeptState }) | undefined> {
  let before = first;
  for (let tries = 0; tries < MAX_TRIES; tries += 1) {
    const changed = change(before?.state);
    if (!changed) return undefined;
    const version = (before?.version ?? 0) + 1;
    const body = JSON.stringify(changed.state);
    if (await store.putSetting(site, { kind: 'alert_state', id, version, body }))
      return { ...changed, kept: { version, state: changed.state } };
    const now = (await keptStates(store, site)).get(id);
    // Deleted while it was checked.
    if (!now && before) return undefined;
    before = now;
  }
  return undefined;
}
