/**
 * The page's cookies. A browser asks another process for them, which takes as long as all else that is done for a record: in one task
 * they are read once.
 */
import { readDocument } from './document.js';

let cookies: string | undefined;

export const readCookies = (): string => {
  cookies ??= readDocument('cookie');
  forgetCookies();
  return cookies;
};

/** Once what runs now has ended. A page may have replaced timers and promises, but not `await`. */
const forgetCookies = async () => {
  await 0;
  cookies = undefined;
};
