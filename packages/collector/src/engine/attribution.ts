/**
 * Which sessions led people to convert: the first one and the last one within a time before it. Pure.
 *
 * Two passes over the chunks: conversions, and who is the same person; then the sessions of those who converted. Who is not known
 * as a user is the only user whom the visitor was ever known as, else the visitor.
 */
import { MAX_ATTRIBUTED_CONVERSIONS, MAX_TOUCHES } from '../budgets.js';
import type { Chunk, Group } from '../columns/chunk.js';
import type { SessionDimension } from '../events/dimensions.js';
import { type AttributedRows, type Conversion, creditTouches, type Touch } from './credit-touches.js';
import { HashIndex } from './hash-index.js';
import { type Hash, Persons, readHash } from './persons.js';
import {
  getRestrictionGroups,
  type Restriction,
  type Selection,
  type Span,
  selectArrivals,
} from './selection.js';

export interface AttributionPlan extends Restriction {
  /** Arrival in ms from which on conversions count; what arrived before tells which sessions led to them. */
  countFrom: number;
  lookbackMs: number;
  /** Credit goes to its values. */
  field: SessionDimension;
  /** Sessions before this time (ms) are not known. */
  knownFrom: number | undefined;
  /** Whether each visitor is somebody else, as where not all that a user was known as are looked at. Default: no. */
  isByVisitor?: boolean;
  /** 1 for each event that is a conversion. */
  selectConversions(chunk: Chunk): Uint8Array;
  readAmounts(chunk: Chunk): (event: number) => { currency: string; micros: number } | undefined;
  /** What must be read for these. */
  groups: readonly Group[];
}

export const getAttributionGroups = (plan: AttributionPlan, span: Span): Set<Group> =>
  new Set<Group>([
    ...getRestrictionGroups(plan, span),
    ...plan.groups,
    ...(['context', 'ids', 'event', 'arrival', 'time'] as const),
  ]);

/** A conversion, and by whom. */
interface PersonalConversion extends Omit<Conversion, 'touch'> {
  visitor: Hash;
  user: Hash;
  session: Hash;
}

export class Attribution {
  readonly #persons = new Persons();
  readonly #conversions: PersonalConversion[] = [];
  /** Those who converted: a number for each, known from the second pass on. */
  #converted: HashIndex | undefined;
  readonly #sessions = new HashIndex();
  /** By number of the person, and of the session. */
  readonly #touches: Map<number, Touch>[] = [];
  #touchCount = 0;

  /** @param share one of so many visitors' conversions is looked at, a power of two */
  constructor(
    readonly plan: AttributionPlan,
    readonly share = 1,
    readonly max = { conversions: MAX_ATTRIBUTED_CONVERSIONS, touches: MAX_TOUCHES },
  ) {}

  get isFull(): boolean {
    return this.#conversions.length > this.max.conversions || this.#touchCount > this.max.touches;
  }

  add(chunk: Chunk, { contexts, events }: Selection): void {
    const { visitor, count, session, firstEvent } = chunk.context();
    const { session: sessions } = chunk.ids();
    const userAt = this.#readUsers(chunk);
    for (let context = 0; context < count; context += 1)
      this.#persons.add(readHash(visitor, context), userAt(context));
    const isConversion = this.plan.selectConversions(chunk);
    if (!isConversion.includes(1)) return;
    const amountAt = this.plan.readAmounts(chunk);
    const [arrival, { timestamp }] = [chunk.arrival(), chunk.time()];
    for (let context = 0; context < count; context += 1) {
      const by = readHash(visitor, context);
      if (contexts?.[context] === 0 || (by.high & (this.share - 1)) !== 0) continue;
      for (let event = firstEvent[context] ?? 0; event < (firstEvent[context + 1] ?? 0); event += 1) {
        if (isConversion[event] !== 1 || events?.[event] === 0) continue;
        if ((arrival[event] ?? 0) < this.plan.countFrom) continue;
        this.#conversions.push({
          visitor: by,
          user: userAt(context),
          session: readHash(sessions, session[context] ?? 0),
          time: timestamp[event] ?? 0,
          amount: amountAt(event),
        });
      }
    }
  }

  /** The second pass: after all chunks were added, all of them once more. */
  addAgain(chunk: Chunk, { sampled }: Selection = {}): void {
    const converted = this.#findConverted();
    if (converted.size === 0) return;
    const { visitor, count, session, firstEvent, dimensions } = chunk.context();
    const { session: sessions } = chunk.ids();
    const userAt = this.#readUsers(chunk);
    const { timestamp } = chunk.time();
    const arrived = selectArrivals(chunk, this.plan);
    const [source, field] = [dimensions.source, dimensions[this.plan.field]];
    for (let context = 0; context < count; context += 1) {
      if (sampled?.[context] === 0) continue;
      const { high, low } = this.#persons.find(readHash(visitor, context), userAt(context));
      const person = converted.find(high, low);
      if (person < 0) continue;
      let event = firstEvent[context] ?? 0;
      const end = firstEvent[context + 1] ?? 0;
      while (arrived && event < end && arrived[event] !== 1) event += 1;
      if (event === end) continue;
      const id = readHash(sessions, session[context] ?? 0);
      const isDirect = source.values[source.codes[context] ?? 0] === DIRECT;
      const code = field.codes[context] ?? 0;
      const value = code === 0 ? undefined : field.values[code];
      this.#addTouch(person, id, { start: timestamp[event] ?? 0, isDirect, value, ...id });
    }
  }

  finish(): AttributedRows {
    const converted = this.#findConverted();
    const conversions = this.#conversions.map(({ visitor, user, session, ...conversion }) => {
      const { high, low } = this.#persons.find(visitor, user);
      const person = converted.find(high, low);
      const number = this.#sessions.find(session.high, session.low);
      return { person, conversion: { ...conversion, touch: this.#touches[person]?.get(number) } };
    });
    return creditTouches(
      conversions,
      this.#touches.map((touches) => [...touches.values()]),
      this.plan,
    );
  }

  /** By context: the user, or none. */
  #readUsers(chunk: Chunk): (context: number) => Hash {
    const { user } = chunk.ids();
    return this.plan.isByVisitor ? () => NO_USER : (context) => readHash(user, context);
  }

  #findConverted(): HashIndex {
    if (this.#converted) return this.#converted;
    this.#converted = new HashIndex();
    for (const { visitor, user } of this.#conversions) {
      const { high, low } = this.#persons.find(visitor, user);
      this.#converted.add(high, low);
    }
    return this.#converted;
  }

  #addTouch(person: number, { high, low }: Hash, touch: Touch): void {
    const session = this.#sessions.add(high, low);
    const touches = this.#touches[person] ?? new Map<number, Touch>();
    this.#touches[person] = touches;
    const before = touches.get(session);
    if (!before) this.#touchCount += 1;
    if (!before || touch.start < before.start) touches.set(session, touch);
  }
}

const DIRECT = '(direct)';
const NO_USER: Hash = { high: 0, low: 0 };
