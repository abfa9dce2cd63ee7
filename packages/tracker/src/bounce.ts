/** The bounce script, for pages that are made by a program. */

/** Replaced by the build. */
declare const SCRIPT_TEXT: (file: string) => string;
/** Replaced by the build. */
declare const SCRIPT_HASH: (file: string) => string;

/**
 * The text of an inline script that sends the first view even when the visitor leaves before the tracker has loaded. It stands right
 * after the tracker's script tag.
 */
export const bounceScript: string = SCRIPT_TEXT('bounce-script.js');

/** What a Content-Security-Policy's `script-src` allows it by, quotes included: `'sha256-…'`. */
export const bounceHash: string = SCRIPT_HASH('bounce-script.js');
