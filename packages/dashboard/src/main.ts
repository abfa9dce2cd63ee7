/** The live page: asks twice a second, shows what came, and says when nothing does. */
import type { StreamEvent } from '@liveinsight/schema';
import { askRealtime } from './api.js';
import { mergeEvents } from './stream.js';
import { offerKeyForm, readKey } from './view/key-form.js';
import { createPage } from './view/page.js';
import { type Freshness, showStatus } from './view/status.js';

const ASK_EVERY_MS = 500;
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
  if (!document.hidden) timer = setTimeout(ask, answer.kind === 'data' ? ASK_EVERY_MS : ASK_AGAIN_MS);
}

document.addEventListener('visibilitychange', () => {
  if (!document.hidden) void ask();
});
setInterval(() => showStatus(freshness, Date.now()), 1_000);
void ask();
