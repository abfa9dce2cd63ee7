import { useApp } from '../app/context.js';
import type { Language } from './define-messages.js';

/** The words in the reader's language. */
export const useMessages = <Messages>(catalogue: Record<Language, Messages>): Messages =>
  catalogue[useApp().language];
