/** Characters of JSON that fill a batch: four fit into the 64 KiB that browsers let a page have in flight when it is left. */
export const MAX_BATCH_CHARS = 15e3;
