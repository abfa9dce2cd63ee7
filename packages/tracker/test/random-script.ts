/** Small random scripts, written as the build's minifiers write them: without parentheses and spaces that need not be. */
import uglify from 'uglify-js';

type Random = (below: number) => number;

/** Marsaglia's xorshift: the same scripts at each run. */
export const randomOf = (seed: number): Random => {
  let state = seed * 2654435761 + 1;
  return (below) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % below;
  };
};

const NAMES: string[] = ['q', 'w', 'e', 'r'];
/** Declared by `var`: through blocks, of which none may declare it for itself. */
const VAR = 'v';
const COMPARISONS = ['<', '>', '<=', '>=', '===', '!=='];

/** A function called at once, which leaves what it calculates in `told`. */
export const randomScript = (random: Random): string => {
  const pick = <Item>(items: readonly Item[]): Item => items[random(items.length)] as Item;
  /** A name that can be read: none that is just being declared. */
  let readable = [...NAMES, VAR];
  const name = () => (readable.length ? pick(readable) : '0');
  const without = (names: string[], make: () => string) => {
    const all = readable;
    readable = all.filter((one) => !names.includes(one));
    const made = make();
    readable = all;
    return made;
  };
  const newName = () => pick(NAMES);
  const some = (make: () => string, most = 3) => Array.from({ length: 1 + random(most) }, make).join();

  const leaf = () =>
    pick([name, name, name, () => `${random(4)}`, () => '"a"', () => '[1]', () => '{a:1}', () => '/a/'])();

  const expression = (depth: number): string => {
    if (depth === 0) return leaf();
    const inner = () => expression(depth - 1);
    const property = () =>
      pick([() => `a:${inner()}`, () => `b:${inner()}`, () => `q:${name()}`, () => `...{c:${inner()}}`])();
    return pick([
      leaf,
      () => `(${inner()})${pick(COMPARISONS)}(${inner()})`,
      () => `(${inner()})${pick(COMPARISONS)}(${inner()})`,
      () => `(${inner()})${pick(['+', '||', '&&', '/', ','])}(${inner()})`,
      () => `"a"in Object(${inner()})`,
      () => `${pick(['typeof ', '!', '-'])}(${inner()})`,
      () => `(${inner()})?(${inner()}):(${inner()})`,
      () => `{${some(property)}}`,
      () => `[${some(inner)}]`,
      () => `(${newName()}=${inner()})`,
      () => `told.push(()=>${name()})`,
      () => `(()=>{if(${inner()})return(${inner()});told.push(${name()})})()`,
      () => `(function(q,w){return[(${inner()}),w]})(${some(name)})`,
      () => `((${newName()})=>(${inner()}))(${some(name, 2)})`,
      () => `((q,w)=>(${inner()}))(${pick(['...[1,2],', '(1,e),', ''])}${some(name, 2)})`,
      () => `((${pick(['e', VAR])})=>{{${body(depth - 1)}}})(${name()})`,
    ])();
  };

  const statement = (depth: number): string => {
    const inner = () => `(${expression(depth)})`;
    if (depth === 0) return `${inner()};`;
    return pick([
      () => `told.push(${inner()});`,
      () => `told.push(${inner()});`,
      () => `if(${inner()})${statement(depth - 1)}else ${statement(depth - 1)}`,
      () => `for(${pick([`let ${newName()}`, `var ${VAR}`])} of[1,2]){${body(depth - 1)}}`,
      () => `for(let i=0;i<2;i++){${pick([`let ${newName()}`, `var ${VAR}`])}=i;{${body(depth - 1)}}}`,
      () => `try{${statement(depth - 1)}throw 1}catch(x){told.push(x);${body(depth - 1)}}`,
      () => `{${body(depth - 1)}}`,
      () => `{let{a:q,w=${without(['q', 'w'], inner)}}={a:1};${statement(depth - 1)}}`,
      () => `switch(${inner()}){case ${inner()}:${statement(depth - 1)}}`,
    ])();
  };

  const declaration = (depth: number) => {
    const [word, all] = pick([
      ['let', NAMES] as const,
      ['let', NAMES] as const,
      ['var', [VAR, VAR]] as const,
    ]);
    const names = all.filter(() => random(2));
    const value = () =>
      pick([
        () => `${random(9)}`,
        () => `()=>(${expression(1)})`,
        () => `(${without(names, () => expression(depth))})`,
      ])();
    return names.length ? `${word} ${names.map((one) => `${one}=${value()}`)};` : '';
  };

  const body = (depth: number): string =>
    `${declaration(depth)}${statement(depth)}${random(2) ? statement(depth) : ''}`;

  const declared = `let ${NAMES.map((one) => `${one}=${random(9)}`)};`;
  const code = `!function(){${declared}${statement(3)}${statement(3)}var ${VAR};}();`;
  return uglify.minify(code, { compress: false, mangle: false }).code ?? randomScript(random);
};
