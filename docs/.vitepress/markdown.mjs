/** Markdown as GitHub shows it: the same names of headings, links to files of the repository, diagrams. */
import { existsSync, statSync } from 'node:fs';
import { posix } from 'node:path';
import { fileURLToPath } from 'node:url';
import { renderMermaidSVG } from 'beautiful-mermaid';

export const REPOSITORY = 'https://github.com/liveinsight/liveinsight';
const root = fileURLToPath(new URL('../../', import.meta.url));

/**
 * As GitHub makes them, so that a link holds there and here.
 * @param {string} heading
 */
export function slugify(heading) {
  return heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .replace(/\s/g, '-');
}

/** @param {import('vitepress').MarkdownRenderer} md */
export function config(md) {
  md.core.ruler.push('links-of-the-repository', ({ tokens, env }) => {
    for (const { children } of tokens)
      for (const token of children ?? [])
        if (token.type === 'link_open')
          token.attrSet('href', toSite(token.attrGet('href') ?? '', env.relativePath));
  });
  const { fence } = md.renderer.rules;
  md.renderer.rules.fence = (tokens, index, ...rest) => {
    const token = tokens[index];
    if (token?.info.trim() !== 'mermaid') return fence?.(tokens, index, ...rest) ?? '';
    return `<figure class="diagram" v-pre>${toSvg(token.content)}</figure>\n`;
  };
}

/**
 * Files outside of the site are on GitHub.
 * @param {string} href
 * @param {string} page by its path in `docs/`
 */
function toSite(href, page) {
  if (href === '' || /^([a-z]+:|#|\/)/.test(href)) return href;
  const [file = '', anchor] = href.split('#');
  const hash = anchor === undefined ? '' : `#${anchor}`;
  const path = posix.join('docs', posix.dirname(page), decodeURI(file));
  if (path.startsWith('docs/') && path.endsWith('.md')) return href.replace(/README\.md(?=#|$)/, 'index.md');
  const kind = existsSync(root + path) && statSync(root + path).isDirectory() ? 'tree' : 'blob';
  return `${REPOSITORY}/${kind}/main/${path}${hash}`;
}

/** @param {string} diagram */
function toSvg(diagram) {
  const svg = renderMermaidSVG(diagram, {
    bg: 'var(--vp-c-bg)',
    fg: 'var(--vp-c-text-1)',
    font: 'Inter',
    transparent: true,
    // One line, or Markdown would end the figure at an empty one.
  });
  return svg.replace(/@import url\([^)]*\);?/g, '').replace(/\n\s*/g, ' ');
}
