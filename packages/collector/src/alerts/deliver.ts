/**
 * Sends what waits of an alert. A message is sent by whoever has claimed it by a conditional put; who dies between the
 * claim and the note of what came of it leaves the claim to run out, and it is sent again, under the same id.
 */
import type { AlertChannel } from '@liveinsight/schema';
import type { SettingsStore } from '../storage/settings-store.js';
import { changeState, type StoredAlert } from './alert-repository.js';
import type { DeliveryFailure, WaitingMessage } from './alert-state.js';
import { claimMessage, recordAttempt } from './delivery-lease.js';

export interface Sender {
  /** Never rejects. Resolves to why it was not taken. */
  send(
    site: string,
    alertId: string,
    to: { webhook: string; channel?: AlertChannel | undefined },
    message: WaitingMessage,
  ): Promise<DeliveryFailure | undefined>;
}

export interface DeliverParts {
  context: { rollups: { now(): number } };
  settings: SettingsStore;
  sender: Sender;
  newId: () => string;
}

/** Sends the alert's messages one after another, until there are no more or one is not taken. */
export async function deliver(parts: DeliverParts, site: string, alert: StoredAlert): Promise<void> {
  const { settings, context, sender, newId } = parts;
  const now = () => context.rollups.now();
  const { webhook, channel } = alert.rule;
  let stored = alert.state;
  while (stored && stored.state.waiting.length > 0) {
    const by = newId();
    const claim = await changeState(
      settings,
      site,
      { id: alert.id, state: stored },
      (state) => state && claimMessage(state, by, now()),
    );
    if (!claim) return;
    const failure =
      webhook === undefined
        ? { error: 'the webhook was taken away' }
        : await sender.send(site, alert.id, { webhook, channel }, claim.message);
    const after = await changeState(settings, site, { id: alert.id, state: claim.stored }, (state) => {
      const next = state && recordAttempt(state, claim.message, failure, now());
      return next && { state: next };
    });
    if (failure) return;
    stored = after?.stored;
  }
}
