/** Colour where a person looks, plain text where a pipe does. */
import { styleText } from 'node:util';

type Style = Parameters<typeof styleText>[0];

const coloured = (stream: NodeJS.WriteStream) =>
  process.env.NO_COLOR === undefined && (stream.isTTY || process.env.FORCE_COLOR !== undefined);

/** `text` in a style of the terminal, for standard output. */
export const paint = (style: Style, text: string) =>
  coloured(process.stdout) ? styleText(style, text) : text;

export const print = (line = '') => void process.stdout.write(`${line}\n`);

export function printError(message: string, remedy?: string): void {
  const red = coloured(process.stderr) ? styleText('red', 'error') : 'error';
  process.stderr.write(`${red}: ${message}\n`);
  if (remedy) process.stderr.write(`  ${remedy}\n`);
}

/** Text of visitors: control characters could drive the terminal, so they are shown as `�`. */
export const harmless = (text: string) => text.replace(/\p{Cc}/gu, '\u{fffd}');

/** `liveinsight tail | head` ends when head has seen enough; that is no failure. */
export function endWithReader(): void {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(0);
    throw error;
  });
}
