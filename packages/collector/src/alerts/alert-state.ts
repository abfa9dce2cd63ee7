/** How it stands with an alert, and what becomes of that when its number is checked. Pure. */

import {
  type AlertDelivery,
  type AlertStatus,
  DEFAULT_COOLDOWN_MINUTES,
  type SettingInputs,
  type AlertState as ShownState,
} from '@liveinsight/schema';
import { MINUTE_MS } from '../time/ms.js';

/** Messages that wait at most: an alert that comes and goes while its receiver is away tells the newest. */
const MAX_WAITING = 6;

export type AlertRule = SettingInputs['alert'];

/** What a message says that may have changed by the time it is sent. */
export type MessageFacts = Omit<AlertRule, 'webhook' | 'channel' | 'enabled'>;

/** A message that is to be delivered. */
export interface WaitingMessage {
  /** The same for every attempt. */
  id: string;
  kind: AlertDelivery['message'];
  facts: MessageFacts;
  value: number | null;
  firedAt: number;
  resolvedAt?: number;
  attempts: number;
  /** When it may be sent, in ms. */
  dueAt: number;
  /** Who sends it now, and until when (ms) nobody else does. */
  claim?: { by: string; until: number };
  /** Why the last attempt failed. */
  failure?: DeliveryFailure & { at: number };
}

export interface DeliveryFailure {
  httpStatus?: number;
  error: string;
}

/** The last message that left the queue. */
export interface DeliveryOutcome extends Partial<DeliveryFailure> {
  kind: AlertDelivery['message'];
  status: 'delivered' | 'given_up';
  at: number;
  attempts: number;
}

/** All times in ms since 1970. */
export interface AlertState {
  status: AlertStatus;
  since: number;
  checkedAt: number;
  value: number | null;
  firedAt?: number;
  resolvedAt?: number;
  /** To be delivered in this order. */
  waiting: WaitingMessage[];
  last?: DeliveryOutcome;
}

/** What was found out about a number. Where there was too much to count, it is known to be at least so much. */
export type Measurement = { known: true; value: number } | { known: false; atLeast: number };

/** @param newId gives the id of a message */
export function evaluateRule(
  before: AlertState | undefined,
  rule: AlertRule,
  measurement: Measurement,
  now: number,
  newId: () => string,
): AlertState {
  const state: AlertState = before ?? { status: 'ok', since: now, checkedAt: now, value: null, waiting: [] };
  const beyond = rule.enabled ? isBeyond(rule, measurement) : false;
  const value = measurement.known && rule.enabled ? measurement.value : null;
  const next = { ...state, checkedAt: now, value };
  if (beyond === undefined) return next;
  if (state.status === 'firing') return beyond ? next : resolve(next, rule, now, newId);
  if (!beyond) return state.status === 'ok' ? next : { ...next, status: 'ok', since: now };
  const since = state.status === 'pending' ? state.since : now;
  if (!mayFire(state, rule, since, now)) return { ...next, status: 'pending', since };
  return fire(next, rule, now, newId);
}

/** Undefined where it can't be known. */
function isBeyond({ comparison, threshold }: AlertRule, measurement: Measurement): boolean | undefined {
  if (measurement.known)
    return comparison === 'above' ? measurement.value > threshold : measurement.value < threshold;
  if (measurement.atLeast > threshold) return comparison === 'above';
  return comparison === 'below' && measurement.atLeast === threshold ? false : undefined;
}

function mayFire({ firedAt }: AlertState, rule: AlertRule, since: number, now: number): boolean {
  const { for_minutes = 0, cooldown_minutes = DEFAULT_COOLDOWN_MINUTES } = rule;
  const hasCooledDown = firedAt === undefined || now - firedAt >= cooldown_minutes * MINUTE_MS;
  return now - since >= for_minutes * MINUTE_MS && hasCooledDown;
}

function fire(state: AlertState, rule: AlertRule, now: number, newId: () => string): AlertState {
  const { resolvedAt, ...rest } = state;
  const next: AlertState = { ...rest, status: 'firing', since: now, firedAt: now };
  return enqueue(next, rule, { kind: 'fired', value: state.value, firedAt: now }, now, newId);
}

function resolve(state: AlertState, rule: AlertRule, now: number, newId: () => string): AlertState {
  const next: AlertState = { ...state, status: 'ok', since: now, resolvedAt: now };
  const times = { firedAt: state.firedAt ?? now, resolvedAt: now };
  return enqueue(next, rule, { kind: 'resolved', value: state.value, ...times }, now, newId);
}

function enqueue(
  state: AlertState,
  { webhook, channel, enabled, ...facts }: AlertRule,
  message: Pick<WaitingMessage, 'kind' | 'value' | 'firedAt' | 'resolvedAt'>,
  now: number,
  newId: () => string,
): AlertState {
  if (webhook === undefined) return state;
  const waiting = [...state.waiting, { ...message, id: newId(), facts, attempts: 0, dueAt: now }];
  const surplus = waiting.length - MAX_WAITING;
  return surplus > 0 ? { ...state, waiting: waiting.slice(surplus) } : { ...state, waiting };
}

/** As the API shows it. */
export function toPublicState(state: AlertState): ShownState {
  const { status, since, checkedAt, value, firedAt, resolvedAt } = state;
  const delivery = toDelivery(state);
  return {
    status,
    since: instant(since),
    checked_at: instant(checkedAt),
    value,
    ...(firedAt === undefined ? {} : { fired_at: instant(firedAt) }),
    ...(resolvedAt === undefined ? {} : { resolved_at: instant(resolvedAt) }),
    ...(delivery ? { delivery } : {}),
  };
}

function toDelivery({ waiting: [first], last }: AlertState): AlertDelivery | undefined {
  if (first) {
    const { kind, attempts, dueAt, failure, firedAt, resolvedAt } = first;
    return {
      message: kind,
      status: 'waiting',
      at: instant(failure?.at ?? resolvedAt ?? firedAt),
      attempts,
      next_attempt_at: instant(dueAt),
      ...toPublicFailure(failure),
    };
  }
  if (!last) return undefined;
  const { kind, status, at, attempts } = last;
  return { message: kind, status, at: instant(at), attempts, ...toPublicFailure(last) };
}

const toPublicFailure = (failure: Partial<DeliveryFailure> = {}) => ({
  ...(failure.httpStatus === undefined ? {} : { http_status: failure.httpStatus }),
  ...(failure.error === undefined ? {} : { error: failure.error }),
});

export const instant = (ms: number): string => new Date(ms).toISOString();
