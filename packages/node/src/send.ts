/** Sends one batch once, and tells what is to become of it. */
import type { WireBatch } from './wire.js';

export type Outcome =
  /** Stored, or rejected for good. */
  | { kind: 'done'; rejected: { code: string; message: string }[] }
  | { kind: 'retry'; cause: string; afterMs?: number };

/** As far as it is read: anything may have answered. */
interface Reply {
  data?: { accepted?: unknown; rejected?: unknown; issues?: unknown };
  message?: unknown;
}

const MAX_RETRY_AFTER_MS = 3_600_000;

export async function send(
  endpoint: string,
  batch: WireBatch,
  timeoutMs: number,
  fetchWith: typeof fetch = fetch,
): Promise<Outcome> {
  let response: Response;
  let reply: Reply | null;
  try {
    response = await fetchWith(endpoint, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'user-agent': 'liveinsight-node' },
      body: JSON.stringify(batch),
      signal: AbortSignal.timeout(timeoutMs),
    });
    reply = (await response.json().catch(() => null)) as Reply | null;
  } catch (error) {
    return { kind: 'retry', cause: describe(error) };
  }
  const { status } = response;
  const rejected = toIssues(reply?.data?.rejected);
  // A proxy's page says 200 too: only a collector's own words are believed.
  if (response.ok && typeof reply?.data?.accepted === 'number') return { kind: 'done', rejected };
  if (status >= 400 && status < 500 && status !== 408 && status !== 429) {
    const issues = [...rejected, ...toIssues(reply?.data?.issues)];
    const unnamed = { code: `http_${status}`, message: String(reply?.message ?? `status ${status}`) };
    return {
      kind: 'done',
      rejected: rejected.length > 0 ? rejected : batch.events.map(() => issues[0] ?? unnamed),
    };
  }
  const seconds = Number(response.headers.get('retry-after'));
  return {
    kind: 'retry',
    cause: response.ok ? 'the response is not a collector’s' : `status ${status}`,
    ...(seconds > 0 ? { afterMs: Math.min(seconds * 1_000, MAX_RETRY_AFTER_MS) } : {}),
  };
}

function toIssues(value: unknown): { code: string; message: string }[] {
  if (!Array.isArray(value)) return [];
  return value.map((issue) => ({ code: String(issue?.code), message: String(issue?.message) }));
}

function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? `${error.message}: ${error.cause.message}` : error.message;
}
