import * as v from 'valibot';
import { fitsIn, isJsonObject } from './fields.js';
import { MAX_NAME_CHARS, MAX_PROP_CHARS, MAX_PROPS, MAX_PROPS_DEPTH } from './limits.js';

/** A property's value: text, number, boolean, null, or a list or object of these. */
export type PropValue = string | number | boolean | null | PropValue[] | { [key: string]: PropValue };
/** What the sender adds to an event. */
export type Props = { [key: string]: PropValue };

interface Problem {
  message: string;
  /** Names of the properties that lead to it. */
  keys: string[];
}

/** The first thing wrong with `props`, or undefined. */
function propsProblem(props: object): Problem | undefined {
  let count = 0;
  return visitMembers(props, []);

  function visitMembers(node: object, keys: string[]): Problem | undefined {
    for (const [key, child] of Object.entries(node)) {
      count += 1;
      if (count > MAX_PROPS) {
        return {
          message: `must have at most ${MAX_PROPS} properties and list items over all levels`,
          keys: [],
        };
      }
      if (key === '__proto__') return { message: 'must not have a property named __proto__', keys };
      if (!fitsIn(key, MAX_NAME_CHARS)) {
        return { message: `must have names of at most ${MAX_NAME_CHARS} characters`, keys };
      }
      const problem = visit(child, [...keys, key]);
      if (problem) return problem;
    }
    return undefined;
  }

  function visit(node: unknown, keys: string[]): Problem | undefined {
    switch (typeof node) {
      case 'string':
        if (fitsIn(node, MAX_PROP_CHARS)) return undefined;
        return { message: `must have at most ${MAX_PROP_CHARS} characters`, keys };
      case 'number':
        return Number.isFinite(node) ? undefined : { message: 'must be a finite number', keys };
      case 'boolean':
        return undefined;
      case 'object':
        if (node === null) return undefined;
        if (keys.length < MAX_PROPS_DEPTH) return visitMembers(node, keys);
        return {
          message: `must not be an object or list: props nest at most ${MAX_PROPS_DEPTH} levels`,
          keys,
        };
      default:
        return { message: 'must be a JSON value', keys };
    }
  }
}

/** An event's free properties, checked as a whole: the limits span its levels. */
export const PropsSchema = v.pipe(
  v.custom<Props>(isJsonObject, 'must be an object'),
  v.rawCheck(({ dataset, addIssue }) => {
    if (!dataset.typed) return;
    const problem = propsProblem(dataset.value);
    if (!problem) return;
    const [first, ...rest] = problem.keys.map((key) => pathItem(dataset.value, key));
    addIssue({ message: problem.message, ...(first && { path: [first, ...rest] }) });
  }),
);

const pathItem = (input: Props, key: string) =>
  ({ type: 'object', origin: 'value', input, key, value: undefined }) as const;
