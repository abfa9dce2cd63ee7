/** Bodies of requests that another thread answers: read where they arrive, when it asks. */
import type { CollectorRequest } from '../http/request.js';
import { toSentBytes } from './sent-bytes.js';
import type { BodySource } from './sent-request.js';

export interface RequestBodies extends BodySource {
  add(id: number, request: CollectorRequest): void;
  delete(id: number): void;
}

interface Source {
  request: CollectorRequest;
  pieces?: AsyncIterator<Uint8Array> | undefined;
}

export function createRequestBodies(): RequestBodies {
  const sources = new Map<number, Source>();

  function find(id: number): Source {
    const source = sources.get(id);
    if (!source) throw new Error('its request is answered');
    return source;
  }

  return {
    add: (id, request) => void sources.set(id, { request }),
    delete(id) {
      const pieces = sources.get(id)?.pieces;
      sources.delete(id);
      // One that was not read to its end.
      pieces?.return?.().catch(() => {});
    },
    body: async (id, limitBytes) => toSentBytes(await find(id).request.body(limitBytes)),
    async nextOfBody(id) {
      const source = find(id);
      source.pieces ??= source.request.stream?.()[Symbol.asyncIterator]();
      const piece = await source.pieces?.next();
      return piece && !piece.done ? toSentBytes(piece.value) : undefined;
    },
  };
}
