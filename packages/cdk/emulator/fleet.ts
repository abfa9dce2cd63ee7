/** Environments of one function, each with one call at a time, replaced by a deployment while others still run. */
import type { Lambda } from '../test/lambda/runtime-api.js';

export interface Fleet {
  /** Waits for an environment that is free. Rejects as Lambda does. */
  invoke<Result>(event: object): Promise<Result>;
  /** One after the other becomes one of the new version; calls under way end first. */
  deploy(start: Starter): Promise<void>;
}

/** Starts the environment of that number. */
export type Starter = (number: number) => Promise<Lambda>;

export async function startFleet(size: number, start: Starter): Promise<Fleet> {
  const free: Lambda[] = [];
  const waiting: ((lambda: Lambda) => void)[] = [];
  const release = (lambda: Lambda) => {
    const next = waiting.shift();
    if (next) next(lambda);
    else free.push(lambda);
  };
  const take = async () => free.shift() ?? new Promise<Lambda>((resolve) => waiting.push(resolve));
  for (let number = 0; number < size; number += 1) release(await start(number));

  return {
    async invoke(event) {
      const lambda = await take();
      try {
        return await lambda.invoke(event);
      } finally {
        release(lambda);
      }
    },
    async deploy(startNew) {
      for (let number = 0; number < size; number += 1) {
        const old = await take();
        const [fresh] = await Promise.all([startNew(number), old.close()]);
        release(fresh);
      }
    },
  };
}
