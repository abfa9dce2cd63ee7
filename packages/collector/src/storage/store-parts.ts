/** A store that is put together from ports, each of which may be in a database of its own. */
import type { EventStore, Store } from './event-store.js';
import type { RollupStore } from './rollup-store.js';
import type { SaltStore } from './salt-store.js';
import type { SettingsStore } from './settings-store.js';

export interface StoreParts {
  /** Its `ping` and `close` are called for all parts. */
  events: EventStore;
  /** Its clock (`now`) must not be ahead of the one that `events` stamps arrivals with. */
  rollups: RollupStore;
  settings: SettingsStore;
  salts: SaltStore;
}

/** The names of the ports, each with a function that only that port has. */
export const PORTS = {
  events: 'append',
  rollups: 'putRollup',
  settings: 'putSetting',
  salts: 'dailySalt',
} as const satisfies Record<keyof StoreParts, string>;

/** Calls go to their port one by one, so that a port, or a whole store, may be an instance of a class. */
export function toStore(store: Store | StoreParts): Store {
  const { events, rollups, settings, salts } =
    'append' in store ? { events: store, rollups: store, settings: store, salts: store } : store;
  return {
    append: (batch) => events.append(batch),
    arrivals: (query) => events.arrivals(query),
    session: (...args) => events.session(...args),
    sessionPage: (...args) => events.sessionPage(...args),
    visitSession: (...args) => events.visitSession(...args),
    sessionItems: (...args) => events.sessionItems(...args),
    sessionsOfUser: (...args) => events.sessionsOfUser(...args),
    unnumberedGroups: (...args) => events.unnumberedGroups(...args),
    deleteBatches: (...args) => events.deleteBatches(...args),
    deleteLinks: (...args) => events.deleteLinks(...args),
    activeSites: (day) => events.activeSites(day),
    ping: () => events.ping(),
    close: () => events.close(),
    now: () => rollups.now(),
    rollups: (...args) => rollups.rollups(...args),
    newest: (...args) => rollups.newest(...args),
    putRollup: (state) => rollups.putRollup(state),
    markDay: (...args) => rollups.markDay(...args),
    markedDays: (...args) => rollups.markedDays(...args),
    clearMark: (...args) => rollups.clearMark(...args),
    putColumns: (...args) => rollups.putColumns(...args),
    putSegmentPart: (...args) => rollups.putSegmentPart(...args),
    segmentParts: (...args) => rollups.segmentParts(...args),
    listSegmentParts: (...args) => rollups.listSegmentParts(...args),
    deleteSegmentParts: (...args) => rollups.deleteSegmentParts(...args),
    settings: (...args) => settings.settings(...args),
    putSetting: (...args) => settings.putSetting(...args),
    deleteSetting: (...args) => settings.deleteSetting(...args),
    dailySalt: (day) => salts.dailySalt(day),
    deleteSalts: (before) => salts.deleteSalts(before),
  };
}
