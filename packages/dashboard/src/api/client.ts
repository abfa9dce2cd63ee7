/** Asks the collector: typed by path, with the reader's key in a header. */
import type {
  ActionsData,
  Alert,
  Annotation,
  AttributionData,
  ClickMapData,
  ErrorsData,
  Exclusion,
  ExclusionLink,
  ExclusionsData,
  ExperimentData,
  Funnel,
  FunnelData,
  Goal,
  GoalsData,
  JourneysData,
  PageData,
  PlanData,
  PropertiesData,
  RealtimeData,
  RecentEventsData,
  RejectionsData,
  Reply,
  RetentionData,
  RevenueData,
  SavedSegment,
  SavedSegmentsData,
  SessionsData,
  SessionTimeline,
  SettingInputs,
  SitesData,
  StatsData,
  UserSessionsData,
  WebVitalsData,
} from '@liveinsight/schema';
import type { Config } from './config.js';
import { fromResponse, toApiError } from './error.js';
import { readKey } from './key.js';

export interface Reads {
  '/sites': SitesData;
  '/realtime': RealtimeData;
  '/stats': StatsData;
  '/pages': PageData;
  '/recent-events': RecentEventsData;
  '/plan': PlanData;
  '/rejections': RejectionsData;
  '/sessions': SessionsData;
  '/journeys': JourneysData;
  '/click-map': ClickMapData;
  '/funnel': FunnelData;
  '/retention': RetentionData;
  '/properties': PropertiesData;
  '/web-vitals': WebVitalsData;
  '/errors': ErrorsData;
  '/revenue': RevenueData;
  '/attribution': AttributionData;
  '/actions': ActionsData;
  '/experiment': ExperimentData;
  '/goals': GoalsData;
  '/annotations': { annotations: Annotation[] };
  '/funnels': { funnels: Funnel[] };
  '/alerts': { alerts: Alert[] };
  '/segments': SavedSegmentsData;
  '/exclusions': ExclusionsData;
}

export type ReadPath = keyof Reads | `/sessions/${string}` | `/users/${string}/sessions`;

export type ResponseData<Path extends ReadPath> = Path extends keyof Reads
  ? Reads[Path]
  : Path extends `/users/${string}/sessions`
    ? UserSessionsData
    : SessionTimeline;

export interface Settings {
  annotations: { input: SettingInputs['annotation']; stored: Annotation };
  funnels: { input: SettingInputs['funnel']; stored: Funnel };
  alerts: { input: SettingInputs['alert']; stored: Alert };
  segments: { input: SettingInputs['saved_segment']; stored: SavedSegment };
  goals: { input: SettingInputs['goal']; stored: Goal };
  exclusions: { input: SettingInputs['exclusion']; stored: Exclusion };
}

/** Lists become a parameter each; undefined is left out. */
export type Query = Readonly<Record<string, string | readonly string[] | undefined>>;

const TIMEOUT_MS = 30_000;

export interface Client {
  readonly config: Config;
  /** Requests what the next `read` of that path is expected to ask for: on a slow network the response is there sooner. */
  readAhead<Path extends ReadPath>(path: Path, query: Query): Promise<ResponseData<Path>>;
  /** Rejects with a `Problem`, or where the signal aborts with its reason. */
  read<Path extends ReadPath>(path: Path, query: Query, signal?: AbortSignal): Promise<ResponseData<Path>>;
  /** Makes a setting, or with an id replaces it. Needs an admin key. */
  put<Kind extends keyof Settings>(
    kind: Kind,
    site: string,
    input: Settings[Kind]['input'] & { version?: number },
    id?: string,
  ): Promise<Settings[Kind]['stored']>;
  remove(kind: keyof Settings, site: string, id: string): Promise<void>;
  /** A link that leaves out the browser that opens it. Needs an admin key. */
  createExclusionLink(site: string): Promise<ExclusionLink>;
}

export function createClient(config: Config): Client {
  async function ask(path: string, query: Query, init: RequestInit): Promise<unknown> {
    const late = AbortSignal.timeout(TIMEOUT_MS);
    const signal = init.signal ? AbortSignal.any([init.signal, late]) : late;
    try {
      const url = `${config.api}${path}?${toSearchParams(query)}`;
      // Every request goes to the server: the browser may cache a response only to revalidate it.
      const response = await fetch(url, { ...init, signal, headers: keyHeaders(), cache: 'no-cache' });
      const reply: Reply<unknown> = await response.json();
      if (reply.status === 'success') return reply.data;
      throw fromResponse(response.status, reply.message);
    } catch (error) {
      if (init.signal?.aborted) throw init.signal.reason;
      throw toApiError(error);
    }
  }
  const begun = new Map<string, { query: string; response: Promise<unknown> }>();
  return {
    config,
    readAhead<Path extends ReadPath>(path: Path, query: Query) {
      const response = ask(path, query, {}) as Promise<ResponseData<Path>>;
      // What goes wrong is for `read` to say.
      response.catch(() => {});
      begun.set(path, { query: `${toSearchParams(query)}`, response });
      return response;
    },
    async read<Path extends ReadPath>(path: Path, query: Query, signal?: AbortSignal) {
      const ahead = begun.get(path);
      begun.delete(path);
      const response =
        ahead?.query === `${toSearchParams(query)}`
          ? ahead.response
          : ask(path, query, signal ? { signal } : {});
      return (await response) as ResponseData<Path>;
    },
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
      )) as Settings[Kind]['stored'],
    createExclusionLink: async (site) =>
      (await ask('/exclusions/link', { site }, { method: 'POST' })) as ExclusionLink,
    async remove(kind, site, id) {
      await ask(`/${kind}/${encodeURIComponent(id)}`, { site }, { method: 'DELETE' });
    },
  };
}

export function keyHeaders(): Record<string, string> {
  const key = readKey();
  return key === undefined ? {} : { Authorization: `Bearer ${key}` };
}

export function toSearchParams(query: Query): URLSearchParams {
  const search = new URLSearchParams();
  for (const [name, given] of Object.entries(query)) {
    if (given === undefined) continue;
    for (const value of typeof given === 'string' ? [given] : given) search.append(name, value);
  }
  return search;
}
