/**
 * All that the commands print. Visitors, other servers and files choose much of it, and a terminal obeys what it is
 * shown: control characters go no further than here, but for the colours that are ours.
 */
import { styleText } from 'node:util';

type Style = Parameters<typeof styleText>[0];

const hasColours = (stream: NodeJS.WriteStream) =>
  process.env.NO_COLOR === undefined && (stream.isTTY || process.env.FORCE_COLOR !== undefined);

/** `text` in a style of the terminal, for standard output. */
export const style = (format: Style, text: string) =>
  hasColours(process.stdout) ? styleText(format, replaceControlChars(text)) : text;

/** One or more lines, in which `style` may have been. What others chose is to be `replaceControlChars` before. */
export const print = (lines = '') =>
  void process.stdout.write(`${sanitize(lines, hasColours(process.stdout))}\n`);

/** What is not the result, for standard error. */
export const printNote = (line: string) => void process.stderr.write(`${sanitize(line, false)}\n`);

export function printError(message: string, remedy?: string): void {
  const red = hasColours(process.stderr) ? styleText('red', 'error') : 'error';
  process.stderr.write(`${red}: ${sanitize(message, false)}\n`);
  if (remedy) process.stderr.write(`  ${sanitize(remedy, false)}\n`);
}

/** Control characters, and those that change the direction or the lines of a text without being seen. */
const UNSAFE = /[\p{Cc}\p{Cs}\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]/gu;
const LINE_BREAK_OR_UNSAFE = new RegExp(`\\r\\n|${UNSAFE.source}`, 'gu');
/** A colour as `styleText` sets it. */
const COLOUR_OR_UNSAFE = new RegExp(`\\u001b\\[\\d{1,2}m|${LINE_BREAK_OR_UNSAFE.source}`, 'gu');

/** Text that others chose, as part of a line: what could drive the terminal is shown as `�`. */
export const replaceControlChars = (text: string) => text.replace(UNSAFE, '\u{fffd}');

/** The same for a text of several lines, as a CSV file. */
export const replaceControlCharsInLines = (text: string) => text.replace(LINE_BREAK_OR_UNSAFE, keepLayout);

const sanitize = (lines: string, isColoured: boolean) =>
  lines.replace(isColoured ? COLOUR_OR_UNSAFE : LINE_BREAK_OR_UNSAFE, keepLayout);

/** Only a line break and a colour are longer than one character. */
const keepLayout = (found: string) =>
  found.length > 1 || found === '\n' || found === '\t' ? found : '\u{fffd}';

/** A value as JSON that a terminal may be shown and that a program reads as what it was. */
export const safeJson = (value: unknown, indent?: number): string =>
  escapedJson(JSON.stringify(value, undefined, indent));

/** Of JSON text, in which line breaks stand between values alone: within texts they are escaped already. */
export const escapedJson = (json: string): string =>
  json.replace(UNSAFE, (char) =>
    /[\n\r\t]/.test(char) ? char : `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );

/** A reader that has seen enough, as `| head` has, makes no command fail: what it does goes on without output. */
export function ignoreClosedOutput(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error;
    });
  }
}

/** `liveinsight tail | head` ends when head has seen enough; that is no failure. */
export function endWithReader(): void {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(0);
    throw error;
  });
}
