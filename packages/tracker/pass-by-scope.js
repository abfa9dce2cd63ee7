/**
 * Lets a function that is called where it stands see what it is given, in place of being given it: `((a) => a.b())(c)` becomes
 * `(() => c.b())()`, for a `c` that never changes.
 */
import { readAll, readShorthands, readVariables } from './variables.js';

/** @param code of a script that `readVariables` reads */
export const passByScope = (code) => {
  const { ast, variables, free } = readVariables(code);
  nameApart(variables, free);
  const edits = [];
  for (const call of readCalls(ast, code)) {
    const { params } = call.callee;
    const kept = params.map((param, at) => {
      const given = call.arguments[at];
      const mine = find(variables, param);
      const its = find(variables, given);
      if (!its || !mine || !isFixed(its) || !isFixed(mine)) return true;
      mine.is = its;
      return false;
    });
    if (!kept.includes(false)) continue;
    const names = params.filter((_, at) => kept[at]);
    const arrow = code.indexOf('=>', params.at(-1).end);
    edits.push({ start: call.callee.start, end: arrow, text: names, variables });
    const last = kept.lastIndexOf(true);
    for (const [at, { start, end }] of call.arguments.entries()) {
      if (kept[at] !== false) continue;
      const from = at > last && at > 0 ? call.arguments[at - 1].end : start;
      edits.push({ start: from, end: at < last ? call.arguments[at + 1].start : end, text: '' });
    }
  }
  for (const edit of edits) {
    if (typeof edit.text !== 'string')
      edit.text = `(${edit.text.map((param) => nameOf(find(variables, param))).join()})`;
  }
  const shorthands = readShorthands(ast);
  for (const variable of variables) {
    for (const { start, end, name } of variable.places) {
      if (edits.some((edit) => edit.start <= start && end <= edit.end)) continue;
      edits.push({ start, end, text: (shorthands.has(start) ? `${name}:` : '') + nameOf(variable) });
    }
  }
  edits.sort((one, other) => one.start - other.start);
  let written = '';
  let at = 0;
  for (const { start, end, text } of edits) {
    written += code.slice(at, start) + text;
    at = end;
  }
  return written + code.slice(at);
};

const nameOf = (variable) => (variable.is ? nameOf(variable.is) : variable.name);

/** Each variable has a name that no other has. */
const nameApart = (variables, free) => {
  const taken = new Set(free);
  for (const variable of variables) {
    const { name } = variable;
    for (let n = 1; taken.has(variable.name); n++) variable.name = `${name}${n}`;
    taken.add(variable.name);
  }
};

const readCalls = (ast, code) =>
  readAll(
    ast,
    ({ type, callee, arguments: given }) =>
      type === 'CallExpression' &&
      callee.type === 'ArrowFunctionExpression' &&
      !callee.async &&
      callee.params.length === given.length &&
      callee.params.every((param) => param.type === 'Identifier') &&
      given.every((argument) => argument.type !== 'SpreadElement') &&
      // No argument has parentheses: they would stay where it goes.
      given.every(({ start }, at) => at === 0 || code.slice(given[at - 1].end, start) === ','),
  );

const find = (variables, node) =>
  node?.type === 'Identifier' ? variables.find(({ places }) => places.includes(node)) : undefined;

/** Declared once and never changed. A `var` can be read before it is set, and is set anew by each round of a loop. */
const isFixed = ({ defs, references }) =>
  defs.length === 1 &&
  defs[0].parent?.kind !== 'var' &&
  references.every((reference) => !reference.isWrite() || reference.init);
