/** A titled surface of a view. */
import type { ComponentChildren } from 'preact';
import { useId } from 'preact/hooks';

interface PanelProps {
  title: string;
  /** Beside the title. */
  aside?: ComponentChildren;
  class?: string;
  id?: string;
  children: ComponentChildren;
}

export function Panel({ title, aside, class: name = '', id, children }: PanelProps) {
  const titleId = useId();
  return (
    <section class={`panel ${name}`} aria-labelledby={titleId} {...(id ? { id } : {})}>
      <header class="panel-head">
        <h2 id={titleId}>{title}</h2>
        {aside}
      </header>
      {children}
    </section>
  );
}
