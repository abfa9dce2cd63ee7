/** Bodies of replies that are read piece by piece by the thread that sends them. */
import { toSentBytes } from './sent-bytes.js';

export interface ReplyBodies {
  add(id: number, body: ReadableStream<Uint8Array>): void;
  /** Undefined at its end. */
  next(id: number): Promise<Uint8Array | undefined>;
  cancel(id: number): void;
}

/** @param onEnd called once a body is read, or nobody wants it any more */
export function createReplyBodies(onEnd: (id: number) => void): ReplyBodies {
  const readers = new Map<number, ReadableStreamDefaultReader<Uint8Array>>();
  const end = (id: number) => {
    readers.delete(id);
    onEnd(id);
  };
  return {
    add: (id, body) => void readers.set(id, body.getReader()),
    async next(id) {
      try {
        const piece = await readers.get(id)?.read();
        if (piece && !piece.done) return toSentBytes(piece.value);
      } catch (error) {
        end(id);
        throw error;
      }
      end(id);
      return undefined;
    },
    cancel(id) {
      readers
        .get(id)
        ?.cancel()
        .catch(() => {});
      end(id);
    },
  };
}
