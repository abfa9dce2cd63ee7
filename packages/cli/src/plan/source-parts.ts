/** What of a file is script and what is markup. Pure. */

export interface Part {
  kind: 'script' | 'template';
  text: string;
  /** Offset in the file. */
  start: number;
  language: 'ts' | 'tsx';
}

const WITH_MARKUP = /\.(?:vue|svelte|astro|html?)$/;
const FRONT_MATTER = '---';

export function toParts(file: string, text: string): Part[] {
  if (WITH_MARKUP.test(file)) return ofMarkup(text, file.endsWith('.astro') ? frontMatterEnd(text) : 0);
  // In plain TypeScript, `<T>value` is a cast.
  return [{ kind: 'script', text, start: 0, language: /\.[cm]?ts$/.test(file) ? 'ts' : 'tsx' }];
}

function frontMatterEnd(text: string): number {
  if (!text.startsWith(FRONT_MATTER)) return 0;
  return Math.max(0, text.indexOf(`\n${FRONT_MATTER}`, FRONT_MATTER.length));
}

function ofMarkup(text: string, frontMatter: number): Part[] {
  const parts: Part[] = [];
  const add = (kind: Part['kind'], from: number, to: number) => {
    if (to > from) parts.push({ kind, text: text.slice(from, to), start: from, language: 'ts' });
  };
  if (frontMatter > 0) add('script', FRONT_MATTER.length, frontMatter);
  const lower = text.toLowerCase();
  let at = frontMatter;
  while (at < text.length) {
    const tag = lower.indexOf('<script', at);
    const opened = tag < 0 ? -1 : text.indexOf('>', tag);
    const end = opened < 0 ? -1 : lower.indexOf('</script', opened);
    if (end < 0) break;
    add('template', at, tag);
    if (isCode(lower.slice(tag, opened))) add('script', opened + 1, end);
    at = end;
  }
  add('template', at, text.length);
  return parts;
}

/** Of data, as `application/ld+json`, nothing is code. */
const isCode = (tag: string): boolean => !/\btype=["']?(?!module|text\/javascript)/.test(tag);
