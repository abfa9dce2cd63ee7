export function passByScope(code: string): string;
