/** Alerts and how it stands with them, as they are kept. */
import type { SettingsStore } from '../storage/settings-store.js';
import type { AlertRule, AlertState } from './alert-state.js';

/** Others may change a state meanwhile: they do so a few times a minute. */
const MAX_TRIES = 10;

export interface StoredAlert {
  id: string;
  rule: AlertRule;
  state: StoredState | undefined;
}

export interface StoredState {
  version: number;
  state: AlertState;
}

export async function loadAlerts(store: SettingsStore, site: string): Promise<StoredAlert[]> {
  const rules = await store.settings(site, 'alert');
  if (rules.length === 0) return [];
  const states = await loadStates(store, site);
  return rules.map(({ id, body }) => ({ id, rule: JSON.parse(body), state: states.get(id) }));
}

export async function loadStates(store: SettingsStore, site: string): Promise<Map<string, StoredState>> {
  const states = await store.settings(site, 'alert_state');
  return new Map(states.map(({ id, version, body }) => [id, { version, state: JSON.parse(body) }]));
}

/**
 * Puts what `change` makes of the present state, read again as often as another process was faster. Undefined where
 * `change` wants nothing put, or the alert is gone.
 */
export async function changeState<Change extends { state: AlertState }>(
  store: SettingsStore,
  site: string,
  { id, state: first }: Pick<StoredAlert, 'id' | 'state'>,
  change: (before: AlertState | undefined) => Change | undefined,
): Promise<(Change & { stored: StoredState }) | undefined> {
  let before = first;
  for (let tries = 0; tries < MAX_TRIES; tries += 1) {
    const changed = change(before?.state);
    if (!changed) return undefined;
    const version = (before?.version ?? 0) + 1;
    const body = JSON.stringify(changed.state);
    if (await store.putSetting(site, { kind: 'alert_state', id, version, body }))
      return { ...changed, stored: { version, state: changed.state } };
    const now = (await loadStates(store, site)).get(id);
    // Deleted while it was checked.
    if (!now && before) return undefined;
    before = now;
  }
  return undefined;
}
