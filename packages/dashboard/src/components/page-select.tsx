/** Which page a view is about: the most viewed ones, or one that is typed. */
import { useEffect, useRef, useState } from 'preact/hooks';
import { readablePath } from '../format/path.js';
import { useApp } from '../hooks/app-context.js';

interface PageSelectProps {
  label: string;
  pages: readonly string[];
  page: string;
}

export function PageSelect({ label, pages, page }: PageSelectProps) {
  const { go } = useApp();
  const shown = readablePath(page);
  const [typed, setTyped] = useState(shown);
  const before = useRef(shown);
  const names = pages.map(readablePath);
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    // What is being typed outlasts the answer that says which page is viewed most; and nothing appears under the cursor.
    const isBeginning = before.current === '' && document.activeElement === input.current;
    if (!isBeginning) setTyped((now) => (now === before.current ? shown : now));
    before.current = shown;
  }, [shown]);
  const choose = (wanted: string) => {
    // A listed page is meant by what it is called.
    if (wanted !== '' && wanted !== shown) go({ own: { path: pages[names.indexOf(wanted)] ?? wanted } });
  };
  const submit = (event: Event) => {
    event.preventDefault();
    choose(typed.trim());
  };
  return (
    <form class="page-choice" onSubmit={submit}>
      <label>
        {label}
        <input
          ref={input}
          list="page-choices"
          autocomplete="off"
          value={typed}
          onBlur={() => setTyped((now) => now || shown)}
          onInput={(event) => {
            const { value } = event.currentTarget;
            setTyped(value);
            // Chosen from the list, it is meant at once; typed, it may be the beginning of another.
            if (!isTyped(event) && names.includes(value)) choose(value);
          }}
        />
      </label>
      <datalist id="page-choices">
        {names.map((one) => (
          <option key={one} value={one} />
        ))}
      </datalist>
    </form>
  );
}

/** Browsers call what comes from a list a replacement, or say nothing of how it came. */
const isTyped = (event: Event) =>
  event instanceof InputEvent && event.inputType !== '' && event.inputType !== 'insertReplacementText';
