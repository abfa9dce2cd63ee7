/** What happens at this moment, pushed as it is stored. */
import './now.css';
import { useState } from 'preact/hooks';
import { useRead } from '../../api/use-read.js';
import { useApp } from '../../app/context.js';
import type { LiveState } from '../../live/feed.js';
import { useLive } from '../../live/use-live.js';
import { SessionPanel } from '../../parts/session-panel.js';
import { ViewHead } from '../../parts/view-head.js';
import { useWords } from '../../words/use-words.js';
import { EventStream } from './event-stream.js';
import { Figures } from './figures.js';
import { FirstRun } from './first-run.js';
import { SessionList } from './session-list.js';
import { Status } from './status.js';
import { Values } from './values.js';
import { NOW } from './words.js';

export function Now() {
  const words = useWords(NOW);
  const { address } = useApp();
  const live = useLive();
  const { now, events, freshness } = live;
  // Of the open session: its newest event says that there is more of it.
  const newest = events.find(({ session_id }) => session_id === address.session)?.event_id;
  const isEmpty = useIsEmpty(live);
  const [wasEmpty, setWasEmpty] = useState(false);
  if (isEmpty && !wasEmpty) setWasEmpty(true);
  if (isEmpty) return <FirstVisit live={live} />;
  return (
    <div id="live" class={`now ${freshness === 'stale' ? 'stale' : ''} ${isCalm(now) ? 'calm' : ''}`}>
      <ViewHead title={words.title} note={<Status live={live} />} />
      {wasEmpty && (
        <p class="notice good" role="status">
          {words.first_came}
        </p>
      )}
      {now?.estimated && <p class="notice plain">{words.estimated}</p>}
      <Figures now={now} />
      <EventStream events={events} isWaiting={freshness === 'waiting'} />
      <div class="people">
        <SessionList now={now} />
        <EventStream conversions events={live.conversions} isWaiting={freshness === 'waiting'} />
      </div>
      <div class="all-values">
        <Values by="page" title={words.pages} rows={now?.pages} />
        <Values by="source" title={words.sources} rows={now?.sources} />
        <Values by="country" title={words.countries} rows={now?.countries} />
        <Values by="device" title={words.devices} rows={now?.devices} />
      </div>
      <SessionPanel version={newest} />
    </div>
  );
}

function FirstVisit({ live }: { live: LiveState }) {
  const words = useWords(NOW);
  return (
    <div id="live" class="now">
      <ViewHead title={words.title} note={<Status live={live} />} />
      <FirstRun isWatching={live.freshness === 'live'} />
    </div>
  );
}

/** Whether the site has no event at all, not only none of late. */
function useIsEmpty({ now, events, freshness }: LiveState): boolean {
  const { site } = useApp();
  const isQuiet =
    events.length === 0 && now?.events_per_5_minutes.every((strip) => strip.events === 0) === true;
  const past = { site: site.id, from: '12mo', interval: 'month', breakdown: '' };
  const { data } = useRead('/stats', isQuiet && freshness === 'live' ? past : undefined);
  return isQuiet && data?.totals.events === 0;
}

const CALM_EVENTS = 8;
const CALM_SECONDS = 4;

/** Whether so little arrives that each can be seen coming. */
const isCalm = (now: LiveState['now']): boolean =>
  (now?.events_per_second.slice(-CALM_SECONDS) ?? []).reduce((sum, { events }) => sum + events, 0) <
  CALM_EVENTS;
