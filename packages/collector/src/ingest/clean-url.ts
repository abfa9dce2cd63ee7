/** What is stored of an address: origin and path, and a fragment that is a route. Queries, tokens and passwords are not. */
import { MAX_URL_CHARS } from '@liveinsight/schema';
import { memoize } from '../cache/bounded-memo.js';

const WEB = ['http:', 'https:'];
/** An app that opens a page is named as its referrer. */
const WEB_AND_APPS = [...WEB, 'android-app:', 'ios-app:'];
/** For addresses without a scheme; none that is kept, so that `https:shop.example` is read as a host. */
const BASE = 'ws://page.invalid';

/** Most addresses are clean already, and to parse one takes ten times as long as this. */
const CLEAN = /^(?:https?:\/\/[^\s/?#@[\\]+)?(?:\/[^\s?#/\\][^\s?#\\]*|\/)?$/;
/** What browsers leave out of an address before they read it. */
const CONTROLS = /\p{Cc}/gu;
const SCHEME = /^[a-z][a-z0-9+.-]*:/i;
/** Origin, authority, path and fragment, as addresses are usually written. */
const COMMON_FORM = /^((?:[a-z-]+:)?\/\/([^/?#\\]+))((?:\/[^?#\\]*)?)(?:\?[^#]*)?(#.*)?$/is;
const RELATIVE = /^([^?#]*)(?:\?[^#]*)?(#.*)?$/s;

/**
 * A page or a link. Undefined where nothing of it may be stored: mail, telephone numbers, files, scripts, data.
 *
 * @param hashRoutes whether the site's fragments are routes, also those that do not begin with `/` or `!`
 */
export const cleanUrl = (url: string, hashRoutes = false): string | undefined => clean(url, WEB, hashRoutes);

/** The page that led here: undefined also for one that is no whole address. */
export function cleanReferrer(url: string): string | undefined {
  const cleaned = clean(url, WEB_AND_APPS);
  return cleaned && SCHEME.test(cleaned) ? cleaned : undefined;
}

function clean(url: string, protocols: string[], hashRoutes = false): string | undefined {
  if (CLEAN.test(url)) return url;
  const text = url.replace(CONTROLS, '').trim();
  const isAbsolute = SCHEME.test(text) || /^[/\\]{2}/.test(text);
  const cleaned = isAbsolute
    ? cleanAbsolute(text, protocols, hashRoutes)
    : withRoute(RELATIVE.exec(text), hashRoutes);
  return cleaned !== undefined && cleaned.length <= MAX_URL_CHARS ? cleaned : undefined;
}

/** As it was written where that is possible: percent-encoding makes some addresses nine times as long. */
function cleanAbsolute(text: string, protocols: string[], hashRoutes: boolean): string | undefined {
  const [, origin, authority = '', path = '', fragment = ''] = COMMON_FORM.exec(text) ?? [];
  const parsed = origin === undefined ? parse(text) : undefined;
  const protocol = origin === undefined ? parsed && getProtocol(parsed, text) : readProtocol(origin);
  if (protocol === undefined || !protocols.includes(protocol)) return undefined;
  if (parsed) return `${protocol}//${parsed.host}${parsed.pathname}${toRoute(parsed.hash, hashRoutes)}`;
  return `${protocol}//${authority.slice(authority.lastIndexOf('@') + 1)}${path}${toRoute(fragment, hashRoutes)}`;
}

/** Origins to be remembered, 2 MB where all are as long as can be: a site's addresses have few. */
const MAX_CACHED_ORIGINS = 1_000;

/** Undefined where it is none: no path makes a valid address of it, nor an invalid one of another. */
const readProtocol = memoize(MAX_CACHED_ORIGINS, (origin) => {
  const parsed = parse(origin);
  return parsed && getProtocol(parsed, origin);
});

const getProtocol = ({ protocol }: URL, text: string): string =>
  protocol === 'ws:' && !SCHEME.test(text) ? 'https:' : protocol;

function withRoute(parts: RegExpExecArray | null, hashRoutes: boolean): string {
  const [, path = '', fragment = ''] = parts ?? [];
  return path + toRoute(fragment, hashRoutes);
}

/**
 * A fragment is a route where it begins as one, up to what looks like a parameter in it. Another one is where the site says so, and
 * where it holds no value: `#about` is a page, `#access_token=…` is not.
 */
function toRoute(fragment: string, hashRoutes: boolean): string {
  if (/^#[/!]/.test(fragment)) return /^#[^?&=#]*/.exec(fragment)?.[0] ?? '';
  return (hashRoutes && PLAIN_ROUTE.exec(fragment)?.[1]) || '';
}

/** A fragment without values before its own query, if it has one. */
const PLAIN_ROUTE = /^(#[^?&=#]+)(?:\?|$)/s;

/** Whether an address that is clean has a fragment that only a site of hash routes keeps. */
export const hasPlainRoute = (url: string | undefined): boolean => url !== undefined && /#[^/!]/.test(url);

function parse(text: string): URL | undefined {
  try {
    return new URL(text, BASE);
  } catch {
    return undefined;
  }
}
