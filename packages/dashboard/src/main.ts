/** The live page: asks again and again, shows what came, and says when nothing does. */
import type { StreamEvent } from '@liveinsight/schema';
import { askRealtime } from './api.js';
import { mergeEvents } from './stream.js';
import { offerKeyForm, readKey } from './view/key-form.js';
import { createPage } from './view/page.js';
import { type Freshness, showStatus } from './view/status.js';

/** From asking to asking: whatever arrives is shown well within a second. */
const ASK_EVERY_MS = 400;
/** A collector that takes long is asked less often: it is not to spend its time on being watched. */
const REST_PER_ANSWER = 2;
/** Where nothing answers, there is no use in asking so often. */
const ASK_AGAIN_MS = 2_000;

const site = new URLSearchParams(location.search).get('site');
const show = createPage();
const keyForm = offerKeyForm(() => ask());
const freshness: Freshness = { answeredAt: undefined, trouble: undefined };
let events: StreamEvent[] = [];
let cursor: string | undefined;
let timer: ReturnType<typeof setTimeout> | undefined;

async function ask(): Promise<void> {
  clearTimeout(timer);
  const askedAt = performance.now();
  const answer = await askRealtime({ site, key: readKey(), cursor });
  keyForm.show(answer.kind === 'key-wanted');
  if (answer.kind === 'data') {
    cursor = answer.data.cursor;
    events = mergeEvents(events, answer.data.events);
    freshness.answeredAt = Date.now();
    freshness.trouble = undefined;
    show(answer.data, events);
  } else {
    freshness.trouble = answer.kind === 'failed' ? answer.why : 'it wants a key';
  }
  showStatus(freshness, Date.now());
  clearTimeout(timer);
  // A page that nobody sees asks for nothing; it asks at once when it is seen again.
  if (document.hidden) return;
  const tookMs = performance.now() - askedAt;
  const periodMs = answer.kind === 'data' ? ASK_EVERY_MS : ASK_AGAIN_MS;
  timer = setTimeout(ask, Math.max(periodMs - tookMs, REST_PER_ANSWER * Math.min(tookMs, ASK_EVERY_MS)));
}

document.addEventListener('visibilitychange', () => {
  if (!document.hidden) void ask();
});
setInterval(() => showStatus(freshness, Date.now()), 1_000);
void ask();
