/** What all events of each context add up to: most questions ask for no more, and contexts are a tenth of the events. Pure. */
import { type Chunk, EVENT_FLAGS, type EventColumns } from '../columns/chunk.js';
import { CLICK, CONVERSION, ENGAGING, PAGE_VIEW, toEventClasses } from './event-classes.js';

/** By context. */
export interface ContextSums {
  pageViews: Uint32Array;
  /** First views of their session, second ones, and those that carry no ordinal. */
  firstViews: Uint32Array;
  secondViews: Uint32Array;
  unnumberedViews: Uint32Array;
  clicks: Uint32Array;
  conversions: Uint32Array;
  firstConversions: Uint32Array;
  delayed: Uint32Array;
  /** Events with which the session became engaged. */
  engagedSessions: Uint32Array;
  /** In ms. */
  engaged: Float64Array;
}

/** Kept for as long as the columns that they are of. */
const known = new WeakMap<EventColumns, ContextSums>();

export function sumContexts(chunk: Chunk): ContextSums {
  const event = chunk.event();
  let sums = known.get(event);
  if (!sums) {
    sums = addUp(chunk, event);
    known.set(event, sums);
  }
  return sums;
}

function addUp(chunk: Chunk, { kind, kinds, view, nth, flags }: EventColumns): ContextSums {
  const { count, firstEvent } = chunk.context();
  const { engaged } = chunk.engagement();
  const sums = createSums(count);
  const classes = toEventClasses(kinds);
  for (let context = 0; context < count; context += 1) {
    const end = firstEvent[context + 1] ?? 0;
    let [views, firsts, seconds, unnumbered] = [0, 0, 0, 0];
    let [clicks, conversions, converted, delayed, became, ms] = [0, 0, 0, 0, 0, 0];
    for (let row = firstEvent[context] ?? 0; row < end; row += 1) {
      const ofEvent = classes[kind[row] ?? 0];
      const flagged = flags[row] ?? 0;
      if ((flagged & EVENT_FLAGS.delayed) !== 0) delayed += 1;
      if ((flagged & EVENT_FLAGS.engaged) !== 0) became += 1;
      if (ofEvent === PAGE_VIEW) {
        views += 1;
        const ordinal = view[row] ?? 0;
        if (ordinal === 1) firsts += 1;
        else if (ordinal === 2) seconds += 1;
        else if (ordinal === 0) unnumbered += 1;
      } else if (ofEvent === ENGAGING) ms += engaged[row] ?? 0;
      else if (ofEvent === CLICK) clicks += 1;
      else if (ofEvent === CONVERSION) {
        conversions += 1;
        if (nth[row] === 1) converted += 1;
      }
    }
    sums.pageViews[context] = views;
    sums.firstViews[context] = firsts;
    sums.secondViews[context] = seconds;
    sums.unnumberedViews[context] = unnumbered;
    sums.clicks[context] = clicks;
    sums.conversions[context] = conversions;
    sums.firstConversions[context] = converted;
    sums.delayed[context] = delayed;
    sums.engagedSessions[context] = became;
    sums.engaged[context] = ms;
  }
  return sums;
}

const createSums = (count: number): ContextSums => ({
  pageViews: new Uint32Array(count),
  firstViews: new Uint32Array(count),
  secondViews: new Uint32Array(count),
  unnumberedViews: new Uint32Array(count),
  clicks: new Uint32Array(count),
  conversions: new Uint32Array(count),
  firstConversions: new Uint32Array(count),
  delayed: new Uint32Array(count),
  engagedSessions: new Uint32Array(count),
  engaged: new Float64Array(count),
});
