/** One request of Node's server, answered by a collector. */
import type { Collector } from '../../collector.js';
import { type NodeParts, toConnection, toRequest } from './to-request.js';
import { writeResponse } from './write-response.js';

/** Resolves when the reply is on its way, or is not wanted any more. */
export async function serve(collector: Pick<Collector, 'handle'>, parts: NodeParts): Promise<void> {
  const reply = await collector.handle(toRequest(parts), toConnection(parts.request));
  await writeResponse(parts.response, reply);
}
