/** The parser with a clock that stands still and ids that count. */
import { type ParsedBatch, parseBatchText } from '@liveinsight/schema';

export const NOW = 1_763_680_000_000;

export function parseText(text: string): ParsedBatch {
  let made = 0;
  const newId = () => {
    made += 1;
    return `made-${made}`;
  };
  return parseBatchText(text, { now: NOW, newId });
}

export const parse = (value: unknown): ParsedBatch => parseText(JSON.stringify(value));

/** What is parsed, where it must be; else an error that says why not. */
export function accepted(value: unknown) {
  const parsed = parse(value);
  if (!parsed.ok) throw new Error(`refused: ${JSON.stringify(parsed.issues)}`);
  return parsed;
}

/** The issues, where it must be refused. */
export function refused(value: unknown) {
  const parsed = parse(value);
  if (parsed.ok) throw new Error(`accepted: ${JSON.stringify(parsed)}`);
  return parsed.issues;
}
