import type { Language } from '../i18n/languages.js';
import { useApp } from './app-context.js';

/** The words in the reader's language. */
export const useMessages = <Messages>(catalogue: Record<Language, Messages>): Messages =>
  catalogue[useApp().language];
