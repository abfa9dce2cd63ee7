/** Numbers as a person with the facts and a calculator would make them: one fact after the other, no rollups, no sketches. */
import type { Totals } from '@liveinsight/schema';
import type { Fact, Session } from './history.js';

export interface Span {
  /** ms, inclusive. */
  from: number;
  /** ms, exclusive. */
  to: number;
}

/** Which sessions are meant; given all that a session did in the span. */
export type Wanted = (session: Session, facts: Fact[]) => boolean;

export const arrivedIn = (facts: Fact[], { from, to }: Span): Fact[] =>
  facts.filter(({ arrival }) => arrival >= from && arrival < to);

export function ofSessions(facts: Fact[], wanted: Wanted): Fact[] {
  const bySession = groups(facts, ({ session }) => session.id);
  const chosen = new Set<string>();
  for (const [id, own] of bySession) if (own[0] && wanted(own[0].session, own)) chosen.add(id);
  return facts.filter(({ session }) => chosen.has(session.id));
}

export function groups<Key>(facts: Fact[], keyOf: (fact: Fact) => Key): Map<Key, Fact[]> {
  const found = new Map<Key, Fact[]>();
  for (const fact of facts) {
    const own = found.get(keyOf(fact));
    if (own) own.push(fact);
    else found.set(keyOf(fact), [fact]);
  }
  return found;
}

const sum = (facts: Fact[], of: (fact: Fact) => number | undefined): number =>
  facts.reduce((total, fact) => total + (of(fact) ?? 0), 0);
const per = (part: number, whole: number): number => (whole > 0 ? part / whole : 0);
const share = (part: number, whole: number): number => Math.min(1, Math.max(0, per(part, whole)));
const views = (facts: Fact[]) => facts.filter(({ kind }) => kind === 'page_view');
const isKind = (kind: Fact['kind']) => (fact: Fact) => fact.kind === kind;

/** Sessions that began in these facts. */
const begun = (facts: Fact[]): number => views(facts).filter(({ view }) => view === 1).length;
const visitorOf = ({ visitor, id }: Session): string => visitor ?? id;

export function totals(facts: Fact[]): Totals {
  const sessions = begun(facts);
  const pageViews = views(facts).length;
  const converting = facts.filter(({ nth }) => nth === 1).length;
  const engaged = facts.filter(({ becomesEngaged }) => becomesEngaged).length;
  const second = views(facts).filter(({ view }) => view === 2).length;
  return {
    visitors: new Set(facts.map(({ session }) => visitorOf(session))).size,
    sessions,
    page_views: pageViews,
    views_per_session: per(pageViews, sessions),
    events: facts.length,
    clicks: facts.filter(isKind('click')).length,
    conversions: facts.filter(isKind('conversion')).length,
    conversion_rate: share(converting, sessions),
    bounce_rate: share(sessions - second, sessions),
    engaged_sessions: engaged,
    engagement_rate: share(engaged, sessions),
    average_session_duration_ms: Math.round(
      per(
        sum(facts, ({ gap }) => gap),
        sessions,
      ),
    ),
    average_engaged_ms: Math.round(
      per(
        sum(facts, ({ engaged }) => engaged),
        pageViews,
      ),
    ),
    revenue: revenue(facts),
  };
}

export function revenue(facts: Fact[]): Record<string, number> {
  const amounts: Record<string, number> = {};
  for (const { currency, value = 0 } of facts) {
    // In hundredths, so that no sum has a fraction of a cent.
    if (currency) amounts[currency] = (amounts[currency] ?? 0) + Math.round(value * 100);
  }
  return Object.fromEntries(
    Object.entries(amounts).map(([currency, hundredths]) => [currency, hundredths / 100]),
  );
}

export interface PageTruth {
  page_views: number;
  sessions: number;
  average_engaged_ms: number;
  exit_rate: number;
  exits: number;
  clicks: number;
  entries: number;
}

/** By page, decoded. */
export function pages(facts: Fact[]): Map<string, PageTruth> {
  const rows = new Map<string, PageTruth>();
  for (const [page, own] of groups(facts, (fact) => fact.page)) {
    const seen = views(own).length;
    if (seen === 0) continue;
    const left = views(facts).filter(({ from }) => from === page).length;
    const exits = Math.max(0, seen - left);
    rows.set(page, {
      page_views: seen,
      sessions: views(own).filter(({ isFirstOnPage }) => isFirstOnPage).length,
      average_engaged_ms: Math.round(
        per(
          sum(own, ({ engaged }) => engaged),
          seen,
        ),
      ),
      exits,
      exit_rate: share(exits, seen),
      clicks: own.filter(isKind('click')).length,
      entries: begun(facts.filter(({ session }) => session.entry === page)),
    });
  }
  return rows;
}

export interface SessionTruth {
  sessions: number;
  page_views: number;
  bounce_rate: number;
  conversion_rate: number;
}

/** By what a session has one of. */
export function bySession(facts: Fact[], told: (session: Session) => string | undefined) {
  const rows = new Map<string, SessionTruth>();
  for (const [value, own] of groups(facts, ({ session }) => told(session))) {
    const { sessions, page_views, bounce_rate, conversion_rate } = totals(own);
    if (value !== undefined && sessions)
      rows.set(value, {
        sessions,
        page_views: page_views ?? 0,
        bounce_rate: bounce_rate ?? 0,
        conversion_rate: conversion_rate ?? 0,
      });
  }
  return rows;
}

/** How many times each thing happened, most first. */
export const counted = (names: (string | undefined)[]): Map<string, number> => {
  const counts = new Map<string, number>();
  for (const name of names) if (name !== undefined) counts.set(name, (counts.get(name) ?? 0) + 1);
  return counts;
};

export const eventName = ({ kind, name }: Fact): string => (kind === 'custom' ? (name ?? '') : kind);
