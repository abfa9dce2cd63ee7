/** How values of a field are compared: is, contains, is set; of properties also more and less. */
import { useMessages } from '../hooks/use-messages.js';
import { FILTER_MESSAGES } from '../i18n/filter-messages.js';
import type { FilterField } from '../series/filter-field.js';
import { COMPARISONS, type Kind } from '../url-state/filter-pattern.js';
import { useKindText } from './use-filter-text.js';

interface ConditionSelectProps {
  by: FilterField;
  kind: Kind;
  not: boolean;
  choose(kind: Kind, not: boolean): void;
}

const OF_TEXTS = ['is', 'contains', 'starts', 'matches', 'any'] as const;

/** As the API takes them: a segment cannot be excluded, a goal is one or none. */
function conditionsOf(by: FilterField): (readonly [Kind, boolean])[] {
  if (by === 'segment') return [['is', false]];
  const kinds: readonly Kind[] = by === 'reached' ? ['is'] : OF_TEXTS;
  const both = kinds.flatMap((kind) => [[kind, false] as const, [kind, true] as const]);
  return by.startsWith('prop:') ? [...both, ...COMPARISONS.map((kind) => [kind, false] as const)] : both;
}

export function ConditionSelect({ by, kind, not, choose }: ConditionSelectProps) {
  const messages = useMessages(FILTER_MESSAGES);
  const textOf = useKindText();
  const conditions = conditionsOf(by);
  const at = conditions.findIndex(([one, isNot]) => one === kind && isNot === not);
  return (
    <select
      aria-label={messages.operator}
      value={at}
      onChange={({ currentTarget }) => {
        const [next = kind, isNot = not] = conditions[Number(currentTarget.value)] ?? [];
        choose(next, isNot);
      }}
    >
      {conditions.map(([one, isNot], index) => (
        <option key={textOf(one, isNot)} value={index}>
          {textOf(one, isNot)}
        </option>
      ))}
    </select>
  );
}
