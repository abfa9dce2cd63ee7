/** What happens at this moment, pushed as it is stored. */
import './counts.css';
import './first-run.css';
import './live-list.css';
import './now.css';
import { useState } from 'preact/hooks';
import { ViewHeader } from '../../components/view-header.js';
import { useApp } from '../../hooks/app-context.js';
import { useMessages } from '../../hooks/use-messages.js';
import { useQuery } from '../../hooks/use-query.js';
import type { LiveState } from '../../live/feed.js';
import { useLive } from '../../live/use-live.js';
import { SessionPanel } from '../../session-panel/outlet.js';
import { EventStream } from './event-stream.js';
import { FirstRun } from './first-run.js';
import { NOW } from './messages.js';
import { SessionList } from './session-list.js';
import { StatCards } from './stat-cards.js';
import { Status } from './status.js';
import { TopList } from './top-list.js';

export function Now() {
  const messages = useMessages(NOW);
  const { urlState } = useApp();
  const live = useLive();
  const { now, events, freshness } = live;
  // Of the open session: its newest event says that there is more of it.
  const newest = events.find(({ session_id }) => session_id === urlState.session)?.event_id;
  const isEmpty = useIsEmpty(live);
  const [wasEmpty, setWasEmpty] = useState(false);
  if (isEmpty && !wasEmpty) setWasEmpty(true);
  if (isEmpty) return <FirstVisit live={live} />;
  return (
    <div id="live" class={`now ${freshness === 'stale' ? 'stale' : ''} ${isCalm(now) ? 'calm' : ''}`}>
      <ViewHeader title={messages.title} note={<Status live={live} />} />
      {wasEmpty && (
        <p class="notice good" role="status">
          {messages.first_came}
        </p>
      )}
      {now?.estimated && <p class="notice plain">{messages.estimated}</p>}
      <StatCards now={now} />
      <EventStream events={events} isWaiting={freshness === 'waiting'} />
      <div class="people">
        <SessionList now={now} />
        <EventStream conversions events={live.conversions} isWaiting={freshness === 'waiting'} />
      </div>
      <div class="all-values">
        <TopList by="page" title={messages.pages} rows={now?.pages} />
        <TopList by="source" title={messages.sources} rows={now?.sources} />
        <TopList by="country" title={messages.countries} rows={now?.countries} />
        <TopList by="device" title={messages.devices} rows={now?.devices} />
      </div>
      <SessionPanel version={newest} />
    </div>
  );
}

function FirstVisit({ live }: { live: LiveState }) {
  const messages = useMessages(NOW);
  return (
    <div id="live" class="now">
      <ViewHeader title={messages.title} note={<Status live={live} />} />
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
  const { data } = useQuery('/stats', isQuiet && freshness === 'live' ? past : undefined);
  return isQuiet && data?.totals.events === 0;
}

const CALM_EVENTS = 8;
const CALM_SECONDS = 4;

/** Whether so little arrives that each can be seen coming. */
const isCalm = (now: LiveState['now']): boolean =>
  (now?.events_per_second.slice(-CALM_SECONDS) ?? []).reduce((sum, { events }) => sum + events, 0) <
  CALM_EVENTS;
