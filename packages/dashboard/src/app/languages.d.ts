/** The page built for one language. */
declare module '*/app/start.js?lang=en' {
  export { start } from './start.js';
}
declare module '*/app/start.js?lang=ko' {
  export { start } from './start.js';
}
