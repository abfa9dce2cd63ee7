/** What errors are grouped by: what was thrown, and where. Pure. */

/** Stands between the two. Code of the page chooses both texts, so it is taken out of them. */
const SEPARATOR = '\u001f';

export const toErrorKey = (message = '', place = ''): string =>
  [message, place].map((text) => text.replaceAll(SEPARATOR, ' ')).join(SEPARATOR);

export function splitErrorKey(key: string): { message: string; place: string } {
  const [message = '', place = ''] = key.split(SEPARATOR);
  return { message, place };
}
