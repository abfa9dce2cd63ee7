/** Options of a client, and what is wrong with them. */

export interface ClientOptions {
  /** Where the collector takes events, as `https://collector.example/api/events`. */
  endpoint: string;
  /** The site's id: `[a-z0-9._-]{1,64}`. */
  site: string;
  /** Milliseconds that events wait to be batched. Default 1,000. */
  flushAfterMs?: number;
  /** Bytes of JSON that waiting events may take. Further ones are given up and counted. Default 8,000,000. */
  maxQueueBytes?: number;
  /** Milliseconds after which a request without a response is tried again. Default 10,000. */
  timeoutMs?: number;
  /** Called when events could not be sent, for the first of several failures, and when some are given up. Default: a line on standard error. */
  onError?: (error: Error) => void;
}

const DEFAULTS = {
  flushAfterMs: 1_000,
  maxQueueBytes: 8_000_000,
  timeoutMs: 10_000,
  onError: ({ message }: Error): void => console.error(`LiveInsight: ${message}`),
};

/** Undefined is not given. */
export function withDefaults(given: ClientOptions): Required<ClientOptions> {
  const entries = Object.entries(given).filter(([, value]) => value !== undefined);
  return { ...given, ...DEFAULTS, ...Object.fromEntries(entries) };
}

const NUMBERS = { flushAfterMs: 0, maxQueueBytes: 10_000, timeoutMs: 1 } as const;
const NAMES = ['endpoint', 'site', ...Object.keys(DEFAULTS)];

export function checkOptions(options: ClientOptions): void {
  if (typeof options !== 'object' || options === null) throw wrong('its options must be an object');
  const unknown = Object.keys(options).find((name) => !NAMES.includes(name));
  if (unknown !== undefined)
    throw wrong(`unknown option ${JSON.stringify(unknown)} (allowed: ${NAMES.join(', ')})`);
  if (!isHttpUrl(options.endpoint))
    throw wrong('endpoint must be an http or https URL, as https://collector.example/api/events');
  if (typeof options.site !== 'string' || !/^[a-z0-9._-]{1,64}$/.test(options.site))
    throw wrong('site must be 1 to 64 of the characters a-z 0-9 . _ -');
  for (const [name, min] of Object.entries(NUMBERS)) {
    const value = options[name as keyof typeof NUMBERS];
    if (value !== undefined && !(Number.isFinite(value) && value >= min))
      throw wrong(`${name} must be a number of at least ${min}`);
  }
  if (options.onError !== undefined && typeof options.onError !== 'function')
    throw wrong('onError must be a function');
}

const wrong = (message: string) => new TypeError(`createClient: ${message}`);

function isHttpUrl(value: unknown): boolean {
  try {
    return typeof value === 'string' && /^https?:$/.test(new URL(value).protocol);
  } catch {
    return false;
  }
}
