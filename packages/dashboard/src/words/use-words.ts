import { useApp } from '../app/context.js';
import type { Language } from './catalogue.js';

/** The words in the reader's language. */
export const useWords = <Words>(catalogue: Record<Language, Words>): Words => catalogue[useApp().language];
