/** How wide an element is, kept up to date. */
import { useEffect, useRef, useState } from 'preact/hooks';

export function useWidth<Of extends Element>(usual: number) {
  const ref = useRef<Of>(null);
  const [width, setWidth] = useState(usual);
  useEffect(() => {
    const element = ref.current;
    if (!element) return;
    const observer = new ResizeObserver(([entry]) => {
      if (entry) setWidth(Math.max(1, Math.round(entry.contentRect.width)));
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return { ref, width };
}
