/** Where the API and the tracker are: `config.json` beside the page says so, relative to it or as a whole URL. */

export interface Config {
  /** Without a slash at its end. */
  api: string;
  /** The script that pages embed. */
  tracker: string;
}

const script = import.meta.url;
/** Where the page's files are, by the address of this script: the page's own address may lack the slash at its end. */
export const FOLDER = new URL('..', script).href;

export async function loadConfig(): Promise<Config> {
  const response = await fetch(new URL('config.json', FOLDER), { cache: 'no-cache' });
  const { api, tracker }: Partial<Record<string, unknown>> = await response.json();
  const absolute = (value: unknown, fallback: string) =>
    new URL(typeof value === 'string' && value !== '' ? value : fallback, FOLDER).href;
  return {
    api: absolute(api, '../api').replace(/\/$/, ''),
    tracker: absolute(tracker, '../liveinsight.js'),
  };
}
