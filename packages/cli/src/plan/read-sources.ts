/** The sources of an application: those that people write. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { CliError } from '../cli-error.js';

export interface Source {
  /** Relative to the current folder. */
  file: string;
  text: string;
}

const SOURCE = /\.(?:[cm]?[jt]sx?|vue|svelte|astro|html?)$/;
/** Types, bundles, and tests, whose events are none of a visitor. */
const NO_SOURCE = /\.(?:d\.[cm]?ts|min\.[cm]?js|(?:test|spec)\.[cm]?[jt]sx?)$/;
const NO_FOLDER = /^(?:\..*|node_modules|dist|build|out|output|coverage|vendor|tests?|__tests__|cdk\.out)$/;
/** A larger one is generated. */
const MAX_SOURCE_BYTES = 1_000_000;

export function readSources(paths: readonly string[]): Source[] {
  return paths.flatMap((path) => {
    const stats = statSync(path, { throwIfNoEntry: false });
    if (!stats) throw new CliError(`there is no ${path}`, 'Pass files or folders with sources.');
    return stats.isDirectory() ? inFolder(path) : [readSource(path)];
  });
}

function inFolder(folder: string): Source[] {
  const entries = readdirSync(folder, { withFileTypes: true });
  return entries
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return NO_FOLDER.test(entry.name) ? [] : inFolder(path);
      const isSource = entry.isFile() && SOURCE.test(entry.name) && !NO_SOURCE.test(entry.name);
      return isSource && statSync(path).size <= MAX_SOURCE_BYTES ? [readSource(path)] : [];
    });
}

const readSource = (path: string): Source => ({
  file: relative('.', path).replaceAll('\\', '/'),
  text: readFileSync(path, 'utf8'),
});
