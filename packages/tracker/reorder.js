/**
 * Puts what may stand in any order into the one that compresses best: properties of objects whose values only read, variables whose
 * values depend on nothing, and both sides of comparisons.
 */
import { gzipSync } from 'node:zlib';
import { parse } from 'acorn';

/** More of them gain a byte or none. */
const ROUNDS = 2;

const gzipBytes = (code) => gzipSync(code, { level: 9 }).length;

/**
 * @param code of a script or module
 * @param bytes what is to get smaller
 */
export const reorderForGzip = (code, bytes = gzipBytes) => applyMoves(code, findMoves(code, bytes));

/** @returns the script after these moves, as `findMoves` returns them */
export const applyMoves = (code, moves) =>
  moves.reduce((moved, [index, from, to]) => move(moved, read(moved).lists[index], from, to), code);

/** @returns moves that save bytes, one after another: which list of those that stand in the script, from where and to where in it */
export const findMoves = (code, bytes = gzipBytes) => {
  let best = { ...read(code), size: bytes(code), moves: [] };
  for (let round = 0; round < ROUNDS; round++) {
    // A comparison that is turned round can be part of another, which then stays.
    for (let index = 0; index < best.lists.length; index++) best = improve(best, index, bytes);
  }
  return best.moves;
};

/** Moves members of one list as long as that saves a byte. */
const improve = (best, index, bytes) => {
  const list = best.lists[index] ?? [];
  for (const from of list.keys()) {
    for (const to of list.keys()) {
      if (from === to || !mayMove(list, from, to)) continue;
      const code = move(best.code, list, from, to);
      const size = bytes(code);
      const moved = size < best.size && readMoved(code, best.ast, list, from, to);
      if (moved) return improve({ ...moved, size, moves: [...best.moves, [index, from, to]] }, index, bytes);
    }
  }
  return best;
};

/** The moved text, where it means what was moved: `return"a"===b` would return no more, and `{}===a` begin with a block. */
const readMoved = (code, ast, list, from, to) => {
  const order = [...list];
  order.splice(to, 0, ...order.splice(from, 1));
  const places = new Map(list.map((node, at) => [node, order[at]]));
  const expected = describe(ast, function (key, value) {
    if (list.mirrored && key === 'operator' && this.left === list[0]) return list.mirrored;
    return places.get(value) ?? value;
  });
  try {
    const moved = read(code);
    return describe(moved.ast, (_key, value) => value) === expected ? moved : undefined;
  } catch {
    return undefined;
  }
};

/** A program, wherever its parts stand. */
const describe = (ast, replace) =>
  JSON.stringify(ast, function (key, value) {
    if (key === 'start' || key === 'end' || typeof value === 'bigint') return undefined;
    return replace.call(this, key, value);
  });

/** What depends on something (`fixed`) stays where it is, and what depends on nothing behind it may only come before it. */
const mayMove = ({ fixed = [] }, from, to) =>
  !fixed[from] && (to < from || !fixed.slice(from, to + 1).includes(true));

const move = (code, list, from, to) => {
  const texts = list.map(({ start, end }) => code.slice(start, end));
  texts.splice(to, 0, ...texts.splice(from, 1));
  const between = list.map(({ start }, index) => code.slice(list[index - 1]?.end ?? 0, start));
  if (list.mirrored) between[1] = list.mirrored;
  return between.map((text, index) => text + texts[index]).join('') + code.slice(list.at(-1).end);
};

/** What stands in the code side by side, in any order. */
const read = (code) => {
  const ast = parse(code, { ecmaVersion: 2022, sourceType: 'module' });
  const lists = [];
  const visit = (node) => {
    if (node === null || typeof node !== 'object') return;
    if (node.type === 'ObjectExpression') lists.push(...runs(node.properties, isPureProperty));
    if (node.type === 'VariableDeclaration') lists.push(...readVariables(node));
    if (node.type === 'BinaryExpression') lists.push(...readComparison(node, code));
    Object.values(node).forEach(visit);
  };
  visit(ast);
  return { code, ast, lists: lists.filter((list) => list.length > 1 && !hasRepeated(list)) };
};

/** Of two properties or `var`s of one name, the later counts. */
const hasRepeated = (list) => {
  const names = list.map(({ key, id }) => key ?? id).filter(Boolean);
  return new Set(names.map(({ name, value }) => `${name ?? value}`)).size < names.length;
};

/** Of a `var`, which may be set before it is declared, only what stands side by side. */
const readVariables = ({ kind, declarations }) =>
  kind === 'var'
    ? runs(declarations, isConstant)
    : [Object.assign([...declarations], { fixed: declarations.map((node) => !isConstant(node)) })];

const MIRRORED = { '<': '>', '>': '<', '<=': '>=', '>=': '<=', '===': '===', '!==': '!==' };

/** Both sides, where they only read, and no parentheses are needed or in the way: those of one side would stay with the other. */
const readComparison = ({ left, right, operator }, code) => {
  const mirrored = MIRRORED[operator];
  const isBare = code.slice(left.end, right.start) === operator && left.type !== 'BinaryExpression';
  return mirrored && isBare && isPure(left) && isPure(right)
    ? [Object.assign([left, right], /^[<>]/.test(operator) && { mirrored })]
    : [];
};

/** Neighbours that `fits`: nothing is moved over another. */
const runs = (nodes, fits) => {
  const found = [[]];
  for (const node of nodes) {
    if (fits(node)) found.at(-1).push(node);
    else found.push([]);
  }
  return found;
};

const FUNCTIONS = ['ArrowFunctionExpression', 'FunctionExpression'];

/** A variable whose value depends on nothing that another may change. */
const isConstant = ({ id, init }) =>
  id.type === 'Identifier' && (init === null || init.type === 'Literal' || FUNCTIONS.includes(init.type));

/** Parts of expressions that only read. */
const READS = [
  'Identifier',
  'Literal',
  'MemberExpression',
  'ChainExpression',
  'ConditionalExpression',
  'LogicalExpression',
  'BinaryExpression',
  'TemplateLiteral',
  'TemplateElement',
  'ObjectExpression',
  'ArrayExpression',
  'Property',
  'SpreadElement',
];

/** Whether it only reads, and so gives the same before and after others that do. */
const isPure = (node) => {
  if (node === null || typeof node !== 'object' || FUNCTIONS.includes(node.type)) return true;
  if (node.type === 'UnaryExpression' ? node.operator === 'delete' : node.type && !READS.includes(node.type))
    return false;
  return Object.values(node).every(isPure);
};

const isPureProperty = (node) => node.type === 'Property' && !node.computed && isPure(node);
