/** What every part of the page may use: address, client, site, language, formats. */
import type { SiteInfo } from '@liveinsight/schema';
import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { Address } from '../address/address.js';
import type { Navigation } from '../address/use-address.js';
import type { Client } from '../api/client.js';
import type { Problem } from '../api/problem.js';
import type { Format } from '../format/format.js';
import type { Language } from '../words/catalogue.js';

export interface AppContext extends Navigation {
  address: Address;
  client: Client;
  /** The site that is shown. */
  site: SiteInfo;
  sites: readonly SiteInfo[];
  /** IANA name of the zone that times are shown in. */
  timezone: string;
  language: Language;
  format: Format;
  /** Tells the shell what went wrong: where a key is wanted, it asks for one. */
  onProblem(problem: Problem): void;
}

export const Context = createContext<AppContext | undefined>(undefined);

export function useApp(): AppContext {
  const app = useContext(Context);
  if (!app) throw new Error('useApp is for what is inside the app');
  return app;
}
