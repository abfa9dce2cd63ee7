export function renameForGzip(code: string, bytes?: (code: string) => number): string;
