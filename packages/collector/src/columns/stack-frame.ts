/** Finds where an error was thrown, in a stack as Chromium, Firefox or WebKit writes it. Pure. */

/** `    at render (https://shop.example/app.js:10:5)`, or `render@https://shop.example/app.js:10:5`. */
const FRAME = /^\s*at |@|:\d+:\d+\)?$/;
const FIRST_LINES = 10;

export function findTopFrame(stack: string): string | undefined {
  const lines = stack.split('\n', FIRST_LINES);
  const chromium = lines.find((line) => /^\s*at /.test(line));
  return (chromium ?? lines.find((line) => FRAME.test(line)))?.trim().replace(/^at /, '');
}
