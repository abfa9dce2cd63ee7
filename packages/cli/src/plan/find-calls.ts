/** Finds the calls in a source that track an event, and what they say of it without being run. */
import { type CallExpression, type Expression, type ObjectExpression, parseSync, Visitor } from 'oxc-parser';
import { type Part, toParts } from './source-parts.js';

export interface TrackCall {
  kind: 'events' | 'conversions';
  /** Undefined where the code computes it. */
  name: string | undefined;
  line: number;
  /** Properties that the call names; undefined where it does not say which. */
  props?: Record<string, unknown> | undefined;
  /** Those whose values the code computes. */
  computed: ReadonlySet<string>;
  /** Whether there may be more than these. */
  hasMore: boolean;
}

/** Stands for a value that is known when the code runs. */
const COMPUTED = Symbol('computed');
const KINDS: Record<string, TrackCall['kind']> = { track: 'events', conversion: 'conversions' };

/** @throws Error that names the line where the source cannot be parsed */
export function findCalls(file: string, text: string): TrackCall[] {
  const lines = createLines(text);
  return toParts(file, text).flatMap((part) =>
    part.kind === 'script' ? inScript(part, lines) : inTemplate(part, lines),
  );
}

function inScript({ text, start, language }: Part, lineAt: (offset: number) => number): TrackCall[] {
  const { program, errors } = parseSync(`source.${language}`, text);
  const [error] = errors.filter(({ severity }) => severity === 'Error');
  if (error) throw new Error(`line ${lineAt(start + (error.labels[0]?.start ?? 0))}: ${error.message}`);
  const calls: TrackCall[] = [];
  new Visitor({
    CallExpression(call) {
      const found = readCall(call);
      if (found) calls.push({ ...found, line: lineAt(start + call.start) });
    },
  }).visit(program);
  return calls;
}

