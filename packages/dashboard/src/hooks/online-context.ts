/** How many sessions are on the site now, for the head of every view. */
import { createContext } from 'preact';

/** Undefined: not known, or not to be said. */
export const OnlineContext = createContext<number | undefined>(undefined);
