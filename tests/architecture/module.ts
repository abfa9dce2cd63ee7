/** Reads one source file: what it imports, what it exports by star or default, where it writes status codes. */
import { posix } from 'node:path';
import {
  type Argument,
  type ExportNamedDeclaration,
  type Expression,
  type ImportDeclaration,
  parseSync,
  type Span,
  Visitor,
} from 'oxc-parser';

export interface Import {
  specifier: string;
  /** Nothing of it is left at run time. */
  typeOnly: boolean;
  line: number;
}

export interface Module {
  /** From the repository's root, with forward slashes. */
  path: string;
  imports: Import[];
  /** Lines of `export * from`. */
  starExports: number[];
  /** Lines of default exports. */
  defaultExports: number[];
  /** Lines that give or compare an HTTP status as a number. */
  statusCodes: number[];
  /** Lines that read a page of the event log from a store. */
  logReads: number[];
}

export function readModule(path: string, text: string): Module {
  const module: Module = {
    path,
    imports: [],
    starExports: [],
    defaultExports: [],
    statusCodes: [],
    logReads: [],
  };
  const { program, errors } = parseSync(path, text);
  if (errors[0]) throw new Error(`${path}: ${errors[0].message}`);

  const line = ({ start }: Span) => text.slice(0, start).split('\n').length;
  const source = ({ start, end }: Span) => text.slice(start, end);
  const add = (statement: Span, specifier: Expression | Argument | null | undefined, typeOnly: boolean) => {
    if (specifier?.type === 'Literal' && typeof specifier.value === 'string')
      module.imports.push({ specifier: specifier.value, typeOnly, line: line(statement) });
  };
  const addStatus = (name: Span | undefined, value: Span | null | undefined) => {
    if (name && value && /status(code)?$/i.test(source(name)) && isStatusCode(source(value)))
      module.statusCodes.push(line(value));
  };

  const compare = ({ left, right }: { left: Span; right: Span }) => {
    addStatus(left, right);
    addStatus(right, left);
  };

  new Visitor({
    ImportDeclaration: (node) => add(node, node.source, isTypeImport(node)),
    ExportNamedDeclaration: (node) => add(node, node.source, isTypeExport(node)),
    ExportAllDeclaration(node) {
      add(node, node.source, node.exportKind === 'type');
      module.starExports.push(line(node));
    },
    ExportDefaultDeclaration: (node) => void module.defaultExports.push(line(node)),
    TSImportType: (node) => add(node, node.source, true),
    ImportExpression: (node) => add(node, node.source, false),
    CallExpression(node) {
      if (source(node.callee) === 'require') add(node, node.arguments[0], false);
      if (/\.arrivals$/.test(source(node.callee))) module.logReads.push(line(node));
      if (!/\.(status|writeHead|sendStatus)$/.test(source(node.callee))) return;
      for (const argument of node.arguments)
        if (isStatusCode(source(argument))) module.statusCodes.push(line(argument));
    },
    Property: (node) => addStatus(node.key, node.value),
    VariableDeclarator: (node) => addStatus(node.id, node.init),
    AssignmentExpression: (node) => addStatus(node.left, node.right),
    BinaryExpression: compare,
    LogicalExpression: compare,
  }).visit(program);
  return module;
}

/** The module a relative import leads to, among the files there are; `undefined` for packages and for missing files. */
export function resolveRelative(
  from: string,
  specifier: string,
  has: (path: string) => boolean,
): string | undefined {
  if (!specifier.startsWith('.')) return undefined;
  const path = posix.join(posix.dirname(from), specifier);
  const sources = [
    path,
    path.replace(/\.js$/, '.ts'),
    path.replace(/\.js$/, '.tsx'),
    path.replace(/\.mjs$/, '.mts'),
  ];
  return sources.find(has);
}

/** `@scope/name/sub` → `@scope/name`; `name/sub` → `name`. */
export function packageOf(specifier: string): string {
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
}

function isTypeImport({ importKind, specifiers }: ImportDeclaration): boolean {
  if (importKind === 'type') return true;
  return (
    specifiers.length > 0 &&
    specifiers.every((specifier) => specifier.type === 'ImportSpecifier' && specifier.importKind === 'type')
  );
}

function isTypeExport({ exportKind, specifiers }: ExportNamedDeclaration): boolean {
  if (exportKind === 'type') return true;
  return specifiers.length > 0 && specifiers.every((specifier) => specifier.exportKind === 'type');
}

function isStatusCode(source: string): boolean {
  return /^[1-5]\d\d$/.test(source);
}