const IN_TEMPLATE = /\b(track|conversion)\(/g;
/** Characters in which the name ends. */
const MAX_TEMPLATE_CHARS = 300;

/** In the markup of a component, handlers are found by their text: the name is known, the properties are not. */
function inTemplate({ text, start }: Part, lineAt: (offset: number) => number): TrackCall[] {
  return [...text.matchAll(IN_TEMPLATE)].flatMap(({ 0: { length }, 1: method = '', index }): TrackCall[] => {
    const after = text.slice(index + length, index + length + MAX_TEMPLATE_CHARS).trimStart();
    const quote = after.charAt(0);
    const end = quote === "'" || quote === '"' ? after.indexOf(quote, 1) : -1;
    if (end < 0) return [];
    const kind = KINDS[method] ?? 'events';
    const line = lineAt(start + index);
    return [{ kind, name: after.slice(1, end), line, computed: new Set(), hasMore: true }];
  });
}

function readCall({ callee, arguments: args }: CallExpression): Omit<TrackCall, 'line'> | undefined {
  const values = args.map((arg) => (arg.type === 'SpreadElement' ? undefined : unwrap(arg)));
  const method = nameOf(unwrap(callee));
  if (method === 'liveinsight') {
    const kind = KINDS[toText(values[0]) ?? ''];
    return kind && fromArguments(kind, values.slice(1));
  }
  const kind = method === undefined || !Object.hasOwn(KINDS, method) ? undefined : KINDS[method];
  if (!kind || args.length === 0) return undefined;
  const [first] = values;
  return first?.type === 'ObjectExpression' ? fromEvent(first) : fromArguments(kind, values);
}

/** `track('signup', { plan })`, `conversion('purchase', { value, props })`. */
function fromArguments(
  kind: TrackCall['kind'],
  [name, details]: readonly (Expression | undefined)[],
): Omit<TrackCall, 'line'> {
  if (kind === 'events') return { kind, name: toText(name), ...readProps(details) };
  const fields = readObject(details);
  const props = fields?.members.get('props');
  return { kind, name: toText(name), ...(fields?.hasMore ? UNKNOWN : readProps(props)) };
}

/** `track({ event_type: 'custom', name: 'signup', props: { plan } })`, as a server has it. */
function fromEvent(event: ObjectExpression): Omit<TrackCall, 'line'> | undefined {
  const { members = new Map(), hasMore } = readObject(event) ?? {};
  const type = toText(members.get('event_type'));
  const props = hasMore ? UNKNOWN : readProps(members.get('props'));
  if (type === 'custom') return { kind: 'events', name: toText(members.get('name')), ...props };
  if (type === 'conversion')
    return { kind: 'conversions', name: toText(members.get('conversion_type')), ...props };
  return undefined;
}

const UNKNOWN = { props: undefined, computed: new Set<string>(), hasMore: true };

function readProps(node: Expression | undefined): Pick<TrackCall, 'props' | 'computed' | 'hasMore'> {
  if (node === undefined) return { props: {}, computed: new Set(), hasMore: false };
  const object = readObject(node);
  if (!object) return UNKNOWN;
  const values = [...object.members].map(([key, value]) => [key, toValue(value)] as const);
  const computed = new Set(values.filter(([, value]) => hasComputed(value)).map(([key]) => key));
  return { props: Object.fromEntries(values), computed, hasMore: object.hasMore };
}

function readObject(
  node: Expression | undefined,
): { members: Map<string, Expression>; hasMore: boolean } | undefined {
  if (node?.type !== 'ObjectExpression') return undefined;
  const members = new Map<string, Expression>();
  let hasMore = false;
  for (const member of node.properties) {
    const key = member.type === 'Property' && !member.computed ? keyOf(member.key) : undefined;
    if (member.type !== 'Property' || key === undefined) hasMore = true;
    else members.set(key, unwrap(member.value as Expression));
  }
  return { members, hasMore };
}

function toValue(node: Expression): unknown {
  switch (node.type) {
    case 'Literal':
      return 'regex' in node || typeof node.value === 'bigint' ? COMPUTED : node.value;
    case 'TemplateLiteral':
      return toText(node) ?? COMPUTED;
    case 'UnaryExpression': {
      const value = toValue(unwrap(node.argument));
      return node.operator === '-' && typeof value === 'number' ? -value : COMPUTED;
    }
    case 'ArrayExpression':
      return node.elements.map((item) =>
        item && item.type !== 'SpreadElement' ? toValue(unwrap(item)) : COMPUTED,
      );
    case 'ObjectExpression': {
      const object = readObject(node);
      if (!object || object.hasMore) return COMPUTED;
      return Object.fromEntries([...object.members].map(([key, value]) => [key, toValue(value)]));
    }
    default:
      return COMPUTED;
  }
}

const hasComputed = (value: unknown): boolean =>
  value === COMPUTED ||
  (typeof value === 'object' && value !== null && Object.values(value).some(hasComputed));

function toText(node: Expression | undefined): string | undefined {
  if (node?.type === 'Literal') return typeof node.value === 'string' ? node.value : undefined;
  if (node?.type !== 'TemplateLiteral' || node.expressions.length > 0) return undefined;
  return node.quasis[0]?.value.cooked ?? undefined;
}

/** What types, parentheses and `?.` are written around. */
function unwrap(node: Expression): Expression {
  switch (node.type) {
    case 'TSAsExpression':
    case 'TSSatisfiesExpression':
    case 'TSNonNullExpression':
    case 'ParenthesizedExpression':
    case 'ChainExpression':
      return unwrap(node.expression);
    default:
      return node;
  }
}

function nameOf(callee: Expression): string | undefined {
  if (callee.type === 'Identifier') return callee.name;
  if (callee.type !== 'MemberExpression' || callee.computed) return undefined;
  return callee.property.type === 'Identifier' ? callee.property.name : undefined;
}

const keyOf = (key: { type: string; name?: unknown; value?: unknown }): string | undefined => {
  if (key.type === 'Identifier') return String(key.name);
  return key.type === 'Literal' ? String(key.value) : undefined;
};

/** The line of an offset, from 1. */
function createLines(text: string): (offset: number) => number {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return (offset) => {
    const next = starts.findIndex((start) => start > offset);
    return next < 0 ? starts.length : next;
  };
}

/** Where the plan itself has the event: its line, for what the code does not track. */
export function findPlannedLine(text: string, event: string): number | undefined {
  let offset: number | undefined;
  new Visitor({
    Property({ key, start }) {
      if (offset === undefined && keyOf(key) === event) offset = start;
    },
  }).visit(parseSync('plan.ts', text).program);
  return offset === undefined ? undefined : createLines(text)(offset);
}
