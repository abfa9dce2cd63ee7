/** All dimensions in groups: a list at the side, or, where there is no room, one field. */
import type { Breakdown } from '@liveinsight/schema';
import { useMessages } from '../hooks/use-messages.js';
import { BREAKDOWN_NAMES } from '../i18n/breakdown-names.js';
import { TABLE_MESSAGES } from '../i18n/table-messages.js';
import { DIMENSION_GROUPS } from '../series/dimension-groups.js';
import { isBreakdown } from '../url-state/url-state.js';

interface DimensionListProps {
  chosen: Breakdown;
  choose(by: Breakdown): void;
}

export function DimensionList({ chosen, choose }: DimensionListProps) {
  const messages = useMessages(TABLE_MESSAGES);
  const names = useMessages(BREAKDOWN_NAMES);
  return (
    <nav class="dimensions" aria-label={messages.dimensions}>
      <select
        aria-label={messages.dimensions}
        value={chosen}
        onChange={({ currentTarget: { value } }) => isBreakdown(value) && choose(value)}
      >
        {DIMENSION_GROUPS.map(({ id, dimensions }) => (
          <optgroup key={id} label={messages[id]}>
            {dimensions.map((by) => (
              <option key={by} value={by}>
                {names[by]}
              </option>
            ))}
          </optgroup>
        ))}
      </select>
      {DIMENSION_GROUPS.map(({ id, dimensions }) => (
        <div key={id} class="dimension-group">
          <p id={`dimensions-${id}`}>{messages[id]}</p>
          <ul aria-labelledby={`dimensions-${id}`}>
            {dimensions.map((by) => (
              <li key={by}>
                <button
                  type="button"
                  aria-current={by === chosen ? 'true' : undefined}
                  onClick={() => choose(by)}
                >
                  {names[by]}
                </button>
              </li>
            ))}
          </ul>
        </div>
      ))}
    </nav>
  );
}
