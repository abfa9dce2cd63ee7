/** No command and no function waits for AWS without end: every client, and every request without one, has a time-out. */
import { describe, expect, it } from 'vitest';
import { read, trackedFiles } from './tracked-files.js';

const isShipped = (path: string) => /^packages\/(cli|collector|cdk)\/(src|functions)\/.*\.ts$/.test(path);
const sources = trackedFiles().filter(isShipped);

/** Clients without `clientOptions` of a deployment, and what bounds them. */
const OTHERS: Record<string, string> = {
  'packages/cli/src/checks/environment.ts':
    'asks for credentials alone, which a machine’s role has to give within a second',
  'packages/cli/src/database/find-region.ts': 'sends nothing',
  'packages/cli/src/data/export-target.ts': 'has its own time-outs, for parts of 5 MB',
  'packages/collector/src/storage/dynamodb/sdk/own-client.ts': 'its driver ends each call',
};
/** What shows that. */
const BOUNDS: Record<string, RegExp> = {
  'packages/cli/src/data/export-target.ts': /requestTimeout: \w+,\s+throwOnRequestTimeout: true/,
  'packages/collector/src/storage/dynamodb/sdk/driver.ts': /abortSignal/,
};

interface Construction {
  path: string;
  given: string;
}

/** What each `new …Client(` is given, up to the end of its statement. */
const constructions: Construction[] = sources.flatMap((path) =>
  [...read(path).matchAll(/new \w+Client\(([^;]*?)\)[,;\n]/g)].map(([, given = '']) => ({ path, given })),
);

describe('clients of AWS', () => {
  it('are found', () => expect(constructions.length).toBeGreaterThan(15));

  it('have the time-outs of commands, or others for a reason', () => {
    const unbounded = constructions.filter(({ path, given }) => {
      const isOptions = given === 'options' && /const options = clientOptions\(/.test(read(path));
      return !given.startsWith('clientOptions(') && !isOptions && !(path in OTHERS);
    });
    expect(unbounded).toEqual([]);
  });

  it('have no reason that is no longer needed', () => {
    const paths = new Set(constructions.map(({ path }) => path));
    expect(Object.keys(OTHERS).filter((path) => !paths.has(path))).toEqual([]);
  });

  it.each(Object.entries(BOUNDS))('in %s end what is not answered', (path, bound) => {
    expect(read(path)).toMatch(bound);
  });

  it('repeat by the rules of AWS: nobody lowers the number of attempts but the store, which repeats itself', () => {
    const lowered = sources.filter((path) => /maxAttempts|retryMode|retryStrategy/.test(read(path)));
    expect(lowered).toEqual(['packages/collector/src/storage/dynamodb/sdk/own-client.ts']);
  });
});

describe('requests without a client', () => {
  it('have a signal that ends them', () => {
    const functions = sources.filter((path) => /^packages\/cdk\/functions\//.test(path));
    const requests = functions.flatMap((path) =>
      [...read(path).matchAll(/\bfetch\(([^;]*);/g)].map(([, given = '']) => ({ path, given })),
    );
    expect(requests.length).toBeGreaterThan(1);
    expect(requests.filter(({ given }) => !given.includes('signal'))).toEqual([]);
  });
});
