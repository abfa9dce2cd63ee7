/** Batches as a shop's visitors send them, the same at every run: enough of them to fill parts. */
import { SESSION_DIMENSIONS } from '../../src/events/dimensions.js';
import type { StoredBatch, StoredEvent } from '../../src/storage/event-store.js';
import { createRandom } from '../tail/random.js';
import { FROM } from './histories.js';

const PLANS = ['free', 'team', 'business'];

/** Some ten events a session, by a tracker. */
export function* ordinaryBatches({
  sessions,
  seed,
}: {
  sessions: number;
  seed: number;
}): Generator<StoredBatch> {
  const { int, maybe } = createRandom(seed);
  const pick = (name: string, count: number) => `${name}${Math.floor(int(count * count) ** 0.5)}`;
  for (let session = 0; session < sessions; session += 1) {
    const common = {
      ...{ site: 'shop', session_id: `${seed}-${session}`, visitor_id: `v${seed}-${int(sessions)}` },
      ...(maybe(0.2) ? { user_id: `user-${int(100)}` } : {}),
      entry_page: `/${pick('page', 30)}`,
      ...Object.fromEntries(SESSION_DIMENSIONS.slice(1, 4).map((name) => [name, pick(name, 6)])),
      ...{ country: pick('C', 5), device: pick('device', 2), expires_at: 0 },
    };
    let at = FROM + int(80_000_000);
    let [page, before, view, number] = ['', '', 0, 0];
    for (let batch = 0; batch < 3; batch += 1) {
      const events = Array.from({ length: 2 + int(3) }, (): StoredEvent => {
        const gap_ms = number === 0 ? 0 : int(40_000);
        at += gap_ms;
        number += 1;
        const own = { event_id: `${session}.${number}`, timestamp: at, gap_ms };
        if (number % 3 === 1) {
          [before, page] = [page, `https://shop.example/${pick('page', 30)}`];
          view += 1;
          const from = view > 1 ? { from_page: before } : {};
          return {
            ...own,
            event_type: 'page_view',
            page_url: page,
            page_title: `About ${page}`,
            view,
            ...from,
            first_on_page: maybe(0.7),
          };
        }
        if (maybe(0.1))
          return {
            ...own,
            event_type: 'conversion',
            page_url: page,
            conversion_type: 'buy',
            value: int(9_999) / 100,
            currency: 'EUR',
            nth: 1,
            nth_of_type: 1,
          };
        if (maybe(0.3))
          return {
            ...own,
            event_type: 'custom',
            page_url: page,
            name: pick('event', 3),
            props: { plan: PLANS[int(3)] ?? '', seats: int(20), yearly: maybe(0.5) },
          };
        if (maybe(0.5))
          return {
            ...own,
            event_type: 'page_exit',
            page_url: page,
            engaged_ms: int(gap_ms + 1),
            scroll_pct: int(100),
          };
        return {
          ...own,
          event_type: 'click',
          page_url: page,
          element_tag: 'BUTTON',
          element_id: pick('add', 9),
        };
      });
      yield {
        ...common,
        batch: `${session}.${batch}`,
        received_at: at + 100 + int(900),
        events,
      } as StoredBatch;
    }
  }
}
