/** Finds the variables of a script, and every place that names them. */
import { parse } from 'acorn';
import { analyze } from 'eslint-scope';

/**
 * @param code of a script without what gives a variable two scopes or is no name in it: classes, functions declared in blocks,
 * `arguments`, `with` and `eval`
 */
export const readVariables = (code) => {
  const ast = parse(code, { ecmaVersion: 2022, ranges: true });
  const { scopes, globalScope } = analyze(ast, { ecmaVersion: 2022, sourceType: 'script' });
  const free = new Set([
    ...globalScope.through.map(({ identifier }) => identifier.name),
    // Of the page's other scripts, too: they stay.
    ...globalScope.variables.map(({ name }) => name),
  ]);
  if (scopes.some(({ type }) => type === 'class')) throw new Error('a class has its name in two scopes');
  if (scopes.some(({ type }) => type === 'with') || free.has('eval'))
    throw new Error('`with` and `eval` find variables by names');
  const all = scopes.filter((scope) => scope !== globalScope).flatMap((scope) => scope.variables);
  if (free.has('arguments') || all.some(({ name, references }) => name === 'arguments' && references.length))
    throw new Error('`arguments` can change parameters');
  if (all.some(isFunctionOfBlock))
    throw new Error('a function declared in a block has its name in two scopes');
  const variables = all
    // Every function has `arguments`.
    .filter(({ identifiers }) => identifiers.length)
    .map(({ name, scope, defs, identifiers, references }) => ({
      name,
      scope,
      defs,
      references,
      places: [...new Set([...identifiers, ...references.map(({ identifier }) => identifier)])],
    }));
  const places = variables.flatMap((variable) => variable.places);
  if (new Set(places).size < places.length) throw new Error('an error of `catch` is declared by `var`, too');
  return { ast, scopes, variables, free };
};

const isFunctionOfBlock = ({ scope, defs }) =>
  scope.type !== 'function' && defs.some(({ node }) => node.type === 'FunctionDeclaration');

/** Where `{ name }` stands for `{ name: name }`: of the two, the property's name stays. */
export const readShorthands = (ast) =>
  new Set(readAll(ast, ({ type, shorthand }) => type === 'Property' && shorthand).map(({ start }) => start));

/** All nodes that `fits`. */
export const readAll = (node, fits) => {
  if (node === null || typeof node !== 'object') return [];
  const below = Object.values(node).flatMap((child) => readAll(child, fits));
  return fits(node) ? [node, ...below] : below;
};
