import type { WireContext } from './wire.js';

/** What the device says of itself. */
export const readContext = (): WireContext => ({
  language: navigator.language,
  // biome-ignore lint/style/useTemplate: compresses to four bytes less.
  screen: screen.width + 'x' + screen.height,
  webdriver: navigator.webdriver,
});
