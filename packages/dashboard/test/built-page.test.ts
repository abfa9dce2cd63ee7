import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { files } from '../dist/files.js';

const text = (path: string) => String(files[path]?.body);
const source = fileURLToPath(new URL('../src/', import.meta.url));

describe('the built page', () => {
  it('names its files relative to itself, and they are all there', () => {
    const named = [...text('index.html').matchAll(/(?:src|href)="([^"]+)"/g)].map(([, path = '']) => path);
    expect(named.length).toBeGreaterThan(2);
    for (const path of named) expect(Object.keys(files)).toContain(path.replace(/^\.\//, ''));
  });

  it('has the browser load at once what its first requests wait for', () => {
    expect(text('index.html')).toMatch(/<link rel="preload" href="\.\/config\.json" as="fetch" crossorigin>/);
    expect(text('index.html')).toMatch(/<link rel="modulepreload" crossorigin href="\.\/assets\/first-view-/);
  });

  it('says in config.json where the API is, beside the page unless changed', () => {
    expect(JSON.parse(text('config.json'))).toEqual({ api: '../api', tracker: '../liveinsight.js' });
  });

  it('has nothing inline and asks nothing of others, so that the strictest policy can hold', () => {
    const html = text('index.html');
    expect(html).not.toMatch(/<style|\sstyle=|\son\w+=|<script(?![^>]*\ssrc=)/);
    for (const path of Object.keys(files)) {
      expect(text(path).replaceAll('http://www.w3.org/', '')).not.toMatch(/https?:\/\//);
      expect(text(path)).not.toMatch(/\beval\(|new Function/);
    }
  });

  it('never makes markup of text: its sources do not, and the browser is told to refuse it', () => {
    const sources = readdirSync(source, { recursive: true, encoding: 'utf8' }).filter((path) =>
      /\.tsx?$/.test(path),
    );
    expect(sources.length).toBeGreaterThan(20);
    for (const path of sources) {
      expect(readFileSync(source + path, 'utf8'), path).not.toMatch(
        /innerHTML|outerHTML|insertAdjacentHTML|document\.write/i,
      );
    }
    expect(text('index.html')).toContain("require-trusted-types-for 'script'; trusted-types 'none'");
  });
});
