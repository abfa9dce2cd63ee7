/** The store on DynamoDB, or on what speaks as it does. */

import type { AppendOutcome, NewBatch, Store } from '../event-store.js';
import { append } from './append.js';
import { checkStoreOptions } from './check-store-options.js';
import type { DelayedWrite } from './clock.js';
import { connect } from './connection.js';
import { erasures } from './deletes.js';
import type { DriverOptions } from './driver.js';
import { groupCommit } from './group-commit.js';
import { inserter } from './inserts.js';
import { ping } from './ping.js';
import { marks } from './presence-records.js';
import { reads } from './reads.js';
import { rollups } from './rollups.js';
import { salts } from './salts.js';
import { settings } from './settings.js';
import { type TableNames, tableNames } from './table-names.js';
import { writer } from './write.js';

export interface DynamoStoreOptions extends DriverOptions, Partial<TableNames> {
  /** Called for a write that landed over a minute after its stamp, as after a frozen process. Default: nothing. */
  onDelayedWrite?: (late: DelayedWrite) => void;
  /**
   * Layout that batches are written in. Default: the newest that the release before can read. An older one is for updates
   * that skip releases: set it until no process of the old release is left.
   */
  layout?: number;
}

/**
 * A store of which nothing is asked before it is used: a missing table shows at the first call, or by `ping`.
 * @throws OptionsError that names every option that is wrong
 */
export function dynamoStore(options: DynamoStoreOptions = {}): Store {
  checkStoreOptions(options);
  const { eventsTable, rollupsTable } = tableNames(options);
  const connection = connect(options, options.onDelayedWrite);
  const read = reads(connection, eventsTable, rollupsTable);
  const { page, all, chain, arrivals, session, sessionItems, sessionPage, visitSession } = read;
  const { sessionsOfUser, activeSites, unnumberedGroups } = read;
  const marked = marks(connection, eventsTable, rollupsTable);
  const writeRollups = writer(connection, rollupsTable);
  const parts = {
    clock: connection.clock,
    group: groupCommit(inserter(connection, eventsTable)),
    marks: marked,
    chain,
    layout: options.layout,
  };
  const underWay = new Set<Promise<unknown>>();
  let closed = false;

  async function appendUnlessClosed(batch: NewBatch): Promise<AppendOutcome> {
    if (closed) {
      const event_ids = batch.events.map(({ event_id }) => event_id);
      return { kind: 'retry', event_ids, cause: 'the store is closed' };
    }
    const appending = append(parts, batch);
    underWay.add(appending);
    const outcome = await appending;
    underWay.delete(appending);
    return outcome;
  }

  return {
    append: appendUnlessClosed,
    arrivals,
    session,
    sessionItems,
    sessionPage,
    visitSession,
    sessionsOfUser,
    activeSites,
    unnumberedGroups,
    ...erasures(writer(connection, eventsTable), marked.forgetLink),
    ...rollups(connection, rollupsTable, writeRollups, page),
    ...settings(writeRollups, rollupsTable, all),
    ...salts(writeRollups, rollupsTable, all),
    ping: () => ping(connection, eventsTable, rollupsTable),
    async close() {
      closed = true;
      await Promise.all(underWay);
      connection.close();
    },
  };
}
