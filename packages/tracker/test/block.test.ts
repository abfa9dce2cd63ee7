import { describe, expect, it } from 'vitest';
import { toBlock } from '../block.js';

describe('toBlock', () => {
  it.each([
    ['!function(){let q=1;globalThis.w=q}();', '{let q=1;globalThis.w=q}'],
    ['!function(){let q=e=1;globalThis.w=q;var e}();', '{let e,q=e=1;globalThis.w=q}'],
  ])('takes the function away from %s', (code, block) => {
    expect(toBlock(code)).toBe(block);
  });

  it.each([
    '!function(){let q=1;for(var w of[q])w.e}();',
    '!function(){let q=1;function w(){}w(q)}();',
    '!function(){let q=1;{var w=q}}();',
    '!function(){let q=1;{var w=q}var w}();',
    '!function(){let q=1;globalThis.w=()=>arguments}();',
  ])('leaves %s, which is more than a block', (code) => {
    expect(toBlock(code)).toBe(code);
  });

  it('leaves a module as it is', () => {
    expect(toBlock('let q=1;export{q}')).toBe('let q=1;export{q}');
  });
});
