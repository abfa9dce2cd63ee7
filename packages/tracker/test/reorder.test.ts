import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { reorderForGzip } from '../reorder.js';

/** What a script calculates: its last expression. */
const run = (code: string): unknown => new Function(`return ${code}`)();

describe('reorderForGzip', () => {
  it.each([
    [
      'values that change what others read',
      '(e=>({q:e[0],w:e.shift(),r:e[0],t:e.length,y:e.shift()}))([1,2,3,4])',
    ],
    ['properties that replace those of a spread', '(e=>({q:1,w:2,...e,w:3,r:4,q:5}))({q:6,w:7})'],
    ['variables that need others', '(()=>{let q=2,w=q+1,e=()=>w,r=e(),t=3,y="y";return[q,w,r,t,y]})()'],
    [
      'variables that are needed before',
      '(()=>{let q=(()=>e=>e+1)(),w=q(1),e=5,r=()=>w+e,t=r();return[w,t]})()',
    ],
    ['variables that are set before', '(()=>{var q=()=>{w=5},e=q(),w;return[e,w]})()'],
    ['comparisons', '[[1,2],[2,1],[1,1]].map(([q,w])=>[q<w,q>w,q<=w,q>=w,q<w&&w>q,q+1<w,1<q+w,q<w==0])'],
    [
      'comparisons in parentheses',
      '[[1,2],[0,2],[3,3]].map(([q,w])=>[(q||w)===w,(w)===q||5,(w)===q||7,(w)===q||9])',
    ],
    ['operands that are called', '(()=>{let q=[],w=e=>(q.push(e),e);return w(1)===w(2)||q})()'],
  ])('keeps what a script does with %s', (_kind, code) => {
    expect(run(reorderForGzip(code))).toEqual(run(code));
  });

  it('finds a shorter order', () => {
    const code = `[${['{alpha:1,beta:2,gamma:3}', '{gamma:3,beta:2,alpha:1}', '{beta:2,alpha:1,gamma:3}']}]`;
    const bytes = (text: string) => gzipSync(text, { level: 9 }).length;
    expect(bytes(reorderForGzip(code))).toBeLessThan(bytes(code));
    expect(run(reorderForGzip(code))).toEqual(run(code));
  });

  it.each([
    ['a keyword would take in a name', '"a"', '(q=>{return"a"===q})("a")'],
    ['an object would be a block', 'q', '(q=>{q==={};return q})(1)'],
    ['a later property replaces it', 'q:1', '(()=>({q:1,w:2,q:3}))()'],
    ['a later variable replaces it', 'q=1', '(()=>{var q=1,q=2;return q})()'],
    ['a computed name can be another', '[q]:1', '(q=>({[q]:1,q:2}))("q")'],
    ['a comparison is part of another', '1', '((q,w)=>1===q<w)(2,3)'],
  ])('keeps what a script does where %s', (_kind, last, code) => {
    const lastIsBest = (text: string) => -text.indexOf(last);
    expect(run(reorderForGzip(code, lastIsBest))).toEqual(run(code));
  });
});
