/** What a page of `docs/start` tells its reader to install, to save and to run: the tests do just that. */
import { readPage, snippets } from './page.js';

export interface Guide {
  /** The command that installs our packages. */
  install: string;
  tag: string;
  /** Path and content, the collector's among them. */
  files: Record<string, string>;
  /** What builds the app, and what starts it. */
  commands: string[];
}

/** @param name of the page, as `next` */
export function readGuide(name: string): Guide {
  const page = `docs/start/${name}.md`;
  const text = readPage(page);
  const [install, run, ...more] = snippets(text, 'sh');
  const [tag] = snippets(text, 'html');
  if (install === undefined || run === undefined || tag === undefined || more.length > 0)
    throw new Error(`${page}: what installs, what runs, and the tag were expected`);
  const files = snippets(text, 'ts').map((code): [string, string] => {
    const [, path] = /^\/\/ (\S+)\n/.exec(code) ?? [];
    if (path === undefined) throw new Error(`${page} does not say where this belongs: ${code}`);
    return [path, code];
  });
  return {
    install: install.trim(),
    tag: tag.trim(),
    files: Object.fromEntries(files),
    commands: run.trim().split(' && '),
  };
}
