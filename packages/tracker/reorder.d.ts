export function reorderForGzip(code: string, bytes?: (code: string) => number): string;
export function findMoves(code: string, bytes?: (code: string) => number): number[][];
export function applyMoves(code: string, moves: number[][]): string;
