/**
 * Gives the variables of a minified script the names with which it compresses best: a letter costs less where gzip finds it among the
 * letters that have come before. Terser gives the most frequent variables the shortest names; here nearly all have one letter, and
 * which one is worth two bytes of a hundred.
 */
import { gzipSync } from 'node:zlib';
import { parse } from 'acorn';
import { analyze } from 'eslint-scope';

const LETTERS = [...'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_$'];
/** Each variable is tried with each letter this often. More rounds gain a byte or two. */
const ROUNDS = 2;

const bytes = (code) => gzipSync(code, { level: 9 }).length;

/** @param code of a script without classes, and without `with` and `eval`, which find variables by their names */
export const renameForGzip = (code) => {
  const ast = parse(code, { ecmaVersion: 2022, ranges: true });
  const { variables, free } = readVariables(ast);
  const letters = LETTERS.filter((letter) => !free.has(letter));
  const write = writer(code, variables, new Set(readShorthands(ast)));

  let best = bytes(write());
  for (let round = 0; round < ROUNDS; round++) {
    for (const variable of variables) {
      for (const letter of letters) {
        const undo = rename(variable, letter);
        if (!undo) continue;
        const size = bytes(write());
        if (size < best) best = size;
        else undo();
      }
    }
  }
  return write();
};

/** The variables, with all places that name them, and those whose name must be another in some of these places. */
const readVariables = (ast) => {
  const { scopes, globalScope } = analyze(ast, { ecmaVersion: 2022, sourceType: 'script' });
  if (scopes.some(({ type }) => type === 'class')) throw new Error('a class has its name in two scopes');
  const variables = scopes
    .filter((scope) => scope !== globalScope)
    .flatMap((scope) => scope.variables)
    // Every function has `arguments`, which is not named anywhere.
    .filter(({ identifiers }) => identifiers.length)
    .map(({ name, scope, identifiers, references }) => ({
      name,
      scope,
      places: [...new Set([...identifiers, ...references.map(({ identifier }) => identifier)])],
      // Where it is seen from: the scopes between its own and those that name it.
      seen: new Set([scope, ...references.flatMap(({ from }) => upTo(scope, from))]),
    }));
  for (const variable of variables) {
    variable.rivals = variables.filter(
      (other) => other !== variable && (other.seen.has(variable.scope) || variable.seen.has(other.scope)),
    );
  }
  const free = new Set(globalScope.through.map(({ identifier }) => identifier.name));
  return { variables, free };
};

/** Where `{ name }` stands for `{ name: name }`: of the two, the property's name stays. */
const readShorthands = (node) => {
  if (node === null || typeof node !== 'object') return [];
  if (node.type === 'Property' && node.shorthand) return [node.start];
  return Object.values(node).flatMap(readShorthands);
};

const upTo = (scope, from) => (from === scope ? [] : [from, ...upTo(scope, from.upper)]);

/** Renames the variable; a rival of that name takes the old one in exchange. Returns how to undo it, or nothing where it can't be. */
const rename = (variable, name) => {
  const old = variable.name;
  const [rival, another] = variable.rivals.filter((other) => other.name === name);
  if (name === old || another) return undefined;
  if (rival?.rivals.some((other) => other !== variable && other.name === old)) return undefined;
  const swap = (mine, its) => {
    variable.name = mine;
    if (rival) rival.name = its;
  };
  swap(name, old);
  return () => swap(old, name);
};

/** Writes the script with the variables' present names. */
const writer = (code, variables, shorthands) => {
  const places = variables
    .flatMap((variable) => variable.places.map(({ start, end }) => ({ variable, start, end })))
    .sort((one, other) => one.start - other.start);
  const between = places.map(({ start, end }, index) => {
    const text = code.slice(places[index - 1]?.end ?? 0, start);
    return shorthands.has(start) ? `${text}${code.slice(start, end)}:` : text;
  });
  const rest = code.slice(places.at(-1)?.end ?? 0);
  return () => between.map((text, index) => text + places[index].variable.name).join('') + rest;
};
