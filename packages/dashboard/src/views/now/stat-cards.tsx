/** How many are here, and how much goes on: by the second and by 5 minutes. */
import type { EventBucket, RealtimeData } from '@liveinsight/schema';
import { useMemo } from 'preact/hooks';
import { Bars } from '../../components/bars.js';
import { LiveNumber } from '../../components/live-number.js';
import { useApp } from '../../hooks/app-context.js';
import { useMessages } from '../../hooks/use-messages.js';
import { NOW } from './messages.js';

const FIVE_MINUTES_MS = 300_000;

export function StatCards({ now }: { now: RealtimeData | undefined }) {
  const messages = useMessages(NOW);
  const { format } = useApp();
  const strips = now?.events_per_5_minutes ?? [];
  const seconds = now?.events_per_second ?? [];
  const count = (value: number | undefined) => (value === undefined ? '–' : format.number(value));
  const sum = now && seconds.reduce((total, { events }) => total + events, 0);
  return (
    <section class="panel stats" aria-label={messages.title}>
      <dl>
        <div class="first">
          <dt title={messages.active_hint}>{messages.active}</dt>
          <dd>
            <LiveNumber id="active-5" text={count(now?.active_sessions.last_5_minutes)} />
          </dd>
        </div>
        <div>
          <dt>{messages.in_30}</dt>
          <dd>
            <LiveNumber id="active-30" text={count(now?.active_sessions.last_30_minutes)} />
          </dd>
        </div>
        <div>
          <dt>{messages.last_minute}</dt>
          <dd>
            <LiveNumber id="last-minute" text={count(sum)} />
          </dd>
        </div>
      </dl>
      <Counts
        id="pulse"
        title={messages.pulse}
        buckets={seconds}
        name={({ start, events, page_views }) =>
          messages.bar(format.time(start), '', format.number(events), format.number(page_views))
        }
      />
      <Counts
        id="strips"
        title={messages.bars}
        buckets={strips}
        axis={[0, 5, 10, 15].map((at) => (strips[at] ? format.minute(strips[at].start) : ''))}
        name={({ start, events, page_views }) =>
          messages.bar(
            format.minute(start),
            format.minute(Date.parse(start) + FIVE_MINUTES_MS),
            format.number(events),
            format.number(page_views),
          )
        }
      />
    </section>
  );
}

interface CountsProps {
  id: string;
  title: string;
  buckets: readonly EventBucket[];
  axis?: readonly string[];
  name(bucket: EventBucket): string;
}

function Counts({ id, title, buckets, axis = [], name }: CountsProps) {
  const messages = useMessages(NOW);
  const { format } = useApp();
  const max = Math.max(0, ...buckets.map(({ events }) => events));
  // Events arrive more often than the counts do.
  const bars = useMemo(
    () => (
      <Bars
        id={id}
        label={title}
        bars={buckets.map((bucket) => ({ name: name(bucket), value: bucket.events }))}
      />
    ),
    [buckets, format],
  );
  return (
    <figure class={`counts ${id}`}>
      <figcaption>
        {title}
        <LiveNumber class="peak" text={max > 0 ? messages.peak(format.number(max)) : ''} />
      </figcaption>
      {bars}
      <div class="axis" aria-hidden="true">
        {axis.map((text, at) => (
          <span key={`${at} ${text}`}>{text}</span>
        ))}
      </div>
    </figure>
  );
}
