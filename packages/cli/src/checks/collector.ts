/** Checks a running collector with the requests of a browser and a load balancer. Writes nothing. */
import { type Finding, ok, problem, warning } from './finding.js';
import { describeTails } from './tails.js';

const TIMEOUT_MS = 5_000;

export async function checkCollector(url: string, origin: string | undefined): Promise<Finding[]> {
  const health = await ask(`${url}/health`);
  if (!health.ok) {
    const says = `${url}/health ${health.says}`;
    return [
      problem('collector', says, 'Start the collector, or check --url, including the path it is mounted at.'),
    ];
  }
  return [
    ok('collector', `${url} is running`),
    await checkReady(url),
    await checkScript(url),
    ...(await checkCors(url, origin)),
  ];
}

async function checkReady(url: string): Promise<Finding> {
  const ready = await ask(`${url}/ready`);
  if (ready.ok) return ok('ready', 'can store events');
  return problem(
    'ready',
    `cannot store events: ${ready.message ?? ready.says}`,
    'Read the log of the collector. Check its tables, region and permissions.',
  );
}

async function checkScript(url: string): Promise<Finding> {
  const script = await ask(`${url}/liveinsight.js`);
  if (script.ok && script.type.includes('javascript') && script.text.length > 0) {
    return ok('tracker', `${url}/liveinsight.js, ${script.text.length} characters`);
  }
  return warning(
    'tracker',
    `${url}/liveinsight.js ${script.ok ? 'is not JavaScript' : script.says}`,
    'Pass assets: { tracker: script } to createCollector, or check trackerPath.',
  );
}

async function checkCors(url: string, origin: string | undefined): Promise<Finding[]> {
  const from = origin ?? 'https://shop.example';
  const reply = await ask(`${url}/api/events`, {
    method: 'OPTIONS',
    headers: {
      origin: from,
      'access-control-request-method': 'POST',
      'access-control-request-headers': 'content-type',
    },
  });
  const allowed = reply.headers?.get('access-control-allow-origin');
  if (reply.ok && (allowed === '*' || allowed === from))
    return [ok('cors', `pages on ${from} can send events`)];
  const says = reply.ok
    ? `returned ${allowed === null || allowed === undefined ? 'no access-control-allow-origin' : `access-control-allow-origin ${allowed}`}`
    : reply.says;
  return [
    problem(
      'cors',
      `a preflight request from ${from} ${says}`,
      'Pass OPTIONS requests through to the collector. A proxy or gateway in front must not answer them.',
    ),
  ];
}

/** What the process says of its statistics, for the sites that the key may read. */
export async function checkFreshness(url: string, key: string | undefined): Promise<Finding[]> {
  if (key === undefined) return [ok('freshness', 'not checked: set LIVEINSIGHT_READ_KEYS')];
  const reply = await ask(`${url}/api/status`, { headers: { authorization: `Bearer ${key}` } });
  if (reply.ok) return describeTails(reply.text);
  return [
    warning(
      'freshness',
      `${url}/api/status ${reply.says}`,
      'Set LIVEINSIGHT_READ_KEYS as for the collector, and run the same version of both.',
    ),
  ];
}

interface ProbeResult {
  ok: boolean;
  /** What came, for the sentence that begins with the address. */
  says: string;
  text: string;
  type: string;
  /** Of an error reply. */
  message: string | undefined;
  headers: Headers | undefined;
}

async function ask(url: string, init: RequestInit = {}): Promise<ProbeResult> {
  try {
    const response = await fetch(url, { ...init, signal: AbortSignal.timeout(TIMEOUT_MS) });
    const text = await response.text();
    const { ok, status, headers } = response;
    const type = headers.get('content-type') ?? '';
    return { ok, says: `returned ${status}`, text, type, message: parseMessage(text), headers };
  } catch (error) {
    const cause = error instanceof Error ? (error.cause ?? error) : error;
    const why = cause instanceof Error ? ('code' in cause ? cause.code : cause.message) : cause;
    return {
      ok: false,
      says: `did not respond (${why})`,
      text: '',
      type: '',
      message: undefined,
      headers: undefined,
    };
  }
}

function parseMessage(text: string): string | undefined {
  try {
    return JSON.parse(text).message;
  } catch {
    return undefined;
  }
}
