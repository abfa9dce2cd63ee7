/** What `docs/mounts.md` tells its reader to install, to save and to run: the tests do just that. */
import { readPage, snippets } from './page.js';

const page = 'docs/mounts.md';

export interface Guide {
  /** The command that installs our packages. */
  install: string;
  /** The file that starts the collector, the same for all frameworks. */
  collector: string;
  tag: string;
  /** By its heading. */
  chapter(framework: string): Chapter;
}

export interface Chapter {
  /** Path and content, the collector's among them. */
  files: Record<string, string>;
  /** What builds the app, and what starts it. */
  commands: string[];
}

export function readGuide(): Guide {
  const text = readPage(page);
  const [general = '', ...chapters] = text.split(/^### /m);
  const collector = only(general, 'ts');
  return {
    install: only(general, 'sh').trim(),
    collector,
    tag: only(general, 'html').trim(),
    chapter(framework) {
      const chapter = chapters.find((one) => one.startsWith(`${framework}\n`));
      if (chapter === undefined) throw new Error(`${page} has no chapter ${framework}`);
      return readChapter(chapter, collector);
    },
  };
}

function readChapter(text: string, collector: string): Chapter {
  const [, place] = /^Save the collector as `([^`]+)`\.$/m.exec(text) ?? [];
  if (place === undefined) throw new Error(`${page} does not say where the collector belongs: ${text}`);
  const named = snippets(text, 'ts').map((code): [string, string] => {
    const [, path] = /^\/\/ (\S+)\n/.exec(code) ?? [];
    if (path === undefined) throw new Error(`${page} does not say where this belongs: ${code}`);
    return [path, code];
  });
  return {
    files: { ...Object.fromEntries(named), [place]: collector },
    commands: only(text, 'sh').trim().split(' && '),
  };
}

function only(text: string, language: string): string {
  const [one, ...more] = snippets(text, language);
  if (one === undefined || more.length > 0)
    throw new Error(`${page}: one snippet in ${language} was expected`);
  return one;
}
