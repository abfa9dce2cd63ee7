// What a tool finds is an error unless an exception explains it, and so is an exception that explains nothing any more.

/** @typedef {{ rule: string, what: string }} Finding */

/**
 * @param {Finding[]} findings
 * @param {Record<string, string>} exceptions a reason for each rule
 * @returns {string[]} what is wrong
 */
export function judgeFindings(findings, exceptions) {
  const found = new Set(findings.map(({ rule }) => rule));
  return [
    ...findings
      .filter(({ rule }) => !Object.hasOwn(exceptions, rule))
      .map(({ rule, what }) => `${rule}: ${what}`),
    ...Object.keys(exceptions)
      .filter((rule) => !found.has(rule))
      .map((rule) => `${rule}: the exception is no longer needed`),
  ];
}
