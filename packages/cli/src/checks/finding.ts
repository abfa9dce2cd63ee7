/** What the doctor finds: one line each, with a remedy where something is wrong. */
export interface Finding {
  /** What was looked at, in a word or two. */
  check: string;
  /** A warning does not keep anything from working, or not yet. */
  state: 'ok' | 'warning' | 'problem';
  says: string;
  remedy?: string;
}

export const ok = (check: string, says: string): Finding => ({ check, state: 'ok', says });
export const warning = (check: string, says: string, remedy: string): Finding => ({
  check,
  state: 'warning',
  says,
  remedy,
});
export const problem = (check: string, says: string, remedy: string): Finding => ({
  check,
  state: 'problem',
  says,
  remedy,
});
