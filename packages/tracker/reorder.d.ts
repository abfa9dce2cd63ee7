export function reorderForGzip(code: string): string;
