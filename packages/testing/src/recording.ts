/** What has arrived since the last reset, and a way to wait for more. */
import { clearTimeout, setTimeout } from 'node:timers';
import type { Arrival, StoredEvent } from '@liveinsight/collector';

/** An event as the collector has stored it, with what is known of its session. */
export type RecordedEvent = StoredEvent & Omit<Arrival, 'events'>;

export interface Recording {
  readonly events: readonly RecordedEvent[];
  /** Why events were rejected, in order of arrival. */
  readonly rejections: readonly string[];
  add(arrival: Arrival): void;
  reject(reason: string): void;
  clear(): void;
  /** Resolves as soon as `find` returns something, or with undefined when the time is over. */
  waitFor<Found>(find: () => Found | undefined, timeoutMs: number): Promise<Found | undefined>;
  /** Ends every wait. */
  close(): void;
}

export function createRecording(): Recording {
  let events: RecordedEvent[] = [];
  let rejections: string[] = [];
  const waiting = new Set<{ look(): void; end(): void }>();
  const lookAgain = () => {
    for (const wait of waiting) wait.look();
  };

  return {
    get events() {
      return events;
    },
    get rejections() {
      return rejections;
    },
    add({ events: added, ...session }) {
      events = [...events, ...added.map((event) => ({ ...session, ...event }))];
      lookAgain();
    },
    reject(reason) {
      rejections = [...rejections, reason];
      lookAgain();
    },
    clear() {
      events = [];
      rejections = [];
    },
    waitFor(find, timeoutMs) {
      const found = find();
      if (found !== undefined) return Promise.resolve(found);
      return new Promise((resolve) => {
        const finish = (result: ReturnType<typeof find>) => {
          clearTimeout(timer);
          waiting.delete(wait);
          resolve(result);
        };
        const wait = {
          look() {
            const result = find();
            if (result !== undefined) finish(result);
          },
          end: () => finish(undefined),
        };
        // Of `node:timers`: a test may have replaced the global ones.
        const timer = setTimeout(wait.end, timeoutMs);
        waiting.add(wait);
      });
    },
    close() {
      for (const wait of waiting) wait.end();
    },
  };
}
