/** What is stored of an address: origin and path, and a fragment that is a route. Queries, tokens and passwords are not. */
import { MAX_URL_CHARS } from '@liveinsight/schema';

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
/** Authority, path and fragment, as addresses are usually written. */
const USUAL = /^(?:[a-z-]+:)?\/\/([^/?#\\]+)((?:\/[^?#\\]*)?)(?:\?[^#]*)?(#.*)?$/is;
const RELATIVE = /^([^?#]*)(?:\?[^#]*)?(#.*)?$/s;

/** A page or a link. Undefined where nothing of it may be stored: mail, telephone numbers, files, scripts, data. */
export const cleanUrl = (url: string): string | undefined => clean(url, WEB);

/** The page that led here: undefined also for one that is no whole address. */
export function cleanReferrer(url: string): string | undefined {
  const cleaned = clean(url, WEB_AND_APPS);
  return cleaned && SCHEME.test(cleaned) ? cleaned : undefined;
}

function clean(url: string, protocols: string[]): string | undefined {
  if (CLEAN.test(url)) return url;
  const text = url.replace(CONTROLS, '').trim();
  const isAbsolute = SCHEME.test(text) || /^[/\\]{2}/.test(text);
  const cleaned = isAbsolute ? cleanAbsolute(text, protocols) : withRoute(RELATIVE.exec(text));
  return cleaned !== undefined && cleaned.length <= MAX_URL_CHARS ? cleaned : undefined;
}

/** As it was written where that is possible: percent-encoding makes some addresses nine times as long. */
function cleanAbsolute(text: string, protocols: string[]): string | undefined {
  const parsed = parse(text);
  if (!parsed) return undefined;
  const protocol = parsed.protocol === 'ws:' && !SCHEME.test(text) ? 'https:' : parsed.protocol;
  if (!protocols.includes(protocol)) return undefined;
  const [, authority, path = '', fragment = ''] = USUAL.exec(text) ?? [];
  if (authority === undefined) {
    return `${protocol}//${parsed.host}${parsed.pathname}${routeOf(parsed.hash)}`;
  }
  return `${protocol}//${authority.slice(authority.lastIndexOf('@') + 1)}${path}${routeOf(fragment)}`;
}

function withRoute(parts: RegExpExecArray | null): string {
  const [, path = '', fragment = ''] = parts ?? [];
  return path + routeOf(fragment);
}

/** A fragment is a route where it begins as one, up to what looks like a parameter in it. */
const routeOf = (fragment: string): string =>
  /^#[/!]/.test(fragment) ? (/^#[^?&=#]*/.exec(fragment)?.[0] ?? '') : '';

function parse(text: string): URL | undefined {
  try {
    return new URL(text, BASE);
  } catch {
    return undefined;
  }
}
