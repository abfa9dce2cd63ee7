/** The events of a session, part after part as the reader asks for them; the last part that is shown grows. */
import type { SessionTimeline, TimelineEvent } from '@liveinsight/schema';
import { useEffect, useState } from 'preact/hooks';
import { useApp } from '../hooks/app-context.js';
import { type QueryResult, useQuery } from '../hooks/use-query.js';

const POLL_MS = 5_000;

export interface Timeline {
  /** The newest part that was requested. */
  result: QueryResult<SessionTimeline>;
  /** The session as an answer said it last. */
  session: SessionTimeline['session'] | undefined;
  /** All that are shown. */
  events: readonly TimelineEvent[];
  /** Asks for the next part; undefined where there is none. */
  more: (() => void) | undefined;
  /** Reads what is not shown yet, for who wants all of it. */
  all(): Promise<readonly TimelineEvent[]>;
}

interface Shown {
  events: readonly TimelineEvent[];
  /** The cursor that requests the next part. */
  cursor: string | undefined;
}

const NONE: Shown = { events: [], cursor: undefined };

export function useTimeline(id: string): Timeline {
  const { client, site } = useApp();
  const [before, setBefore] = useState(NONE);
  const [session, setSession] = useState<SessionTimeline['session']>();
  const path = `/sessions/${encodeURIComponent(id)}` as const;
  const result = useQuery(path, { site: site.id, cursor: before.cursor }, { everyMs: POLL_MS });
  const { data } = result;
  // An event that happened earlier can come later: then the parts are others.
  const isMoved = data !== undefined && numberOfFirst(data) !== before.events.length + 1;
  useEffect(() => {
    if (data) setSession(data.session);
    if (isMoved) setBefore(NONE);
  }, [data, isMoved]);
  const events = data && !isMoved ? [...before.events, ...data.events] : before.events;
  const cursor = isMoved ? undefined : data?.cursor;
  return {
    result,
    session: data?.session ?? session,
    events,
    more: cursor === undefined ? undefined : () => setBefore({ events, cursor }),
    async all() {
      const rest: TimelineEvent[] = [];
      for (let next = cursor; next !== undefined; ) {
        const part = await client.read(path, { site: site.id, cursor: next });
        rest.push(...part.events);
        next = part.cursor;
      }
      return [...events, ...rest];
    },
  };
}

const numberOfFirst = ({ note_codes = [] }: SessionTimeline): number =>
  note_codes.find(({ code }) => code === 'timeline_part')?.first ?? 1;
