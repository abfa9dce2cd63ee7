/** What a page tells its reader to do: the tests do just that. */
import { readFileSync } from 'node:fs';

export const readPage = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');

/** The code that stands between fences. */
export const snippets = (text: string, language: string): string[] =>
  [...text.matchAll(/^```(\w+)\n(.*?)^```$/gms)].flatMap(([, name, code = '']) =>
    name === language ? [code] : [],
  );

/** From a heading until the next of its level. */
export function section(text: string, heading: string): string {
  const [level = ''] = heading.split(' ');
  const found = `\n${text}`.split(`\n${heading}\n`)[1];
  if (found === undefined) throw new Error(`there is no heading ${heading}`);
  return found.split(`\n${level} `)[0] ?? '';
}
