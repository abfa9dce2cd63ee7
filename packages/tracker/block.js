/**
 * Puts a script into a block in place of a function that is called at once: as its variables are all declared by `let`, that keeps them
 * to itself as well, in fewer bytes.
 */
import { parse } from 'acorn';

const WRAPPED = /^!function\(\)\{let (.*?);?(?:var ([\w$,]+))?\}\(\);\s*$/s;

/** @param code of a minified script, in one function; its `var`s without a value stand at the end */
export const toBlock = (code) => {
  const [, body, names] = WRAPPED.exec(code) ?? [];
  if (body === undefined) return code;
  // A function's `arguments` are no block's.
  if (/\barguments\b/.test(code) || leaks(parse(`{let ${body}}`, { ecmaVersion: 2022 }))) return code;
  return `{let ${names ? `${names},` : ''}${body}}`;
};

/** Whether something is declared that a block does not hold. */
const leaks = (node) => {
  if (node === null || typeof node !== 'object') return false;
  if (node.type === 'FunctionDeclaration' || node.kind === 'var') return true;
  if (/Function/.test(node.type)) return false;
  return Object.values(node).some(leaks);
};
