// Has DynamoDB say what each write costs, and adds it up.
import { Readable } from 'node:stream';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';

/**
 * @typedef {object} Item what one batch became
 * @property {number} units of the item
 * @property {number} indexUnits of its entry in the index
 * @property {boolean} deflated
 */

/** @param {string} endpoint */
export function meteredClient(endpoint) {
  const client = new DynamoDBClient({
    endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
  const meter = { items: /** @type {Item[]} */ ([]), otherUnits: 0 };
  client.middlewareStack.add(
    (next) => async (args) => {
      const request = /** @type {{ headers: Record<string, string>, body: Uint8Array }} */ (args.request);
      const body = JSON.parse(Buffer.from(request.body).toString());
      const asked = Buffer.from(JSON.stringify({ ...body, ReturnConsumedCapacity: 'INDEXES' }));
      Object.assign(request, { body: asked });
      request.headers['content-length'] = String(asked.length);
      const { response } = await next(args);
      const answer = /** @type {{ body: Readable }} */ (response);
      const text = Buffer.concat(await answer.body.toArray());
      note(body, JSON.parse(text.toString()));
      answer.body = Readable.from([text]);
      return /** @type {never} */ ({ response });
    },
    { step: 'deserialize', priority: 'low', name: 'meter' },
  );

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
  return { client, meter };
}
