/** Replaced by the build. */
declare const SCRIPT_TEXT: (file: string) => string;

/** The text of `liveinsight.js`, for whoever serves it: `createCollector({ assets: { tracker: script } })`. */
export const script: string = SCRIPT_TEXT('liveinsight.js');

/** The text of `liveinsight.extended.js`: more captures, more options. */
export const extendedScript: string = SCRIPT_TEXT('liveinsight.extended.js');

/** The text of `liveinsight.debug.js`: the extended script, which says on the console what it does and why. */
export const debugScript: string = SCRIPT_TEXT('liveinsight.debug.js');
