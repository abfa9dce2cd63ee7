/** A button that opens a small surface under it; Escape or a click elsewhere closes it. */
import type { ComponentChildren } from 'preact';
import { useEffect, useId, useRef, useState } from 'preact/hooks';
import { useDismiss } from './use-dismiss.js';

interface PopoverProps {
  /** What the button says. */
  label: ComponentChildren;
  /** What it opens. */
  title: string;
  class?: string;
  /** Default false. */
  isOpenAtFirst?: boolean;
  children(close: () => void): ComponentChildren;
}

export function Popover({ label, title, class: name = '', isOpenAtFirst = false, children }: PopoverProps) {
  const [isOpen, setOpen] = useState(isOpenAtFirst);
  const id = useId();
  const whole = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const close = () => {
    setOpen(false);
    button.current?.focus();
  };

  useEffect(() => {
    if (isOpenAtFirst) button.current?.focus();
  }, []);
  useDismiss(whole, isOpen, (how) => {
    setOpen(false);
    if (how === 'byKey') button.current?.focus();
  });

  return (
    <div class={`popover ${name}`} ref={whole}>
      <button
        type="button"
        ref={button}
        class="popover-button"
        aria-haspopup="dialog"
        aria-expanded={isOpen}
        aria-controls={isOpen ? id : undefined}
        title={title}
        onClick={() => setOpen(!isOpen)}
      >
        {label}
      </button>
      {isOpen && (
        <div class="popover-body" id={id} role="dialog" aria-label={title}>
          {children(close)}
        </div>
      )}
    </div>
  );
}
