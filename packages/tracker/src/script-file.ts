/** Replaced by the build. */
declare const SCRIPT_TEXT: string;

/** The text of `liveinsight.js`, for whoever serves it: `createCollector({ assets: { tracker: script } })`. */
export const script: string = SCRIPT_TEXT;
