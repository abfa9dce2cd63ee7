export function toBlock(code: string): string;
