import { describe, expect, it } from 'vitest';
import { passByScope } from '../pass-by-scope.js';

/** What a script calculates: its last expression. */
const run = (code: string): unknown => new Function(`return ${code}`)();

describe('passByScope', () => {
  it.each([
    ['what changes later', '(()=>{let q=1,w=(e=>()=>e)(q);return q=2,[q,w()]})()'],
    ['what is changed inside', '(()=>{let q=1;return[(e=>(e=2,e))(q),q]})()'],
    [
      'names that are taken inside',
      '(()=>{let q=1,w=2;return(e=>{let q=3;return[e,q]})(w)+(w=>(e=>[e,w])(q))(5)})()',
    ],
    ['some of several arguments', '(()=>{let q=1;return((e,w,r)=>[e,w,r])(q,q+1,q)})()'],
    ['the last of several arguments', '(()=>{let q=1;return((e,w)=>[e,w])(q+1,q)})()'],
    ['more arguments than are taken', '(()=>{let q=1,w=2;return(e=>e)(q,w)})()'],
    ['fewer arguments than are taken', '(()=>{let q=1;return((e,w)=>[e,w])(q)})()'],
    ['properties named like a variable', '(()=>{let q=1;return(e=>({e,q:e}))(q)})()'],
    ['what is passed on', '(()=>{let q=1;return(e=>(w=>[w,e])(e))(q)})()'],
    ['arguments that are spread', '(()=>{let q=3;return((e,w)=>[e,w])(...[1,2],q)})()'],
    ['arguments in parentheses', '(()=>{let q=1,w=2;return((e,r)=>[e,r])((q,w),q)})()'],
    ['promises', '(()=>{let q=1;return(async e=>e)(q)instanceof Promise})()'],
    [
      'variables that are set anew by a loop',
      '(()=>{let q=[];for(var w of[1,2])q.push((e=>()=>e)(w));return q.map(e=>e())})()',
    ],
    ['variables that are read before they are set', '(()=>{let q=(e=>()=>e)(w);var w=1;return[q()]})()'],
    ['parameters that are declared again', '(()=>{let q=1;return[(e=>{var e=e+1;return e})(q),q]})()'],
    ['names that nothing declares', '(e=>[typeof e,typeof q])(Math)'],
  ])('keeps what a script does with %s', (_kind, code) => {
    expect(run(passByScope(code))).toEqual(run(code));
  });

  it('takes away what never changes', () => {
    expect(passByScope('(()=>{let q=1;return(e=>e+e)(q)})()')).toBe('(()=>{let q=1;return(()=>q+q)()})()');
  });

  it.each([
    ['class q{}', 'class'],
    ['(q=>{with(q)w})', 'with'],
    ['(q=>eval("q"))', 'eval'],
    ['(function(q){arguments[0]=q})', 'arguments'],
    ['(()=>{{function q(){}}q()})', 'block'],
    ['(()=>{try{}catch(q){var q=1}})', 'catch'],
  ])('rejects %s, whose names it does not know', (code, named) => {
    expect(() => passByScope(code)).toThrow(named);
  });
});
