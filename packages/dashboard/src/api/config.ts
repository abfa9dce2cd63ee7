/** Where the API and the tracker are: `config.json` beside the page says so, relative to it or as a whole URL. */

export interface Config {
  /** Without a slash at its end. */
  api: string;
  /** The script that pages embed. */
  tracker: string;
}

export async function loadConfig(): Promise<Config> {
  const response = await fetch('config.json', { cache: 'no-cache' });
  const { api, tracker }: Partial<Record<string, unknown>> = await response.json();
  const absolute = (said: unknown, usual: string) =>
    new URL(typeof said === 'string' && said !== '' ? said : usual, document.baseURI).href;
  return {
    api: absolute(api, '../api').replace(/\/$/, ''),
    tracker: absolute(tracker, '../liveinsight.js'),
  };
}
