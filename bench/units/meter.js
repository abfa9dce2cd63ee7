// Has DynamoDB say what each write costs, and adds it up.

/**
 * @typedef {object} Item what one batch became
 * @property {number} units of the item
 * @property {number} indexUnits of its entry in the index
 * @property {boolean} deflated
 */

/** A store's middleware that adds up what its writes cost. */
export function writeMeter() {
  const meter = { items: /** @type {Item[]} */ ([]), otherUnits: 0 };

  /** @param {import('@liveinsight/collector/dynamodb').Transport} next @returns {import('@liveinsight/collector/dynamodb').Transport} */
  const middleware = (next) => async (request, nowMs) => {
    const body = JSON.parse(request.body);
    const asked = JSON.stringify({ ...body, ReturnConsumedCapacity: 'INDEXES' });
    const reply = await next({ ...request, body: asked }, nowMs);
    note(body, JSON.parse(reply.body));
    return reply;
  };

  /** @param {any} body @param {any} reply */
  function note(body, reply) {
    const [used] = [reply.ConsumedCapacity ?? []].flat();
    if (!used) return;
    const { CapacityUnits: units, GlobalSecondaryIndexes: indexes = {} } = used;
    if (!body.Statements) {
      if (body.Item) meter.otherUnits += units;
      return;
    }
    const indexUnits = indexes.arrivals?.CapacityUnits ?? 0;
    const deflated = body.Statements[0].Parameters.some((/** @type {{ B?: string }} */ value) => value.B);
    meter.items.push({ units: units - indexUnits, indexUnits, deflated });
  }
  return { middleware, meter };
}
