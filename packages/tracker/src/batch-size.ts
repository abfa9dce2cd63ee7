/** Characters of JSON from which a batch is full: four fit, each with one event more, into the 64 KiB that browsers let a page have in flight when it is left. */
export const MAX_BATCH_CHARS = 12e3;
