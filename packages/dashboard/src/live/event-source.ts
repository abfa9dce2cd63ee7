/** One line to `/live`: by fetch, so that the key can be a header and not a part of the URL. */
import type { StreamEvent } from '@liveinsight/schema';
import { keyHeaders } from '../api/client.js';
import { readMessages } from './sse.js';

export interface EventSourceOptions {
  url: string;
  /** The id of the last message, or the cursor of the last response: the stream begins after it. */
  lastId: string | undefined;
  signal: AbortSignal;
  onOpen(): void;
  onEvents(events: StreamEvent[], id: string | undefined): void;
}

/** The collector says something every 15 seconds: after more than twice that, the connection is considered lost. */
const SILENT_MS = 40_000;

/** Resolves when the line ends: `unsupported` where the platform can't hold one open. */
export async function openEventSource(options: EventSourceOptions): Promise<'ended' | 'unsupported'> {
  const { url, lastId, signal, onOpen, onEvents } = options;
  const silence = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const heard = () => {
    clearTimeout(timer);
    timer = setTimeout(() => silence.abort(), SILENT_MS);
  };
  try {
    heard();
    const response = await fetch(url, {
      headers: { ...keyHeaders(), ...(lastId === undefined ? {} : { 'Last-Event-ID': lastId }) },
      signal: AbortSignal.any([signal, silence.signal]),
      cache: 'no-store',
    });
    if (response.status === 501 || response.status === 404) return 'unsupported';
    if (!response.ok || !response.body) return 'ended';
    onOpen();
    const take = readMessages(({ id, data }) => onEvents(parseEvents(data), id));
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      heard();
      take(part.value);
    }
  } catch {
    // Cut, silent, or closed: the caller opens another one.
  } finally {
    clearTimeout(timer);
  }
  return 'ended';
}

function parseEvents(data: string): StreamEvent[] {
  const { events }: { events?: StreamEvent[] } = JSON.parse(data);
  return events ?? [];
}
