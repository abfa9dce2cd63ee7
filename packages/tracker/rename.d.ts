export function renameForGzip(code: string, bytes?: (code: string) => number): string;
export function findNames(code: string, bytes?: (code: string) => number): string[];
export function applyNames(code: string, names: string[]): string;
