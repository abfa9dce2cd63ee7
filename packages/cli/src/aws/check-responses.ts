/** Invokes the functions as CloudFront does: what browsers and readers get. */
import { type Finding, ok, problem, warning } from '../checks/finding.js';
import { describeTails } from '../checks/tails.js';
import { invokeFunction } from './check-permissions.js';
import type { Clients } from './clients.js';
import { type Deployment, secretName } from './deployment.js';
import { inForceAt, readVersion } from './secrets.js';

const MAX_SHOWN = 300;

interface Reply {
  statusCode: number;
  headers?: Record<string, string>;
  body?: string;
}

export function checkResponses(
  { invoker, secrets }: Clients,
  deployment: Deployment,
  origin: string,
): [string, () => Promise<Finding[]>][] {
  /** The newest value that all functions know: one that was rotated just now is still on its way. */
  const readKey = async (name: string): Promise<string> => {
    const { value, changedAt } = await readVersion(secrets, secretName(deployment, name));
    return (inForceAt(changedAt, Date.now()) ? value.previous[0] : undefined) ?? value.current;
  };
  /** A change after which functions may go by no key that is stored: a rotation that retired the previous one at once. */
  const pendingChange = async (names: string[]): Promise<string | undefined> => {
    for (const name of names) {
      const { changedAt } = await readVersion(secrets, secretName(deployment, name));
      const until = inForceAt(changedAt, Date.now());
      if (until) return `${name} changed just now, in force by ${until.toISOString()}`;
    }
    return undefined;
  };
  const request = async (
    part: string,
    method: string,
    path: string,
    headers: Record<string, string> = {},
  ) => {
    const http = {
      method,
      path,
      protocol: 'HTTP/1.1',
      sourceIp: '192.0.2.1',
      userAgent: 'liveinsight doctor',
    };
    const reply = await invokeFunction(invoker, deployment, part, {
      version: '2.0',
      rawPath: path,
      rawQueryString: '',
      headers: {
        origin,
        'x-liveinsight-origin': await readKey('origin'),
        'access-control-request-method': 'POST',
        ...headers,
      },
      requestContext: { stage: '$default', http },
      isBase64Encoded: false,
    });
    return reply as Reply;
  };

  const cors = async () => {
    const { statusCode, headers = {} } = await request('ingest', 'OPTIONS', '/api/events');
    if (statusCode === 204 && headers['access-control-allow-origin'] === '*')
      return [ok('CORS', `pages on ${origin} can send events`)];
    const pending = statusCode === 403 ? await pendingChange(['origin']) : undefined;
    if (pending) return [ok('CORS', `not checked: ${pending}`)];
    return [
      problem(
        'CORS',
        `OPTIONS /api/events returned ${statusCode}`,
        'Deploy again. If it persists, see the log of the ingest function.',
      ),
    ];
  };
  const readiness = async () =>
    Promise.all(
      ['ingest', 'read'].map(async (part) => {
        const { statusCode, body = '' } = await request(part, 'GET', '/ready');
        const pending = statusCode === 403 ? await pendingChange(['origin']) : undefined;
        if (pending) return ok('ready', `${part} not checked: ${pending}`);
        return statusCode === 200
          ? ok('ready', `${part} is ready`)
          : problem(
              'ready',
              `/ready of ${part} returned ${statusCode}: ${body.slice(0, MAX_SHOWN)}`,
              'See its permissions, and the state of its tables.',
            );
      }),
    );
  // Of one environment of the function: each has a tail of its own.
  const freshness = async () => {
    const authorization = `Bearer ${await readKey('read-keys')}`;
    const { statusCode, body = '' } = await request('read', 'GET', '/api/status', { authorization });
    const isDenied = statusCode === 401 || statusCode === 403;
    const pending = isDenied ? await pendingChange(['read-keys', 'origin']) : undefined;
    if (pending) return [ok('freshness', `not checked: ${pending}`)];
    if (statusCode !== 200) {
      return [
        warning(
          'freshness',
          `/api/status returned ${statusCode}: ${body.slice(0, MAX_SHOWN)}`,
          'Deploy again.',
        ),
      ];
    }
    const tails = describeTails(body);
    return [tails.find(({ state }) => state !== 'ok') ?? tails[0] ?? ok('freshness', 'nothing is held')];
  };
  return [
    ['CORS', cors],
    ['ready', readiness],
    ['freshness', freshness],
  ];
}
