/** What a browser's request to a server says of its visit, by the tracker's cookies. It is bundled. */

/** A request of a browser, as far as it is read. */
export interface BrowserRequest {
  headers: { get(name: string): string | null } | { [name: string]: string | string[] | undefined };
}

export interface Visit {
  session_id?: string;
  visitor_id?: string;
  /** What the visitor agrees to, as far as the request says it. */
  consent?: 'granted' | 'anonymous' | 'denied';
}

const SESSION_TIMEOUT_MS = 1_800_000;
const LONGEST_SESSION_MS = 86_400_000;
const ID = /^[A-Za-z0-9._-]{1,64}$/;
const MAX_COOKIE_HEADER_CHARS = 65_536;

/** What the tracker has stored in cookies: with `data-cookie-domain` the session, and with the extended script the choice. */
export function readVisit(request: BrowserRequest | undefined, site: string, now: number): Visit {
  if (!request) return {};
  const cookies = readHeader(request, 'cookie').slice(0, MAX_COOKIE_HEADER_CHARS);
  const chosen = readConsent(readCookies(cookies, `li:${site}?`));
  const consent = chosen === undefined || chosen === 'granted' ? (readSignal(request) ?? chosen) : chosen;
  if (consent === 'denied' || consent === 'anonymous') return { consent };
  const [latest] = readCookies(cookies, `li:${site}`)
    .flatMap((text) => readSession(text) ?? [])
    .sort((a, b) => b.last - a.last);
  const visit: Visit = consent ? { consent } : {};
  if (!latest) return visit;
  visit.visitor_id = latest.visitor;
  const isOver = now - latest.last > SESSION_TIMEOUT_MS || now - latest.start > LONGEST_SESSION_MS;
  if (!isOver) visit.session_id = latest.session;
  return visit;
}

function readHeader({ headers }: BrowserRequest, name: string): string {
  const get = (headers as { get?: unknown }).get;
  const value =
    typeof get === 'function'
      ? (headers as Headers).get(name)
      : (headers as Record<string, string | string[] | undefined>)[name];
  return (Array.isArray(value) ? value.join('; ') : value) ?? '';
}

/** Those of that name: a site that has changed its cookie domain leaves several behind. */
function readCookies(header: string, key: string): string[] {
  const name = encodeURIComponent(key);
  return header.split(';').flatMap((cookie) => {
    const [own = '', value = ''] = cookie.trim().split('=', 2);
    if (own !== name || value === '') return [];
    try {
      return [decodeURIComponent(value)];
    } catch {
      return [];
    }
  });
}

/** The choice made last sorts first: in front of its word stands the time that was left until a far day. Any other word is a no. */
function readConsent(choices: string[]): Visit['consent'] {
  const [latest] = choices.sort();
  if (latest === undefined) return undefined;
  const [, word] = /^"?\d*(granted|anonymous)"?$/.exec(latest) ?? [];
  return word === 'granted' || word === 'anonymous' ? word : 'denied';
}

/** Do Not Track and Global Privacy Control, as the tracker honours them. */
const readSignal = (request: BrowserRequest): Visit['consent'] =>
  readHeader(request, 'dnt') === '1' || readHeader(request, 'sec-gpc') === '1' ? 'anonymous' : undefined;

interface StoredSession {
  session: string;
  visitor: string;
  start: number;
  last: number;
}

/** By the short names that the tracker stores them under: see its build. */
function readSession(text: string): StoredSession | undefined {
  try {
    const { s: wire, v: visitor, b: start, l: last } = JSON.parse(text);
    const session: unknown = wire.session_id;
    const isSession = [session, visitor].every((id) => typeof id === 'string' && ID.test(id));
    const isTimed = [start, last].every((time) => Number.isFinite(time));
    return isSession && isTimed ? { session: String(session), visitor, start, last } : undefined;
  } catch {
    return undefined;
  }
}
