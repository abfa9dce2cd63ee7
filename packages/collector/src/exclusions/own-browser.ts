/**
 * A link that leaves out the browser it is opened in. What it adds to a page's address is a campaign, which every tracker
 * sends already: no tracker or page has to know of it. It is signed and holds for an hour, so that nobody else can make one.
 */
import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { Batch } from '@liveinsight/schema';
import { MAX_SETTINGS } from '../budgets.js';
import { deriveKey } from '../sites/derive-key.js';
import type { SettingsStore } from '../storage/settings-store.js';
import { HOUR_MS } from '../time/ms.js';

const SOURCE = 'liveinsight';
const MEDIUM = 'exclude';
const SIGNATURE_CHARS = 32;

export interface ExclusionLink {
  /** To be added to the address of any page of the site, as `utm_source=liveinsight&…`. */
  parameters: string;
  expiresAt: number;
}

export function createLink(secret: string, site: string, now: number): ExclusionLink {
  const expiresAt = now + HOUR_MS;
  const token = `${expiresAt.toString(36)}.${sign(secret, site, expiresAt)}`;
  const parameters = new URLSearchParams({ utm_source: SOURCE, utm_medium: MEDIUM, utm_campaign: token });
  return { parameters: String(parameters), expiresAt };
}

/** Whether the session began with such a link, and the link still holds. */
export function isOwnBrowser(
  secret: string,
  site: string,
  { session: { utm }, visitor_id }: Batch,
  now: number,
): boolean {
  if (visitor_id === undefined || utm?.source !== SOURCE || utm.medium !== MEDIUM) return false;
  const [time = '', signature = ''] = (utm.campaign ?? '').split('.');
  const expiresAt = Number.parseInt(time, 36);
  if (!(expiresAt > now)) return false;
  const expected = Buffer.from(sign(secret, site, expiresAt));
  const given = Buffer.from(signature);
  return given.length === expected.length && timingSafeEqual(given, expected);
}

/** Adds the rule, if there is room and none yet. */
export async function excludeVisitor(
  store: Pick<SettingsStore, 'settings' | 'putSetting'>,
  site: string,
  visitorId: string,
  now: number,
): Promise<void> {
  const settings = await store.settings(site, 'exclusion');
  const id = `browser-${createHash('sha256').update(visitorId).digest('base64url').slice(0, 16)}`;
  if (settings.length >= MAX_SETTINGS || settings.some((setting) => setting.id === id)) return;
  const updated_at = new Date(now).toISOString();
  const body = JSON.stringify({ by: 'visitor', value: visitorId, name: 'own browser', updated_at });
  await store.putSetting(site, { kind: 'exclusion', id, version: 1, body });
}

const sign = (secret: string, site: string, expiresAt: number): string =>
  createHmac('sha256', deriveKey(secret, 'exclusion'))
    .update(`${site}\n${expiresAt}`)
    .digest('base64url')
    .slice(0, SIGNATURE_CHARS);
