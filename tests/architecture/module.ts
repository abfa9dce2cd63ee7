/** Reads one source file: what it imports, what it exports by star or default, where it writes status codes. */
import { posix } from 'node:path';
import ts from 'typescript';

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
}

export function readModule(path: string, text: string): Module {
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
  const module: Module = { path, imports: [], starExports: [], defaultExports: [], statusCodes: [] };
  const line = (node: ts.Node) => source.getLineAndCharacterOfPosition(node.getStart()).line + 1;
  const visit = (node: ts.Node): void => {
    const found = importOf(node);
    if (found) module.imports.push({ ...found, line: line(node) });
    if (ts.isExportDeclaration(node) && node.moduleSpecifier && !isNamed(node))
      module.starExports.push(line(node));
    if (isDefaultExport(node)) module.defaultExports.push(line(node));
    if (isStatusCode(node)) module.statusCodes.push(line(node));
    ts.forEachChild(node, visit);
  };
  visit(source);
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

function importOf(node: ts.Node): Omit<Import, 'line'> | undefined {
  if (ts.isImportDeclaration(node)) return specified(node.moduleSpecifier, isTypeImport(node.importClause));
  if (ts.isExportDeclaration(node)) return specified(node.moduleSpecifier, isTypeExport(node));
  if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument))
    return specified(node.argument.literal, true);
  const called = ts.isCallExpression(node) ? node.expression : undefined;
  const dynamic = called?.kind === ts.SyntaxKind.ImportKeyword || called?.getText() === 'require';
  return dynamic && ts.isCallExpression(node) ? specified(node.arguments[0], false) : undefined;
}

function specified(node: ts.Node | undefined, typeOnly: boolean): Omit<Import, 'line'> | undefined {
  return node && ts.isStringLiteralLike(node) ? { specifier: node.text, typeOnly } : undefined;
}

function isTypeImport(clause: ts.ImportClause | undefined): boolean {
  if (!clause) return false;
  if (clause.phaseModifier === ts.SyntaxKind.TypeKeyword) return true;
  const bindings = clause.namedBindings;
  return !clause.name && !!bindings && ts.isNamedImports(bindings) && isAllTypes(bindings.elements);
}

function isTypeExport(node: ts.ExportDeclaration): boolean {
  return node.isTypeOnly || (isNamed(node) && isAllTypes(node.exportClause.elements));
}

function isNamed(
  node: ts.ExportDeclaration,
): node is ts.ExportDeclaration & { exportClause: ts.NamedExports } {
  return !!node.exportClause && ts.isNamedExports(node.exportClause);
}

function isAllTypes(elements: ts.NodeArray<ts.ImportSpecifier | ts.ExportSpecifier>): boolean {
  return elements.length > 0 && elements.every((element) => element.isTypeOnly);
}

function isDefaultExport(node: ts.Node): boolean {
  if (ts.isExportAssignment(node)) return true;
  return (
    ts.canHaveModifiers(node) &&
    !!ts.getModifiers(node)?.some((modifier) => modifier.kind === ts.SyntaxKind.DefaultKeyword)
  );
}

/** A three-digit number given to, or compared with, something called status, or passed to `.status()` or `.writeHead()`. */
function isStatusCode(node: ts.Node): boolean {
  if (!ts.isNumericLiteral(node) || !/^[1-5]\d\d$/.test(node.text)) return false;
  const parent = node.parent;
  if (ts.isPropertyAssignment(parent) || ts.isVariableDeclaration(parent)) return isStatusName(parent.name);
  if (ts.isBinaryExpression(parent)) return isStatusName(parent.left) || isStatusName(parent.right);
  return ts.isCallExpression(parent) && /\.(status|writeHead|sendStatus)$/.test(parent.expression.getText());
}

function isStatusName(node: ts.Node): boolean {
  return /status(code)?$/i.test(node.getText());
}
