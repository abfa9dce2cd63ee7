/**
 * Gives the variables of a minified script the names with which it compresses best: a letter costs less where gzip finds it among the
 * letters that have come before. Terser gives the most frequent variables the shortest names; here nearly all have one letter, and
 * which one is worth two bytes of a hundred.
 */
import { gzipSync } from 'node:zlib';
import { readShorthands, readVariables } from './variables.js';

const LETTERS = [...'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_$'];
/** Each variable is tried with each letter this often. More rounds gain a byte or two. */
const ROUNDS = 2;

const gzipBytes = (code) => gzipSync(code, { level: 9 }).length;

/**
 * @param code of a script that `readVariables` reads
 * @param bytes what is to get smaller
 */
export const renameForGzip = (code, bytes = gzipBytes) => applyNames(code, findNames(code, bytes));

/** @returns the script with these names: of each variable one, as `findNames` returns them */
export const applyNames = (code, names) => {
  const { ast, variables } = readVariables(code);
  for (const [index, variable] of variables.entries()) variable.name = names[index];
  return writer(code, variables, readShorthands(ast))();
};

/** @returns the best name found for each variable */
export const findNames = (code, bytes = gzipBytes) => {
  const { ast, scopes, variables, free } = readVariables(code);
  findRivals(variables, scopes);
  const letters = LETTERS.filter((letter) => !free.has(letter));
  const write = writer(code, variables, readShorthands(ast));

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
  return variables.map(({ name }) => name);
};

/** Adds to each variable those whose name must be another, as both are seen from one place. */
const findRivals = (variables, scopes) => {
  for (const variable of variables) {
    const { scope, references } = variable;
    // Where it is seen from: the scopes between its own and those that name it.
    variable.seen = new Set([
      scope,
      ...references.flatMap(({ from }) => upTo(scope, from)),
      ...readClashing(variable, scopes),
    ]);
  }
  for (const variable of variables) {
    variable.rivals = variables.filter(
      (other) => other !== variable && (other.seen.has(variable.scope) || variable.seen.has(other.scope)),
    );
  }
};

/** The scopes that may not declare its name for themselves: a `var` is declared through blocks, an error is in the block of its `catch`. */
const readClashing = ({ scope, defs }, scopes) =>
  scopes.filter(({ block, upper }) =>
    defs.some(({ type, parent, name }) =>
      type === 'CatchClause'
        ? upper === scope
        : parent?.kind === 'var' && isIn(name, block) && isIn(block, scope.block) && block !== scope.block,
    ),
  );

const isIn = (inner, outer) => outer.start <= inner.start && inner.end <= outer.end;

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
