/** The live page: asks when something was stored, and now and then; shows what came, and says when nothing does. */
import type { StreamEvent } from '@liveinsight/schema';
import { askRealtime } from './api.js';
import { hearOfStored } from './live.js';
import { mergeEvents } from './stream.js';
import { offerKeyForm, readKey } from './view/key-form.js';
import { createPage } from './view/page.js';
import { type Freshness, showStatus } from './view/status.js';

/** Where the collector can't tell that something was stored, it is asked so often that nothing waits a second. */
const ASK_EVERY_MS = 400;
/** Where it tells: for what other processes store, and for sessions that end. */
const ASK_WHEN_QUIET_MS = 1_000;
const ASK_AGAIN_AFTER_FAILURE_MS = 2_000;
/** What one flush brings is one question. */
const GATHER_MS = 30;

const site = new URLSearchParams(location.search).get('site');
const show = createPage();
const keyForm = offerKeyForm(() => void ask());
const freshness: Freshness = { answeredAt: undefined, trouble: undefined };
let events: StreamEvent[] = [];
let cursor: string | undefined;
let timer: ReturnType<typeof setTimeout> | undefined;
let asking = false;
let stored = false;
let line: 'none' | 'open' | 'unsupported' = 'none';

async function ask(): Promise<void> {
  if (asking) return;
  asking = true;
  stored = false;
  clearTimeout(timer);
  const askedAt = performance.now();
  const answer = await askRealtime({ site, key: readKey(), cursor });
  asking = false;
  keyForm.show(answer.kind === 'key-wanted');
  if (answer.kind === 'data') {
    cursor = answer.data.cursor;
    events = mergeEvents(events, answer.data.events);
    freshness.answeredAt = Date.now();
    freshness.trouble = undefined;
    show(answer.data, events);
    if (line === 'none') void hear();
  } else {
    freshness.trouble = answer.kind === 'failed' ? answer.why : 'it wants a key';
  }
  showStatus(freshness, Date.now());
  askIn(answer.kind === 'data' ? pauseMs(performance.now() - askedAt) : ASK_AGAIN_AFTER_FAILURE_MS);
}

/** A collector that takes long is left alone for as long: it is not to spend its time on being watched. */
function pauseMs(tookMs: number): number {
  if (stored) return Math.max(GATHER_MS, Math.min(tookMs, ASK_EVERY_MS));
  return line === 'open' ? ASK_WHEN_QUIET_MS : ASK_EVERY_MS;
}

/** A page that nobody sees asks for nothing; it asks at once when it is seen again. */
function askIn(delayMs: number): void {
  clearTimeout(timer);
  if (!document.hidden) timer = setTimeout(ask, delayMs);
}

async function hear(): Promise<void> {
  line = 'open';
  const end = await hearOfStored({ site, key: readKey() }, () => {
    if (!stored && !asking) askIn(GATHER_MS);
    stored = true;
  });
  line = end === 'ended' ? 'none' : 'unsupported';
}

document.addEventListener('visibilitychange', () => {
  if (!document.hidden) void ask();
});
setInterval(() => showStatus(freshness, Date.now()), 1_000);
void ask();
