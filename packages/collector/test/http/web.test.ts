import { expect, it, vi } from 'vitest';
import { toWebResponse } from '../../src/http/web.js';

it('tells Workers that a compressed body is compressed already, which they would compress once more', () => {
  const made = vi.spyOn(globalThis, 'Response');
  toWebResponse({ status: 200, headers: { 'content-encoding': 'br' }, body: new Uint8Array([1]) });
  toWebResponse({ status: 200, headers: {}, body: 'plain' });
  expect(made.mock.calls.map(([, init]) => init && 'encodeBody' in init && init.encodeBody)).toEqual([
    'manual',
    false,
  ]);
  made.mockRestore();
});
