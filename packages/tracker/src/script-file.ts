/** The finished scripts as text, for whoever serves them. */

/** Replaced by the build. */
declare const SCRIPT_TEXT: (file: string) => string;
/** Replaced by the build. */
declare const SCRIPT_VERSION: string;

/** The version of all that is here. */
export const version: string = SCRIPT_VERSION;

/** The text of `liveinsight.js`, for whoever serves it: `createCollector({ assets: { tracker: script } })`. */
export const script: string = SCRIPT_TEXT('liveinsight.js');

/** The text of `liveinsight.extended.js`: more captures, more options. */
export const extendedScript: string = SCRIPT_TEXT('liveinsight.extended.js');

/** The text of `liveinsight.debug.js`: the extended script, which says on the console what it does and why. */
export const debugScript: string = SCRIPT_TEXT('liveinsight.debug.js');

/**
 * All of them by name, each also under the name of its version, as `liveinsight.1.2.3.js`, which a page may pin by its hash:
 * `createCollector({ assets: { tracker: scripts } })`.
 */
export const scripts: Record<string, string> = {
  'liveinsight.js': script,
  [`liveinsight.${version}.js`]: script,
  'liveinsight.extended.js': extendedScript,
  [`liveinsight.extended.${version}.js`]: extendedScript,
  'liveinsight.debug.js': debugScript,
};
