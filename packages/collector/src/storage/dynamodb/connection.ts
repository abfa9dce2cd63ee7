/** Calls of DynamoDB's API, and what its replies tell of its clock. */
import { clientOn } from '../aws/client.js';
import { DELAYED_WRITE_MS, type DelayedWrite, type StoreClock, storeClock } from './clock.js';
import { type DriverOptions, toDriver } from './driver.js';
import type { Operation } from './service.js';

export interface Connection {
  clock: StoreClock;
  /** Sends one request as prepared JSON, once; `stampedAt` is the arrival that a write carries. Rejects with what the store answered. */
  call<Reply>(operation: Operation, body: string, stampedAt?: number): Promise<Reply>;
  close(): void;
}

export function connect(
  options: DriverOptions,
  onDelayedWrite: (late: DelayedWrite) => void = () => {},
): Connection {
  const client = clientOn(toDriver(options), options.middleware);
  const clock = storeClock();
  return {
    clock,
    async call<Reply>(operation: Operation, body: string, stampedAt?: number) {
      const askedAt = Date.now();
      let repliedAt: number | undefined;
      const reply = await client.call<Reply>(operation, body, clock.now(), (date) => {
        repliedAt = clock.observe(date, askedAt, Date.now());
      });
      if (stampedAt !== undefined && repliedAt !== undefined && repliedAt - stampedAt > DELAYED_WRITE_MS) {
        onDelayedWrite({ stampedAt, repliedAt });
      }
      return reply;
    },
    close: client.close,
  };
}
