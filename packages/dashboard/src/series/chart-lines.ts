/** The lines of a chart from its points: where there is one, where it breaks, and what is not known. Pure. */

interface Point {
  /** Null: not known. */
  value: number | null;
  incomplete?: true | undefined;
}

export const isKnown = (value: number | null | undefined): value is number => value != null;

/** Points next to each other that are not known. */
export function gapsOf(points: readonly Point[]): { from: number; to: number }[] {
  const gaps: { from: number; to: number }[] = [];
  for (const [at, { value }] of points.entries()) {
    if (value !== null) continue;
    const open = gaps.at(-1);
    if (open?.to === at - 1) open.to = at;
    else gaps.push({ from: at, to: at });
  }
  return gaps;
}

type Run = (number | null)[];

/** The values as runs of points next to each other, elsewhere null: those that are complete, and pairs of which one is not. */
export function runsOf(points: readonly Point[]): { whole: Run[]; broken: Run[] } {
  const nothing = (): Run => points.map(() => null);
  const [whole, broken]: [Run[], Run[]] = [[], []];
  let run: Run | undefined;
  for (const [at, { value, incomplete }] of points.entries()) {
    const before = points[at - 1];
    if (before && (before.incomplete || incomplete))
      broken.push(points.map((point, index) => (index === at - 1 || index === at ? point.value : null)));
    if (value === null || incomplete) run = undefined;
    else {
      if (!run) {
        run = nothing();
        whole.push(run);
      }
      run[at] = value;
    }
  }
  return { whole, broken };
}

/** Lines from point to point; where there is none the line is broken. */
export function linePath(points: readonly ([x: number, y: number] | undefined)[]): string {
  let isOn = false;
  return points
    .map((point) => {
      const step = point ? `${isOn ? 'L' : 'M'}${point[0].toFixed(1)},${point[1].toFixed(1)}` : '';
      isOn = point !== undefined;
      return step;
    })
    .join('');
}

/** Letters of Korean and the like are twice as wide as others. */
export const emsOf = (text: string): number =>
  [...text].reduce((sum, letter) => sum + (letter > '\u1100' ? 1 : 0.56), 0);
