import type { WireContext } from './wire.js';

/** What the device says of itself. Read once a session: a time zone can cost tens of milliseconds. */
export const readContext = (): WireContext => ({
  language: navigator.language,
  // biome-ignore lint/style/useTemplate: compresses to four bytes less.
  screen: screen.width + 'x' + screen.height,
  timezone: readTimezone(),
  touch_points: navigator.maxTouchPoints,
  webdriver: navigator.webdriver,
});

/**
 * Chromium loads its tables of languages and dates for the first `Intl` of a page, and for nothing of `Temporal`; Safari has no `Temporal`.
 * Where a browser has none, an element of that id is no reason to fail.
 */
const readTimezone = (): string =>
  (window as { Temporal?: { Now?: { timeZoneId(): string } } }).Temporal?.Now?.timeZoneId() ??
  Intl.DateTimeFormat().resolvedOptions().timeZone;
