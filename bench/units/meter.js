// Has DynamoDB say what each write costs, and adds it up.

/**
 * @typedef {object} Item what one batch became
 * @property {number} units of the item
 * @property {number} indexUnits of its entry in the index
 * @property {boolean} deflated
 */

/** A store's middleware that adds up what its writes cost. */
export function writeMeter() {
  const meter = {
    items: /** @type {Item[]} */ ([]),
    otherUnits: 0,
    readUnits: 0,
    /** Of what is no batch, by the kind of its key: `day-columns`, `hour`, `active`. @type {Map<string, number>} */
    byKind: new Map(),
  };

  /** @param {import('@liveinsight/collector/dynamodb').Transport} next @returns {import('@liveinsight/collector/dynamodb').Transport} */
  const middleware = (next) => async (request, nowMs) => {
    const body = JSON.parse(request.body);
    const asked = JSON.stringify({ ...body, ReturnConsumedCapacity: 'INDEXES' });
    const reply = await next({ ...request, body: asked }, nowMs);
    note(request.operation, body, JSON.parse(reply.body));
    return reply;
  };

  /** @param {string} operation @param {any} body @param {any} reply */
  function note(operation, body, reply) {
    const [used] = [reply.ConsumedCapacity ?? []].flat();
    if (!used) return;
    const { CapacityUnits: units, GlobalSecondaryIndexes: indexes = {} } = used;
    if (!body.Statements) {
      if (operation !== 'PutItem' && operation !== 'DeleteItem') {
        meter.readUnits += units;
        return;
      }
      meter.otherUnits += units;
      const kind = kindOf((body.Item ?? body.Key).pk.S);
      meter.byKind.set(kind, (meter.byKind.get(kind) ?? 0) + units);
      return;
    }
    const indexUnits = indexes.arrivals?.CapacityUnits ?? 0;
    const deflated = body.Statements[0].Parameters.some((/** @type {{ B?: string }} */ value) => value.B);
    meter.items.push({ units: units - indexUnits, indexUnits, deflated });
  }
  return { middleware, meter };
}

/** `shop#0#day-columns` is of `day-columns`, `active#2026-01-31` of `active`. @param {string} pk */
function kindOf(pk) {
  const parts = pk.split('#');
  return (
    (/^(active|salts)$/.test(parts[0] ?? '')
      ? parts[0]
      : parts.slice(1).find((part) => !/^\d+$/.test(part))) ?? pk
  );
}
