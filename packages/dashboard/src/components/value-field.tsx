/** A text field for a value of a dimension. It suggests values that were seen, by their labels. */
import type { Breakdown } from '@liveinsight/schema';
import { useEffect, useId, useState } from 'preact/hooks';
import type { Query } from '../api/client.js';
import { useApp } from '../hooks/app-context.js';
import { useQuery } from '../hooks/use-query.js';
import { parseValueLabel, valueLabel } from '../i18n/value-label.js';

interface ValueFieldProps {
  label: string;
  by: Breakdown;
  /** As the API has it: `organic_search`, not "Organic search". */
  value: string;
  set(value: string): void;
  /** Site, range and filters of the values to suggest. */
  query: Query;
}

const MAX_SUGGESTIONS = '200';

export function ValueField({ label, by, value, set, query }: ValueFieldProps) {
  const { language, format } = useApp();
  const listId = useId();
  const { data } = useQuery('/stats', { ...query, breakdown: by, limit: MAX_SUGGESTIONS });
  const seen = data?.breakdowns[by]?.map((row) => row.value) ?? [];
  const [text, setText] = useState(value && valueLabel(by, value, language, format));
  const parsed = parseValueLabel(by, text, seen, language, format);
  // The suggestions may arrive after the text was typed.
  useEffect(() => set(parsed), [parsed]);
  return (
    <label>
      {label}
      <input
        required
        list={listId}
        autocomplete="off"
        value={text}
        onInput={({ currentTarget }) => setText(currentTarget.value)}
      />
      <datalist id={listId}>
        {seen.map((one) => (
          <option key={one} value={valueLabel(by, one, language, format)} />
        ))}
      </datalist>
    </label>
  );
}
