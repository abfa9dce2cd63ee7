/** Stores batches of another time, line by line, each once, however often they are sent. */
import { createHash } from 'node:crypto';
import { type ImportData, type Issue, parseImportLine, type RefusedLine } from '@liveinsight/schema';
import { reusedNames } from '../ingest/ingest-result.js';
import type { ResolvedSite } from '../sites/site-registry.js';
import type { AppendOutcome, NewBatch, Store } from '../storage/event-store.js';
import { importBatch } from './import-batch.js';
import { MAX_LINE_BYTES, splitLines, type TextLine } from './split-lines.js';
import { createWritableDays } from './writable-days.js';

/** Lines written at once. */
const WINDOW_LINES = 100;
/** Refusals that are told one by one. */
const MAX_REJECTED_LINES = 100;

export interface ImportParts {
  store: Store;
  /** The site of a line, or why it can't be imported there. */
  resolveSite(id: string | undefined): { ok: true; site: ResolvedSite } | { ok: false; issue: Issue };
  /** That the collector derives from its secret. */
  shardKey: Buffer;
  /** Called with each site that was imported into, when it is over. */
  onImported?: (site: string) => void;
}

interface ReadyLine {
  line: number;
  batch: NewBatch;
  /** Events of the line that share the fate of the batch's, repeated ones included. */
  events: number;
}

/** Reads on only as fast as the store takes it; stops where that fails. Throws what the reading of `bytes` throws. */
export async function importLines(parts: ImportParts, bytes: AsyncIterable<Uint8Array>): Promise<ImportData> {
  const { store } = parts;
  const writableDays = createWritableDays(store);
  const data: ImportData = { lines: 0, accepted: 0, refused: [] };
  const waiting = new Map<string, ReadyLine>();

  function reject(rejection: RefusedLine): void {
    if (data.refused.length < MAX_REJECTED_LINES) data.refused.push(rejection);
    else data.refused_more = (data.refused_more ?? 0) + 1;
  }

  /** Makes a line ready to be written. */
  async function prepare({ line, text }: TextLine): Promise<ReadyLine | undefined> {
    data.lines += 1;
    if (text === undefined) return void reject({ line, ...TOO_LONG });
    const parsed = parseImportLine(text, { newId: createIds(text) });
    if (!parsed.ok) return void reject({ line, ...parsed.issues[0] });
    for (const rejected of parsed.rejected) reject({ line, ...rejected });
    if (parsed.batch.events.length === 0) return undefined;
    const found = parts.resolveSite(parsed.batch.site);
    if (!found.ok) return void reject({ line, ...found.issue });
    const issue = await writableDays.reserve(found.site, parsed.fields.received_at);
    if (issue) return void reject({ line, ...issue });
    return { line, batch: importBatch(parsed, found.site, parts.shardKey), events: parsed.accepted };
  }

  function note({ line, events }: ReadyLine, outcome: AppendOutcome): void {
    if (outcome.kind === 'retry') {
      data.retry = true;
      return;
    }
    data.accepted += events;
    for (const { ids, issue } of reusedNames(outcome)) {
      data.accepted -= ids.length;
      for (const event_id of ids) reject({ line, event_id, ...issue });
    }
  }

  async function write(): Promise<void> {
    const lines = [...waiting.values()];
    waiting.clear();
    const outcomes = await Promise.all(lines.map(({ batch }) => store.append(batch)));
    for (const [index, ready] of lines.entries()) {
      const outcome = outcomes[index];
      if (outcome) note(ready, outcome);
    }
  }

  try {
    for await (const line of splitLines(bytes)) {
      const ready = await prepare(line);
      if (!ready) continue;
      const key = `${ready.batch.site}#${ready.batch.session_id}#${ready.batch.batch}`;
      // Parts of one batch are stored in their order.
      if (waiting.has(key) || waiting.size >= WINDOW_LINES) await write();
      if (data.retry) return data;
      waiting.set(key, ready);
    }
    await write();
  } finally {
    for (const site of await writableDays.markAgain()) parts.onImported?.(site);
  }
  return data;
}

/** Ids for what has none: the same for the same line, so that it is not stored again. */
function createIds(text: string): () => string {
  let made = 0;
  let hash: string | undefined;
  return () => {
    hash ??= createHash('sha256').update(text).digest('base64url').slice(0, 22);
    made += 1;
    return `${hash}-${made}`;
  };
}

const TOO_LONG = {
  code: 'body_too_large',
  path: '',
  message: `the line must have at most ${MAX_LINE_BYTES} bytes`,
} as const;
