/**
 * The page's cookies. A browser asks another process for them, which takes as long as all else that is done for a record: in one task
 * they are read once.
 */
import { readDocument } from './document.js';

let cookies: string | undefined;

export const readCookies = (): string => {
  cookies ??= readDocument('cookie');
  return cookies;
};

/** Once what runs now has ended. */
export const forgetCookies = (): void => {
  cookies = undefined;
};
