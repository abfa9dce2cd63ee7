/** Options that depend on what AWS has in a region, or an account: function URLs, and concurrent executions. */
import { LiveInsight, type LiveInsightProps } from '@liveinsight/cdk';
import { configFileProblems } from '@liveinsight/collector/config';
import { App, Stack } from 'aws-cdk-lib';
import { describe, expect, it } from 'vitest';
import { synthesise } from './deployments.js';

const sites = [{ id: 'shop' }];

describe('reserved concurrency', () => {
  it('is reserved for the functions that it names, and for no other', () => {
    const reservedConcurrency = { ingest: 200, read: 50 };
    const functions = synthesise({ sites, reservedConcurrency }, undefined, false).of(
      'AWS::Lambda::Function',
    );
    const reserved = functions.flatMap(({ Properties }) =>
      Properties.ReservedConcurrentExecutions === undefined
        ? []
        : [[Properties.FunctionName, Properties.ReservedConcurrentExecutions]],
    );
    expect(Object.fromEntries(reserved)).toEqual({
      'liveinsight-dev-ingest': 200,
      'liveinsight-dev-read': 50,
    });
  });

  it.each([
    [{ ingest: 0 }, 'ingest'],
    [{ rollup: 5 }, 'rollup'],
  ])('is refused for %j', (reservedConcurrency, name) => {
    expect(() => synthesise({ sites, reservedConcurrency } as LiveInsightProps, undefined, false)).toThrow(
      name,
    );
  });
});

describe('a region without function URLs', () => {
  const make = (region: string | undefined, props: Partial<LiveInsightProps> = {}) =>
    new LiveInsight(new Stack(new App(), 'Stack', region ? { env: { region } } : {}), 'LiveInsight', {
      sites,
      ...props,
    });

  it.each([undefined, 'function-url'] as const)(
    'is refused by name with the entry point %s',
    (entryPoint) => {
      expect(() => make('eu-central-2', entryPoint ? { entryPoint } : {})).toThrow(
        'entryPoint function-url is not available in eu-central-2: set entryPoint to http-api',
      );
    },
  );

  it('is taken with an HTTP API, as are other regions, and one that is known later', () => {
    make('eu-central-2', { entryPoint: 'http-api' });
    make('eu-central-1');
    make(undefined);
  });

  it('is refused in the configuration file too, before anything is deployed', () => {
    const problems = (config: object) =>
      configFileProblems({ sites: [{ id: 'shop' }], ...config }, 'the file');
    expect(problems({ region: 'me-central-1' })).toEqual([expect.stringContaining('me-central-1')]);
    expect(problems({ region: 'me-central-1', entryPoint: 'http-api' })).toEqual([]);
    expect(problems({ region: 'us-east-1' })).toEqual([]);
  });
});
