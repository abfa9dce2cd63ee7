/** A small pattern by a session's id, so that the eye finds it again: the same id has the same everywhere. */

const SIDE = 5;
const HALF = Math.ceil(SIDE / 2);
const HUES = 6;

export function SessionMark({ id }: { id: string }) {
  const bits = hash(id);
  const squares = Array.from({ length: SIDE * HALF }, (_, at) => at).filter((at) => (bits >>> at) & 1);
  const path = squares
    .flatMap((at) => {
      const [x, y] = [at % HALF, Math.floor(at / HALF)];
      return x === SIDE - 1 - x
        ? [[x, y]]
        : [
            [x, y],
            [SIDE - 1 - x, y],
          ];
    })
    .map(([x, y]) => `M${x} ${y}h1v1h-1z`)
    .join('');
  return (
    <svg class={`session-mark hue-${(bits >>> 16) % HUES}`} viewBox="-1 -1 7 7" aria-hidden="true">
      <path d={path} />
    </svg>
  );
}

/** FNV-1a: spreads ids that differ by a letter. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) value = Math.imul(value ^ text.charCodeAt(at), 0x01000193);
  return (value ^ (value >>> 13)) >>> 0;
}
