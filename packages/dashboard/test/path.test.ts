import { expect, it } from 'vitest';
import { readablePath } from '../src/format/path.js';

it.each([
  ['/%EB%B8%94%EB%A1%9C%EA%B7%B8/%EC%A0%9C%EC%A3%BC%20%EC%BB%A4%ED%94%BC', '/블로그/제주 커피'],
  ['/caf%C3%A9', '/café'],
  ['/a%2Fb%3Fc', '/a%2Fb%3Fc'],
  ['/%EB%B8', '/%EB%B8'],
  ['/50%', '/50%'],
  ['/%E2%80%AEevil', '/%E2%80%AEevil'],
  ['/a%0Ab%C2%A0c', '/a%0Ab%C2%A0c'],
  ['(other)', '(other)'],
])('%s is shown as %s', (path, shown) => {
  expect(readablePath(path)).toBe(shown);
});
