export function renameForGzip(code: string): string;
