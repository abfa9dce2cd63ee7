import { describe, expect, it } from 'vitest';
import { judgeFindings } from '../scripts/judge-findings.mjs';

describe('findings of a tool', () => {
  const finding = { rule: 'R1', what: 'a bucket without a lock' };

  it('are errors, each by its rule', () => {
    expect(judgeFindings([finding], {})).toEqual(['R1: a bucket without a lock']);
  });

  it('are none where an exception has a reason', () => {
    expect(judgeFindings([finding, finding], { R1: 'it only holds public files' })).toEqual([]);
  });

  it('are also exceptions that nothing needs any more', () => {
    expect(judgeFindings([finding], { R1: 'a reason', R2: 'a reason of before' })).toEqual([
      'R2: the exception is no longer needed',
    ]);
  });
});
