/** Calls between two threads: a message there, and one back. */
import { fromSentError, type SentError, toSentError } from './sent-error.js';

type Handlers = Record<string, (...args: never[]) => unknown>;

/** What both ends of a channel between threads have. */
export interface Channel {
  postMessage(message: unknown): void;
  on(event: 'message', listener: (message: Message) => void): unknown;
  /** Where it should keep the process only while it waits for an answer. */
  ref?(): void;
  unref?(): void;
}

export type Message =
  | { kind: 'call'; id: number; name: string; args: unknown[] }
  | { kind: 'result'; id: number; value: unknown }
  | { kind: 'failure'; id: number; error: SentError };

export interface Calls<Remote extends Handlers> {
  call<Name extends keyof Remote & string>(
    name: Name,
    ...args: Parameters<Remote[Name]>
  ): Promise<Awaited<ReturnType<Remote[Name]>>>;
  /** The other thread is gone: what waits for it, and what is called later, rejects with this. */
  end(error: Error): void;
}

interface Waiting {
  resolve: (value: never) => void;
  reject: (error: Error) => void;
}

/** @param handlers what the other thread may call */
export function createCalls<Remote extends Handlers>(channel: Channel, handlers: Handlers): Calls<Remote> {
  const waiting = new Map<number, Waiting>();
  let count = 0;
  let ended: Error | undefined;

  async function run({ id, name, args }: Extract<Message, { kind: 'call' }>): Promise<void> {
    try {
      const handler = handlers[name] as ((...args: unknown[]) => unknown) | undefined;
      if (!handler) throw new Error(`unknown call ${JSON.stringify(name)}`);
      const value = await handler(...args);
      // Throws what is no data.
      channel.postMessage({ kind: 'result', id, value });
    } catch (error) {
      channel.postMessage({ kind: 'failure', id, error: toSentError(error) });
    }
  }

  channel.on('message', (message) => {
    if (message.kind === 'call') return void run(message);
    const caller = waiting.get(message.id);
    waiting.delete(message.id);
    // A process ends although a thread of it could still be called, but not before it has answered.
    if (waiting.size === 0) channel.unref?.();
    if (message.kind === 'result') caller?.resolve(message.value as never);
    else caller?.reject(fromSentError(message.error));
  });
  channel.unref?.();

  return {
    call(name, ...args) {
      if (ended) return Promise.reject(ended);
      count += 1;
      const id = count;
      return new Promise((resolve, reject) => {
        // First: what is no data throws, and nobody waits for it.
        channel.postMessage({ kind: 'call', id, name, args } satisfies Message);
        waiting.set(id, { resolve, reject });
        channel.ref?.();
      });
    },
    end(error) {
      ended = error;
      for (const { reject } of waiting.values()) reject(error);
      waiting.clear();
    },
  };
}
