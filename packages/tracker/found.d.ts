export function findOnce(name: string, input: string, program: string, search: () => string): string;
