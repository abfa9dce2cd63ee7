/** How large an element is, in pixels, kept up to date. */
import { useLayoutEffect, useRef, useState } from 'preact/hooks';

export function useSize<Of extends Element>(usual: { width: number; height: number }) {
  const ref = useRef<Of>(null);
  const [size, setSize] = useState(usual);
  useLayoutEffect(() => {
    const element = ref.current;
    if (!element) return;
    // Before the first frame, so that nothing is drawn in a size that is not its own.
    setSize({ width: Math.max(1, element.clientWidth), height: Math.max(1, element.clientHeight) });
    const observer = new ResizeObserver(([entry]) => {
      if (!entry) return;
      const { width, height } = entry.contentRect;
      setSize({ width: Math.max(1, Math.round(width)), height: Math.max(1, Math.round(height)) });
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return { ref, ...size };
}
