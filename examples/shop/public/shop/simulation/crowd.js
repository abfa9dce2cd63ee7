/** Lets visitors in, one after the other, never too many at once. */
import { dwellMs } from './chance.js';
import { newVisitor } from './people.js';
import { createPost, pause } from './post.js';
import { visit } from './visit.js';

const MAX_AT_ONCE = 25;
const FIRST_AT_ONCE = 4;
const MEDIAN_MS_BETWEEN = 1_200;
const KNOWN_VISITORS = 200;

/**
 * @param {AbortSignal} signal ends it
 * @param {(state: { here: number, stored: number, trouble: string | undefined }) => void} report
 */
export async function simulate(signal, report) {
  let here = 0;
  let stored = 0;
  /** @type {string | undefined} */
  let trouble;
  /** @type {string[]} */
  const known = [];
  const say = () => {
    if (!signal.aborted) report({ here, stored, trouble });
  };
  const post = createPost(signal, (sent) => {
    stored += sent.stored;
    trouble = undefined;
    if (sent.refused > 0) trouble = `${sent.refused} events refused`;
    if (sent.waiting) trouble = 'Not stored. Trying again …';
    say();
  });
  const letIn = async () => {
    const visitor = newVisitor(known);
    known.push(visitor.visitor_id);
    if (known.length > KNOWN_VISITORS) known.shift();
    here += 1;
    say();
    await visit(visitor, post, (ms) => pause(ms, signal)).catch(ifNotAborted);
    here -= 1;
    say();
  };

  for (let first = 0; first < FIRST_AT_ONCE; first += 1) letIn();
  while (!signal.aborted) {
    await pause(dwellMs(MEDIAN_MS_BETWEEN), signal).catch(ifNotAborted);
    if (here < MAX_AT_ONCE && !signal.aborted) letIn();
  }

  function ifNotAborted(/** @type {unknown} */ error) {
    if (!signal.aborted) throw error;
  }
}
