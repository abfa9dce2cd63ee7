/** Alerts on a real store, checked at times of the test's choosing by as many processes as it likes. */
import { createHash, randomBytes } from 'node:crypto';
import type { Store } from '@liveinsight/collector';
import { loadAlerts, type StoredAlert } from '../../src/alerts/alert-repository.js';
import { type AlertRule, instant } from '../../src/alerts/alert-state.js';
import { type CheckParts, checkAlerts } from '../../src/alerts/evaluate.js';
import { DEFAULT_ROLLUP_LIMITS } from '../../src/rollup/rollup-context.js';
import { createSites } from '../../src/sites/site-registry.js';
import { getCalendar } from '../../src/time/calendar.js';

/** Fires at once at a site without traffic. */
export const QUIET: AlertRule = {
  name: 'quiet',
  metric: 'page_views',
  comparison: 'below',
  threshold: 1,
  window_minutes: 5,
  webhook: 'https://hooks.example/',
  enabled: true,
};

export interface Sent {
  id: string;
  kind: string;
  value: number | null;
}

export async function putRule(store: Store, site: string, rule: AlertRule, id = 'rule'): Promise<void> {
  const body = JSON.stringify({ ...rule, updated_at: instant(Date.now()) });
  await store.putSetting(site, { kind: 'alert', id, version: 1, body });
}

export async function theAlert(store: Store, site: string): Promise<StoredAlert> {
  const [alert] = await loadAlerts(store, site);
  if (!alert) throw new Error('there is no alert');
  return alert;
}

/** One process's round at a time (ms): `send` says why a message was not taken. */
export function roundAt(
  store: Store,
  site: string,
  now: () => number,
  send: (message: Sent) => Promise<{ error: string } | undefined> = async () => undefined,
  maxBatches = 5_000,
): Promise<void> {
  const parts: CheckParts = {
    context: {
      events: store,
      rollups: { ...store, now },
      hash: (id) => createHash('sha256').update(id).digest().readBigUInt64BE(),
      countBots: false,
      settleMs: 0,
      steps: DEFAULT_ROLLUP_LIMITS,
      onDifference: () => {},
    },
    settings: store,
    sender: { send: (_site, _alert, _url, { id, kind, value }) => send({ id, kind, value }) },
    newId: () => randomBytes(6).toString('hex'),
    maxBatches,
  };
  const [known] = createSites({ sites: [{ id: site }] }).all;
  if (!known) throw new Error('there is no site');
  const rollup = { id: site, calendar: getCalendar('UTC'), retentionDays: 30, shards: 1 };
  return checkAlerts(parts, { known, rollup }, Number.POSITIVE_INFINITY);
}
