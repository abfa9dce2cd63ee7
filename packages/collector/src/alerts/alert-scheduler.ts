/** Watches the alerts of a collector's sites: by a timer, or when asked. */
import { randomUUID } from 'node:crypto';
import type { CommonOptions } from '../options.js';
import { DEFAULT_ROLL_UP_EVERY_SECONDS, type RollupFailure } from '../rollup/rollup-context.js';
import type { RollupScheduler, RoundOptions } from '../rollup/rollup-scheduler.js';
import { rollupErrorLog, throwFailures } from '../rollup/round-error.js';
import { deriveKey } from '../sites/derive-key.js';
import type { Sites } from '../sites/site-registry.js';
import type { Store } from '../storage/event-store.js';
import type { Tails } from '../tail/tails.js';
import { bodyFor, detectChannel } from './channel.js';
import type { Sender } from './deliver.js';
import { checkAlerts, MAX_ALERT_BATCHES } from './evaluate.js';
import { deriveSigningSecret, post } from './webhook.js';
import { toAlertMessage } from './webhook-payload.js';

export interface Alerts {
  /** One round over all sites. Joins a round under way, unless that one is past its `withinMs`. */
  check(options?: RoundOptions): Promise<void>;
  /** What messages of an alert are signed with. */
  signingSecret(site: string, alertId: string): string;
  close(): Promise<void>;
}

export interface AlertsParts {
  options: Pick<CommonOptions, 'secret' | 'allowPrivateWebhooks' | 'rollUpEverySeconds' | 'onRollupError'>;
  sites: Sites;
  store: Store;
  scheduler: RollupScheduler;
  tails?: Pick<Tails, 'peek'>;
}

export function createAlerts({ options, sites, store, scheduler, tails }: AlertsParts): Alerts {
  const {
    rollUpEverySeconds = DEFAULT_ROLL_UP_EVERY_SECONDS,
    onRollupError = rollupErrorLog((line) => console.error(line)),
    allowPrivateWebhooks = false,
  } = options;
  const webhookKey = deriveKey(options.secret, 'webhook');
  const signingSecret = (site: string, alertId: string) => deriveSigningSecret(webhookKey, site, alertId);
  const sender: Sender = {
    send: (site, alertId, { webhook, channel = detectChannel(webhook) }, message) =>
      post(
        {
          url: webhook,
          id: message.id,
          body: bodyFor(channel, toAlertMessage(site, alertId, message)),
          signingSecret: signingSecret(site, alertId),
        },
        { allowPrivate: allowPrivateWebhooks, now: store.now() },
      ),
  };
  const checking = {
    context: scheduler.context,
    settings: store,
    sender,
    newId: () => `msg_${randomUUID()}`,
    maxBatches: MAX_ALERT_BATCHES,
    ...(tails ? { tails } : {}),
  };
  let round: { running: Promise<void>; overdueAt: number } | undefined;

  async function runRound(checkedSince: number): Promise<void> {
    const failures: RollupFailure[] = [];
    const parts = { ...checking, onFailure: (failure: RollupFailure) => failures.push(failure) };
    for (const known of sites.all) {
      const site = { known, rollup: scheduler.toRollupSite(known) };
      await checkAlerts(parts, site, checkedSince).catch((error: unknown) =>
        failures.push({ site: known.id, part: 'site', error }),
      );
    }
    throwFailures(failures);
  }

  function check(
    checkedSince: number,
    { withinMs = Number.POSITIVE_INFINITY }: RoundOptions = {},
  ): Promise<void> {
    // A function that was frozen within a round finds it was: what it waits for may never come.
    if (round && Date.now() < round.overdueAt) return round.running;
    const running = runRound(checkedSince).finally(() => {
      if (round?.running === running) round = undefined;
    });
    round = { running, overdueAt: Date.now() + withinMs };
    return running;
  }

  // Of several processes one checks at a time: what another has looked at half a beat ago is left to it.
  const intervalMs = rollUpEverySeconds * 1_000;
  const tick = () => check(store.now() - intervalMs / 2).catch(onRollupError);
  const timer = intervalMs > 0 ? setInterval(tick, intervalMs) : undefined;
  timer?.unref();

  return {
    check: (options) => check(Number.POSITIVE_INFINITY, options),
    signingSecret,
    async close() {
      clearInterval(timer);
      await round?.running.catch(() => {});
    },
  };
}
