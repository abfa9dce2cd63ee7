/** Compiles the TypeScript and JavaScript of Markdown files as if each snippet were a file beside the page. */
import { dirname, join } from 'node:path';
import ts from 'typescript';
import { root } from '../tracked-files.js';
import type { Snippet } from './markdown.js';

/** Snippets stand for server and browser code alike. JavaScript is checked for what it calls, not for its annotations. */
const options: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.NodeNext,
  moduleResolution: ts.ModuleResolutionKind.NodeNext,
  lib: ['lib.es2023.d.ts', 'lib.dom.d.ts', 'lib.dom.iterable.d.ts'],
  types: ['node'],
  strict: true,
  noImplicitAny: false,
  allowJs: true,
  checkJs: true,
  noEmit: true,
  skipLibCheck: true,
  moduleDetection: ts.ModuleDetectionKind.Force,
};

/** On a page with the script tag, its commands are there without an import. */
const pageGlobals = {
  path: join(root, 'tests/readme/page-globals.d.ts'),
  text: `import type { Tracker } from '@liveinsight/tracker';
    declare global {
      function liveinsight<Name extends keyof Tracker>(name: Name, ...args: Parameters<Tracker[Name]>): void;
    }`,
};

/** @returns one line for each complaint, with the place in the page */
export function typeCheck(snippets: Snippet[]): string[] {
  const files = new Map(snippets.map((snippet) => [fileName(snippet), snippet]));
  const host = ts.createCompilerHost(options);
  const { fileExists, readFile, getSourceFile } = host;
  const text = (path: string) => (path === pageGlobals.path ? pageGlobals.text : files.get(path)?.code);
  host.fileExists = (path) => text(path) !== undefined || fileExists(path);
  host.readFile = (path) => text(path) ?? readFile(path);
  host.getSourceFile = (path, version, ...rest) => {
    const code = text(path);
    return code === undefined
      ? getSourceFile(path, version, ...rest)
      : ts.createSourceFile(path, code, version);
  };
  const program = ts.createProgram([...files.keys(), pageGlobals.path], options, host);
  return ts.getPreEmitDiagnostics(program).map((diagnostic) => {
    const message = ts.flattenDiagnosticMessageText(diagnostic.messageText, '\n');
    const snippet = files.get(diagnostic.file?.fileName ?? '');
    if (!diagnostic.file || !snippet) return message;
    const { line } = diagnostic.file.getLineAndCharacterOfPosition(diagnostic.start ?? 0);
    return `${snippet.file}:${snippet.line + 1 + line} ${message}`;
  });
}

function fileName({ file, line, language }: Snippet): string {
  return join(root, dirname(file), `readme-line-${line}.${language}`);
}
