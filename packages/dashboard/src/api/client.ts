/** Asks the collector: typed by path, with the reader's key in a header. */
import type {
  Alert,
  Annotation,
  ClickMapData,
  Funnel,
  FunnelData,
  JourneysData,
  PageData,
  RealtimeData,
  RecentEventsData,
  RejectionsData,
  Reply,
  RetentionData,
  SessionsData,
  SessionTimeline,
  SettingInputs,
  SitesData,
  StatsData,
  UserSessionsData,
} from '@liveinsight/schema';
import type { Config } from './config.js';
import { readKey } from './key.js';
import { asProblem, problemOf } from './problem.js';

export interface Reads {
  '/sites': SitesData;
  '/realtime': RealtimeData;
  '/stats': StatsData;
  '/pages': PageData;
  '/recent-events': RecentEventsData;
  '/rejections': RejectionsData;
  '/sessions': SessionsData;
  '/journeys': JourneysData;
  '/click-map': ClickMapData;
  '/funnel': FunnelData;
  '/retention': RetentionData;
  '/annotations': { annotations: Annotation[] };
  '/funnels': { funnels: Funnel[] };
  '/alerts': { alerts: Alert[] };
}

export type ReadPath = keyof Reads | `/sessions/${string}` | `/users/${string}/sessions`;

export type DataOf<Path extends ReadPath> = Path extends keyof Reads
  ? Reads[Path]
  : Path extends `/users/${string}/sessions`
    ? UserSessionsData
    : SessionTimeline;

export interface Settings {
  annotations: { input: SettingInputs['annotation']; kept: Annotation };
  funnels: { input: SettingInputs['funnel']; kept: Funnel };
  alerts: { input: SettingInputs['alert']; kept: Alert };
}

/** Lists become a parameter each; undefined is left out. */
export type Query = Readonly<Record<string, string | readonly string[] | undefined>>;

const ANSWER_WITHIN_MS = 30_000;

export interface Client {
  readonly config: Config;
  /** Rejects with a `Problem`, or where the signal aborts with its reason. */
  read<Path extends ReadPath>(path: Path, query: Query, signal?: AbortSignal): Promise<DataOf<Path>>;
  /** Makes a setting, or with an id replaces it. Needs an admin key. */
  put<Kind extends keyof Settings>(
    kind: Kind,
    site: string,
    input: Settings[Kind]['input'] & { version?: number },
    id?: string,
  ): Promise<Settings[Kind]['kept']>;
  remove(kind: keyof Settings, site: string, id: string): Promise<void>;
}

export function createClient(config: Config): Client {
  async function ask(path: string, query: Query, init: RequestInit): Promise<unknown> {
    const late = AbortSignal.timeout(ANSWER_WITHIN_MS);
    const signal = init.signal ? AbortSignal.any([init.signal, late]) : late;
    try {
      const url = `${config.api}${path}?${searchOf(query)}`;
      // Asked again is asked anew: the browser may keep an answer only to be told that it still holds.
      const response = await fetch(url, { ...init, signal, headers: keyHeaders(), cache: 'no-cache' });
      const reply: Reply<unknown> = await response.json();
      if (reply.status === 'success') return reply.data;
      throw problemOf(response.status, reply.message);
    } catch (error) {
      if (init.signal?.aborted) throw init.signal.reason;
      throw asProblem(error);
    }
  }
  return {
    config,
    read: async <Path extends ReadPath>(path: Path, query: Query, signal?: AbortSignal) =>
      (await ask(path, query, signal ? { signal } : {})) as DataOf<Path>,
    put: async <Kind extends keyof Settings>(
      kind: Kind,
      site: string,
      input: Settings[Kind]['input'],
      id?: string,
    ) =>
      (await ask(
        `/${kind}${id === undefined ? '' : `/${encodeURIComponent(id)}`}`,
        { site },
        { method: id === undefined ? 'POST' : 'PUT', body: JSON.stringify(input) },
      )) as Settings[Kind]['kept'],
    async remove(kind, site, id) {
      await ask(`/${kind}/${encodeURIComponent(id)}`, { site }, { method: 'DELETE' });
    },
  };
}

export function keyHeaders(): Record<string, string> {
  const key = readKey();
  return key === undefined ? {} : { Authorization: `Bearer ${key}` };
}

export function searchOf(query: Query): URLSearchParams {
  const search = new URLSearchParams();
  for (const [name, said] of Object.entries(query)) {
    if (said === undefined) continue;
    for (const value of typeof said === 'string' ? [said] : said) search.append(name, value);
  }
  return search;
}
