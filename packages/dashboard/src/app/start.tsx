/** The page in one language: built for each, with the words of that one alone. */
import { render } from 'preact';
import type { Language } from '../i18n/languages.js';
import { App, type AppProps } from './app.js';

export interface Started {
  end(): void;
}

export function start(root: HTMLElement, props: AppProps): Started {
  render(<App {...props} />, root);
  return { end: () => render(null, root) };
}

export type Languages = Record<Language, () => Promise<{ start: typeof start }>>;
