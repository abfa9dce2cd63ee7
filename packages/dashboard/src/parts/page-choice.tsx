/** Which page a view is about: the most viewed ones, or one that is typed. */
import { useEffect, useState } from 'preact/hooks';
import { useApp } from '../app/context.js';

interface PageChoiceProps {
  label: string;
  pages: readonly string[];
  page: string;
}

export function PageChoice({ label, pages, page }: PageChoiceProps) {
  const { go } = useApp();
  const [said, setSaid] = useState(page);
  useEffect(() => setSaid(page), [page]);
  const choose = (wanted: string) => {
    if (wanted !== '' && wanted !== page) go({ own: { path: wanted } });
  };
  const submit = (event: Event) => {
    event.preventDefault();
    choose(said.trim());
  };
  return (
    <form class="page-choice" onSubmit={submit}>
      <label>
        {label}
        <input
          list="page-choices"
          autocomplete="off"
          value={said}
          onInput={({ currentTarget }) => {
            setSaid(currentTarget.value);
            // Chosen from the list, it is meant at once.
            if (pages.includes(currentTarget.value)) choose(currentTarget.value);
          }}
        />
      </label>
      <datalist id="page-choices">
        {pages.map((one) => (
          <option key={one} value={one} />
        ))}
      </datalist>
    </form>
  );
}
