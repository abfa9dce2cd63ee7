/**
 * Builds the page once for each language: `app/start.tsx?lang=ko` and what it imports have Korean alone, so that the
 * words of another language are not loaded. Files without words, and without others that have some, are built once for all.
 */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { type ESTree, type Plugin, parseSync, Visitor } from 'vite';

const QUERY = /\?lang=(\w+)$/;
/** Of types alone nothing is left in what is built. */
const IMPORT = /(?:^(?:import|export) (?!type )[^;']*|\bimport\()'(\.[^']+)\.js'/gm;
/** An object with a text for each language. */
const WORDS = /\ben(?:: |, )[\s\S]*\bko(?:: |,? \})|import\.meta\.glob/;

export const languageOf = (id: string): string | undefined => QUERY.exec(id)?.[1];
const pathOf = (id: string): string => id.replace(QUERY, '');

export function oneLanguage(languages: readonly string[]): Plugin {
  const sources = new Map<string, Source>();
  const read = (path: string): Source => {
    const source = sources.get(path) ?? readSource(path);
    sources.set(path, source);
    return source;
  };
  /** Whether a file has words, or imports one that does. */
  const needsWords = (path: string): boolean => {
    const seen = new Set([path]);
    for (const one of seen) {
      const { hasWords, imports } = read(one);
      if (hasWords) return true;
      for (const imported of imports) seen.add(imported);
    }
    return false;
  };
  return {
    name: 'one-language',
    enforce: 'pre',
    async resolveId(source, importer, options) {
      const language = languageOf(source) ?? (importer && languageOf(importer));
      if (!language) return null;
      const found = await this.resolve(pathOf(source), importer && pathOf(importer), {
        ...options,
        skipSelf: true,
      });
      if (!found || found.external || found.id.includes('node_modules') || !needsWords(found.id))
        return found;
      return { ...found, id: `${found.id}?lang=${language}` };
    },
    load: (id) => (languageOf(id) ? readFileSync(pathOf(id), 'utf8') : null),
    transform: {
      order: 'post',
      handler(code, id) {
        const language = languageOf(id);
        return language ? withoutOthers(code, languages, language) : null;
      },
    },
  };
}

/** Of `{ en: …, ko: … }` the value of the language alone. */
function withoutOthers(code: string, languages: readonly string[], language: string): string {
  const cut: { start: number; end: number; name: string }[] = [];
  new Visitor({
    ObjectExpression({ properties }) {
      const texts = properties.flatMap((property) => toText(property));
      if (!languages.every((one) => texts.some(({ name }) => name === one))) return;
      cut.push(...texts.filter(({ name }) => languages.includes(name) && name !== language));
    },
  }).visit(parseSync('words.js', code).program);
  return cut
    .sort((a, b) => b.start - a.start)
    .reduce(
      (rest, { start, end, name }) => `${rest.slice(0, start)}${name}: undefined${rest.slice(end)}`,
      code,
    );
}

const toText = (property: ESTree.ObjectPropertyKind) =>
  property.type === 'Property' && property.key.type === 'Identifier'
    ? [{ name: property.key.name, start: property.start, end: property.end }]
    : [];

interface Source {
  hasWords: boolean;
  imports: readonly string[];
}

function readSource(path: string): Source {
  if (!/\.tsx?$/.test(path)) return { hasWords: false, imports: [] };
  const code = readFileSync(path, 'utf8');
  return {
    hasWords: WORDS.test(code),
    imports: [...code.matchAll(IMPORT)].map(([, name = '']) => toSourcePath(resolve(dirname(path), name))),
  };
}

/** What is imported as `.js` is one of these. */
const toSourcePath = (path: string): string => (existsSync(`${path}.tsx`) ? `${path}.tsx` : `${path}.ts`);
