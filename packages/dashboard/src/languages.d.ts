/** The page built for one language. */
declare module '*/app/start.js?lang=en' {
  export { start } from './app/start.js';
}
declare module '*/app/start.js?lang=ko' {
  export { start } from './app/start.js';
}
