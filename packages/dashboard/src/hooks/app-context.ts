/** What every part of the page may use: address, client, site, language, formats. */
import type { SiteInfo } from '@liveinsight/schema';
import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { Client } from '../api/client.js';
import type { ApiError } from '../api/error.js';
import type { Format } from '../format/format.js';
import type { Language } from '../i18n/languages.js';
import type { UrlState } from '../url-state/url-state.js';
import type { Navigation } from '../url-state/use-navigation.js';

export interface AppContext extends Navigation {
  urlState: UrlState;
  client: Client;
  /** The site that is shown. */
  site: SiteInfo;
  sites: readonly SiteInfo[];
  /** IANA name of the zone that times are shown in. */
  timezone: string;
  language: Language;
  format: Format;
  /** Tells the shell what went wrong: where a key is wanted, it asks for one. */
  onError(error: ApiError): void;
}

export const Context = createContext<AppContext | undefined>(undefined);

export function useApp(): AppContext {
  const app = useContext(Context);
  if (!app) throw new Error('useApp is for what is inside the app');
  return app;
}
