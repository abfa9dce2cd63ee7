import { MAX_PROP_CHARS } from '@liveinsight/schema/limits';
import type { On, Report } from './capture.js';
import { cut } from './text.js';

const MAX_ERRORS = 10;
/** What nobody can act on: errors of other origins come without a word, and observers that are late are no errors. */
const NOISE = /^Script error|ResizeObserver loop/;

/** Errors that nothing has caught, each once a page. */
export const watchErrors = (on: On, report: Report, release: string | undefined): void => {
  const told = new Set<string>();
  const tell = (error: unknown, message: string, source?: string) => {
    const stack = error instanceof Error ? error.stack?.replace(/\?[^\s:)]*/g, '') : undefined;
    const key = message + source;
    if (NOISE.test(message) || told.has(key) || told.size >= MAX_ERRORS) return;
    told.add(key);
    report('error', {
      message: cut(message, 300),
      source: cut(source, 300),
      stack: cut(stack, MAX_PROP_CHARS),
      release,
    });
  };
  on('error', (event) => {
    const { error, message, filename, lineno } = event as ErrorEvent;
    // Images and scripts that do not load have no message.
    if (message) tell(error, message, `${filename?.split('?')[0]}:${lineno}`);
  });
  on('unhandledrejection', (event) => {
    const { reason } = event as PromiseRejectionEvent;
    if (reason != null) tell(reason, `${reason}`);
  });
};
