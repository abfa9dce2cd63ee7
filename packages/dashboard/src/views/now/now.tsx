/** What happens at this moment, pushed as it is stored. */
import './now.css';
import { useLive } from '../../live/use-live.js';
import { ViewHead } from '../../parts/view-head.js';
import { useWords } from '../../words/use-words.js';
import { EventStream } from './event-stream.js';
import { Figures } from './figures.js';
import { SessionList } from './session-list.js';
import { Status } from './status.js';
import { Values } from './values.js';
import { NOW } from './words.js';

export function Now() {
  const words = useWords(NOW);
  const live = useLive();
  const { now, events, freshness } = live;
  return (
    <div id="live" class={freshness === 'stale' ? 'now stale' : 'now'}>
      <ViewHead title={words.title} note={<Status live={live} />} />
      {now?.estimated && <p class="notice plain">{words.estimated}</p>}
      <Figures now={now} />
      <EventStream events={events} isWaiting={freshness === 'waiting'} />
      <SessionList now={now} />
      <Values by="page" title={words.pages} rows={now?.pages} />
      <Values by="source" title={words.sources} rows={now?.sources} />
      <Values by="country" title={words.countries} rows={now?.countries} />
      <Values by="device" title={words.devices} rows={now?.devices} />
      <EventStream conversions events={live.conversions} isWaiting={false} />
    </div>
  );
}
