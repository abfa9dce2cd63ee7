/**
 * Lets a function that is called where it stands see what it is given, in place of being given it: `((a) => a.b())(c)` becomes
 * `(() => c.b())()`, for a `c` that never changes.
 */
import { parse } from 'acorn';
import { analyze } from 'eslint-scope';

const OPTIONS = { ecmaVersion: 2022, ranges: true };

/** @param code of a script without classes, and without `with` and `eval`, which find variables by their names */
export const passByScope = (code) => {
  const { ast, variables, free } = read(code);
  nameApart(variables, free);
  const edits = [];
  for (const call of readCalls(ast)) {
    const { params } = call.callee;
    const kept = params.map((param, at) => {
      const given = call.arguments[at];
      const mine = find(variables, param);
      const its = find(variables, given);
      if (!its || !mine || isChanged(its) || isChanged(mine)) return true;
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
  const shorthands = new Set(
    readAll(ast, (node) => node.type === 'Property' && node.shorthand).map(({ start }) => start),
  );
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

const read = (code) => {
  const ast = parse(code, OPTIONS);
  const { scopes, globalScope } = analyze(ast, { ecmaVersion: 2022, sourceType: 'script' });
  if (scopes.some(({ type }) => type === 'class')) throw new Error('a class has its name in two scopes');
  const variables = scopes
    .filter((scope) => scope !== globalScope)
    .flatMap((scope) => scope.variables)
    .filter(({ identifiers }) => identifiers.length)
    .map(({ name, identifiers, references }) => ({
      name,
      references,
      places: [...new Set([...identifiers, ...references.map(({ identifier }) => identifier)])],
    }));
  return { ast, variables, free: globalScope.through.map(({ identifier }) => identifier.name) };
};

/** Each variable has a name that no other has. */
const nameApart = (variables, free) => {
  const taken = new Set(free);
  for (const variable of variables) {
    const { name } = variable;
    for (let n = 1; taken.has(variable.name); n++) variable.name = `${name}${n}`;
    taken.add(variable.name);
  }
};

const readCalls = (ast) =>
  readAll(
    ast,
    ({ type, callee, arguments: given }) =>
      type === 'CallExpression' &&
      callee.type === 'ArrowFunctionExpression' &&
      callee.params.length === given.length &&
      callee.params.every((param) => param.type === 'Identifier'),
  );

const find = (variables, node) =>
  node?.type === 'Identifier' ? variables.find(({ places }) => places.includes(node)) : undefined;

const isChanged = ({ references }) => references.some((reference) => reference.isWrite() && !reference.init);

const readAll = (node, fits) => {
  if (node === null || typeof node !== 'object') return [];
  const below = Object.values(node).flatMap((child) => readAll(child, fits));
  return fits(node) ? [node, ...below] : below;
};
