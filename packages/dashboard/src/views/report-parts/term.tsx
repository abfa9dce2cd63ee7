/** A word with what it means: on hover, and with the keyboard on focus. */
import { useId } from 'preact/hooks';

interface TermProps {
  name: string;
  definition: string;
}

export function Term({ name, definition }: TermProps) {
  const id = useId();
  return (
    <span class="term">
      <button
        type="button"
        aria-describedby={id}
        onKeyDown={({ key, currentTarget }) => key === 'Escape' && currentTarget.blur()}
      >
        {name}
      </button>
      <span role="tooltip" id={id}>
        {definition}
      </span>
    </span>
  );
}
