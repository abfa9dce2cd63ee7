import * as v from 'valibot';
import type { Issue, IssueCode } from './issue.js';
import { MAX_ISSUE_PATH_CHARS } from './limits.js';

/** An issue whose message can stand alone: it names the field, and the limit where there is one. */
export function issue(code: IssueCode, path: string, problem: string): Issue {
  const shown = path.length > MAX_ISSUE_PATH_CHARS ? `${path.slice(0, MAX_ISSUE_PATH_CHARS)}…` : path;
  return { code, path: shown, message: shown ? `${shown} ${problem}` : problem };
}

/** A validator's finding as an issue of ours. */
export function describe(found: v.BaseIssue<unknown>): Issue {
  const path = v.getDotPath(found) ?? '';
  return found.kind === 'schema' && found.received === 'undefined'
    ? issue('missing_field', path, 'must be given')
    : issue('invalid_value', path, found.message);
}
