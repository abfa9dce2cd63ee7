/** What is between a process and its account: clocks that differ, credentials that end, and where each region's hosts are. */
import { DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { createTables, dynamoStore, type Transport } from '@liveinsight/collector/dynamodb';
import { lean } from '@liveinsight/collector/lean';
import { startDynalite } from '@liveinsight/collector/local';
import { sampleBatch } from '@liveinsight/testing/contracts';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { toEndpoint } from '../../src/storage/aws/endpoint.js';
import type { Database } from './databases.js';

let database: Database;
beforeAll(async () => {
  database = await startDynalite();
});
afterAll(() => database.close());
afterEach(() => vi.unstubAllEnvs());

describe.each([10, -20])('On a host whose clock is %i minutes behind', (minutes) => {
  const skewMs = minutes * 60_000;
  const refused = {
    __type: 'com.amazon.coral.service#InvalidSignatureException',
    message: 'Signature expired',
  };

  /** As AWS: refuses what is signed as of over five minutes away, and says the time in both cases. */
  const aws =
    (next: Transport): Transport =>
    async (request, nowMs) => {
      const awsNow = Date.now() + skewMs;
      const date = new Date(awsNow).toUTCString();
      if (Math.abs(nowMs - awsNow) > 300_000) return { status: 400, date, body: JSON.stringify(refused) };
      return { ...(await next(request, nowMs)), date };
    };

  it('every call succeeds, the first one too, and arrivals are stamped by the clock of AWS', async () => {
    const options = {
      driver: lean(database),
      middleware: aws,
      eventsTable: `e${minutes}`,
      rollupsTable: `r${minutes}`,
    };
    const [report] = await createTables(options);
    expect(report?.problems).toEqual([]);
    const appended = await dynamoStore(options).append(sampleBatch(['event-1'], { site: 'shop' }));
    expect(appended).toMatchObject({ kind: 'stored' });
    await dynamoStore(options).ping();
    const [batch] = await dynamoStore(options).session('shop', 'session-1');
    expect(Math.abs((batch?.received_at ?? 0) - Date.now() - skewMs)).toBeLessThan(60_000);
  });
});

it('A signature that is refused at the right time is not sent again', async () => {
  let calls = 0;
  const middleware = (): Transport => async () => {
    calls += 1;
    const body = '{"__type":"x#InvalidSignatureException","message":"no"}';
    return { status: 400, date: new Date().toUTCString(), body };
  };
  await expect(dynamoStore({ driver: lean(database), middleware }).session('s', 'x')).rejects.toThrow(
    /secret key/,
  );
  expect(calls).toBe(1);
});

describe('Credentials that end', () => {
  const validFor = (minutes: number) => ({
    accessKeyId: 'key',
    secretAccessKey: 'secret',
    expiration: new Date(Date.now() + minutes * 60_000),
  });
  const append = (credentials: () => Promise<ReturnType<typeof validFor>>, requests: number) => {
    const store = dynamoStore({ ...database, eventsTable: 'e10', rollupsTable: 'r10', credentials });
    const batches = Array.from({ length: requests }, (_, n) =>
      sampleBatch([`event-${n}`], { batch: `b-${n}` }),
    );
    return Promise.all(batches.map((batch) => store.append(batch)));
  };

  it('are used until then where they can’t be renewed', async () => {
    let asked = 0;
    const outcomes = await append(async () => {
      asked += 1;
      if (asked > 1) throw new Error('the metadata service is away');
      return validFor(4);
    }, 5);
    expect(new Set(outcomes.map(({ kind }) => kind))).toEqual(new Set(['stored']));
    expect(asked).toBeLessThanOrEqual(2);
  });

  it('are not asked for at every request where the provider has none that end later', async () => {
    let asked = 0;
    const credentials = async () => {
      asked += 1;
      return validFor(4);
    };
    const store = dynamoStore({ ...database, eventsTable: 'e10', rollupsTable: 'r10', credentials });
    for (let n = 0; n < 20; n += 1) await store.session('s', `session-${n}`);
    expect(asked).toBeLessThanOrEqual(2);
  });

  it('are refused where they have ended and there are no others', async () => {
    let asked = 0;
    const [outcome] = await append(async () => {
      asked += 1;
      if (asked > 1) throw new Error('the metadata service is away');
      return validFor(-1);
    }, 1);
    expect(outcome).toMatchObject({ kind: 'retry', cause: expect.stringContaining('metadata service') });
  });
});

describe('The host of a region', () => {
  const REGIONS = [
    'us-east-1',
    'eu-central-1',
    'mx-central-1',
    'us-gov-west-1',
    'us-gov-east-1',
    'cn-north-1',
    'cn-northwest-1',
    'eusc-de-east-1',
    'us-iso-east-1',
    'us-isob-east-1',
    'eu-isoe-west-1',
    'us-isof-south-1',
  ];

  /** The host that the SDK would ask; nothing is sent. */
  async function sdkHost(region: string, fips: boolean, dualStack: boolean): Promise<string> {
    let host = '';
    const client = new DynamoDBClient({
      region,
      useFipsEndpoint: fips,
      useDualstackEndpoint: dualStack,
      accountIdEndpointMode: 'disabled',
      credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
      maxAttempts: 1,
      requestHandler: {
        async handle(request: { hostname: string }) {
          host = request.hostname;
          throw new Error('not sent');
        },
      },
    });
    await client.send(new ListTablesCommand({})).catch(() => {});
    return host;
  }

  it.each([
    [false, false],
    [true, false],
    [false, true],
    [true, true],
  ])('is the one of the SDK: FIPS %s, dual stack %s', async (fips, dualStack) => {
    for (const region of REGIONS) {
      const ours = new URL(toEndpoint('dynamodb', region, { fips, dualStack })).hostname;
      expect(`${region} ${ours}`).toBe(`${region} ${await sdkHost(region, fips, dualStack)}`);
    }
  });

  it.each([
    [{ AWS_REGION: 'eu central 1' }, /AWS_REGION/],
    [
      { AWS_REGION: 'eu-central-1', AWS_USE_FIPS_ENDPOINT: 'yes' },
      /AWS_USE_FIPS_ENDPOINT must be true or false/,
    ],
    [
      { AWS_ENDPOINT_URL_DYNAMODB: 'localhost:8000' },
      /AWS_ENDPOINT_URL_DYNAMODB or AWS_ENDPOINT_URL must be a URL/,
    ],
  ])('is refused by the name of the variable: %o', async (variables, message) => {
    vi.stubEnv('AWS_ACCESS_KEY_ID', 'a');
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'b');
    for (const [name, value] of Object.entries(variables)) vi.stubEnv(name, value);
    await expect(dynamoStore({ driver: lean() }).ping()).rejects.toThrow(message);
  });
});
