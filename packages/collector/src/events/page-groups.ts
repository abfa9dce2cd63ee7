/**
 * The groups that rules of a site put pages in. Pure.
 *
 * A page is compared with a rule segment by segment, once and without backtracking: what a rule costs does not depend on how
 * it is written.
 */
import type { PageGroupInput } from '@liveinsight/schema';
import { MAX_GROUPED_PAGES } from '../budgets.js';
import { memoize } from '../cache/bounded-memo.js';
import { namedPage } from './page-path.js';

/** The group of a page: the name of the first rule that means it, else the page itself, without a slash at its end. */
export type ToPageGroup = (page: string) => string;

interface Rule {
  segments: readonly string[];
  position: number;
  name: string;
}

const REST = '*';

/** @param inputs in any order */
export function createPageGroups(inputs: readonly PageGroupInput[]): ToPageGroup {
  const rules = inputs.map(toRule).sort(compareRules);
  return memoize(MAX_GROUPED_PAGES, (page) => {
    const path = withoutLastSlash(page);
    // A value that is no page, as `(other)`, is in no group.
    if (!path.startsWith('/')) return page;
    const segments = toSegments(path);
    return rules.find((rule) => matches(rule, segments))?.name ?? path;
  });
}

/** A group as somebody names it: by any spelling of the page that it may be. */
export const namedGroup = (group: string): string => withoutLastSlash(namedPage(group));

function toRule({ pattern, name = pattern, position = 0 }: PageGroupInput): Rule {
  return { segments: toSegments(namedGroup(pattern)), position, name: namedGroup(name) };
}

const withoutLastSlash = (page: string): string =>
  page.length > 1 && page.endsWith('/') ? page.slice(0, -1) : page;

const toSegments = (path: string): string[] => path.slice(1).split('/');

const isAny = (segment: string): boolean => segment.startsWith(':');

function matches({ segments }: Rule, path: readonly string[]): boolean {
  const hasRest = segments.at(-1) === REST;
  if (hasRest ? path.length < segments.length : path.length !== segments.length) return false;
  return segments.every(
    (segment, index) =>
      segment === path[index] ||
      (isAny(segment) && path[index] !== '') ||
      (hasRest && index === segments.length - 1),
  );
}

/** By position, then the more specific first, so that rules seldom need positions. */
function compareRules(a: Rule, b: Rule): number {
  if (a.position !== b.position) return a.position - b.position;
  for (let index = 0; index < Math.min(a.segments.length, b.segments.length); index += 1) {
    const difference = toRank(a.segments[index]) - toRank(b.segments[index]);
    if (difference !== 0) return difference;
  }
  const [left, right] = [a.segments.join('/'), b.segments.join('/')];
  return (
    b.segments.length - a.segments.length || (left < right ? -1 : Number(left > right)) || compareNames(a, b)
  );
}

const toRank = (segment = ''): number => (segment === REST ? 2 : isAny(segment) ? 1 : 0);

const compareNames = ({ name: a }: Rule, { name: b }: Rule): number => (a < b ? -1 : Number(a > b));
