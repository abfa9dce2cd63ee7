/** Parts of a whole. Pure. */

export const ratio = (part: number, total: number): number => (total > 0 ? part / total : 0);

/** Sessions that cross an edge of the range can push a share a little over its bounds. */
export const share = (part: number, total: number): number => Math.min(1, Math.max(0, ratio(part, total)));
