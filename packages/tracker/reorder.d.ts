export function reorderForGzip(code: string, bytes?: (code: string) => number): string;
