import * as v from 'valibot';
import { MAX_NAME_CHARS, MAX_PROP_CHARS, MAX_PROPS, MAX_PROPS_DEPTH } from './limits.js';

/** A property's value: text, number, boolean, null, or a list or object of these. */
export type PropValue = string | number | boolean | null | PropValue[] | { [key: string]: PropValue };
/** What the sender adds to an event. */
export type Props = { [key: string]: PropValue };

/** The first thing wrong with `value` as properties, or undefined. */
function propsProblem(value: object): string | undefined {
  let count = 0;
  const visit = (node: unknown, depth: number): string | undefined => {
    if (typeof node === 'string') {
      return node.length > MAX_PROP_CHARS ? `a text has at most ${MAX_PROP_CHARS} characters` : undefined;
    }
    if (typeof node === 'number') return Number.isFinite(node) ? undefined : 'a number must be finite';
    if (typeof node !== 'object' || node === null) return undefined;
    if (depth > MAX_PROPS_DEPTH) return `must nest at most ${MAX_PROPS_DEPTH} levels deep`;
    for (const [key, child] of Object.entries(node)) {
      count += 1;
      if (count > MAX_PROPS) return `must have at most ${MAX_PROPS} properties over all levels`;
      if (key === '__proto__') return 'must not have a property named __proto__';
      if (key.length > MAX_NAME_CHARS) return `a property's name has at most ${MAX_NAME_CHARS} characters`;
      const problem = visit(child, depth + 1);
      if (problem) return problem;
    }
    return undefined;
  };
  return visit(value, 1);
}

const isObject = (input: unknown): input is Props =>
  typeof input === 'object' && input !== null && !Array.isArray(input);

/** An event's free properties, checked as a whole: the limits span its levels. */
export const props = v.pipe(
  v.custom<Props>(isObject, 'must be an object'),
  v.rawCheck(({ dataset, addIssue }) => {
    if (!dataset.typed) return;
    const message = propsProblem(dataset.value);
    if (message) addIssue({ message });
  }),
);
