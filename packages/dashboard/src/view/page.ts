/** Puts an answer on the page. */
import type { RealtimeData, StreamEvent } from '@liveinsight/schema';
import { byId, setText } from './element.js';
import { eventList } from './event-list.js';
import { drawPulse } from './pulse.js';
import { MOST_SESSIONS, sessionList } from './session-list.js';

export function createPage(): (data: RealtimeData, events: readonly StreamEvent[]) => void {
  const stream = eventList(byId('events'));
  const visits = sessionList(byId('sessions'));
  const more = byId('more-sessions');

  return (data, events) => {
    const about = data.estimated ? '≈ ' : '';
    setText(byId('site'), data.site);
    setText(byId('active-5'), about + data.active_sessions.last_5_minutes);
    setText(byId('active-30'), about + data.active_sessions.last_30_minutes);
    const lastMinute = data.events_per_second.reduce((sum, bucket) => sum + bucket.events, 0);
    setText(byId('last-minute'), String(lastMinute));
    drawPulse(byId('pulse'), data.events_per_second);
    stream.show(events);
    visits.show(data.sessions.slice(0, MOST_SESSIONS));
    byId('no-events').hidden = events.length > 0;
    byId('no-sessions').hidden = data.sessions.length > 0;
    more.hidden = data.sessions.length <= MOST_SESSIONS;
    setText(more, `and ${data.sessions.length - MOST_SESSIONS} more`);
  };
}
