/** The last minute as bars, one per second. */
import type { EventBucket } from '@liveinsight/schema';

const HEIGHT = 56;
const STEP = 4;

/** Where the bars stand: pure. At most one full height, at least a hair where something arrived. */
export function bars(buckets: readonly EventBucket[]): { x: number; height: number }[] {
  const most = Math.max(4, ...buckets.map(({ events }) => events));
  return buckets.map(({ events }, index) => ({
    x: index * STEP,
    height: events === 0 ? 0 : Math.max(2, (events / most) * HEIGHT),
  }));
}

export function drawPulse(svg: Element, buckets: readonly EventBucket[]): void {
  const drawn = bars(buckets).map(({ x, height }) => {
    const bar = document.createElementNS('http://www.w3.org/2000/svg', 'rect');
    for (const [name, value] of Object.entries({ x, y: HEIGHT - height, width: STEP - 1, height })) {
      bar.setAttribute(name, String(value));
    }
    return bar;
  });
  svg.replaceChildren(...drawn);
}
