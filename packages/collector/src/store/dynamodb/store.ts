/** The store on DynamoDB, or on what speaks as it does. */
import type { AppendOutcome, NewBatch, Store } from '../store.js';
import { append } from './append.js';
import type { LateLanding } from './clock.js';
import { type ConnectionOptions, connect } from './connection.js';
import { groupCommit } from './group-commit.js';
import { inserter } from './inserts.js';
import { marks } from './marks.js';
import { ping } from './ping.js';
import { reads } from './reads.js';
import { rollups } from './rollups.js';
import { type TableNames, tableNames } from './table-names.js';

export interface DynamoStoreOptions extends ConnectionOptions, Partial<TableNames> {
  /** Called for a write that landed over a minute after its stamp, as after a frozen process. Default: nothing. */
  onLateLanding?: (late: LateLanding) => void;
}

/** A store of which nothing is asked before it is used: a missing table shows at the first call, or by `ping`. */
export function dynamoStore(options: DynamoStoreOptions = {}): Store {
  const { eventsTable, rollupsTable } = tableNames(options);
  const connection = connect(options, options.onLateLanding ?? (() => {}));
  const { page, chain, arrivals, session, sessionsOfUser, activeSites } = reads(
    connection,
    eventsTable,
    rollupsTable,
  );
  const parts = {
    clock: connection.clock,
    group: groupCommit(inserter(connection, eventsTable)),
    marks: marks(connection, eventsTable, rollupsTable),
    chain,
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
    return appending.finally(() => underWay.delete(appending));
  }

  return {
    append: appendUnlessClosed,
    arrivals,
    session,
    sessionsOfUser,
    activeSites,
    ...rollups(connection, rollupsTable, page),
    ping: () => ping(connection, eventsTable, rollupsTable),
    async close() {
      closed = true;
      await Promise.all(underWay);
      connection.close();
    },
  };
}
