/** Closes what is open by Escape, or by a click elsewhere. */
import type { RefObject } from 'preact';
import { useEffect } from 'preact/hooks';

/** @param whole what a click in leaves open. @param close `byKey`: the focus is to go back to where it came from */
export function useDismiss(
  whole: RefObject<Element | null>,
  isOpen: boolean,
  close: (how: 'byKey' | 'byPointer') => void,
): void {
  useEffect(() => {
    if (!isOpen) return;
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== 'Escape') return;
      // It alone closes, not a dialog that it is in.
      event.preventDefault();
      close('byKey');
    };
    const onPointer = (event: PointerEvent) => {
      if (event.target instanceof Node && !whole.current?.contains(event.target)) close('byPointer');
    };
    document.addEventListener('keydown', onKey);
    document.addEventListener('pointerdown', onPointer);
    return () => {
      document.removeEventListener('keydown', onKey);
      document.removeEventListener('pointerdown', onPointer);
    };
  }, [isOpen]);
}
