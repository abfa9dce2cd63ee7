import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { renameForGzip } from '../rename.js';

/** What a script calculates: its last expression. */
const run = (code: string): unknown => new Function(`return ${code}`)();

describe('renameForGzip', () => {
  it.each([
    ['names that shadow others', '(q=>{let w=q+1;return[1,2].map(q=>q*w).map((w,e)=>w+e+q)})(3)'],
    [
      'variables of inner blocks',
      '(q=>{let w=0;for(let e of q){let t=e*2;w+=t}{let e=w;return e+q.length}})([4,5])',
    ],
    ['properties named like their variable', '((q,w)=>{let{e,t:r}=q;return{q:w,e,r,w}})({e:1,t:2},3)'],
    [
      'defaults, rests and errors',
      '((q,w=q*2,...e)=>{try{throw w}catch(t){return[q,t,...e]}})(1,void 0,4,5)',
    ],
    ['functions that call each other', '(()=>{var q=e=>e?w(e-1):"q",w=e=>e?q(e-1):"w";return q(5)+q(4)})()'],
    ['variables declared twice', '((q,w)=>{var q=q+w,[w,e]=[q,w];return[q,w,e]})(1,2)'],
    ['names that nothing declares', '(q=>[typeof w,typeof Math,q])(1)'],
  ])('keeps what a script does with %s', (_kind, code) => {
    expect(run(renameForGzip(code))).toEqual(run(code));
  });

  it('changes nothing but names, and never for the worse', () => {
    const code = '(()=>{let q=a=>a+a,w=b=>b*b,e=c=>q(w(c));return[1,2,3].map(c=>e(c)+w(q(c)))})()';
    const renamed = renameForGzip(code);
    expect(renamed).toHaveLength(code.length);
    expect(gzipSync(renamed, { level: 9 }).length).toBeLessThanOrEqual(gzipSync(code, { level: 9 }).length);
  });

  it.each([
    ['of a `var` and of what is around it', '(()=>{{let q=1;{var w}q++}w=2;return w})()'],
    ['of an error and of what handles it', '(()=>{try{throw 1}catch(q){let w=2;return w}})()'],
  ])('keeps apart the names %s', (_kind, code) => {
    const fewestNames = (text: string) => new Set(text.match(/\b[a-z]\b/g)).size;
    expect(run(renameForGzip(code, fewestNames))).toBe(2);
  });
});
