/** The head of a view: its title, and what is chosen for the whole of it. */
import type { ComponentChildren } from 'preact';

interface ViewHeaderProps {
  title: ComponentChildren;
  /** Beside the title: as how fresh the numbers are. */
  note?: ComponentChildren;
  children?: ComponentChildren;
}

export const ViewHeader = ({ title, note, children }: ViewHeaderProps) => (
  <header class="view-head">
    <h1>{title}</h1>
    {note}
    {children && <div class="view-tools">{children}</div>}
  </header>
);
