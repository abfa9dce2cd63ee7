/** What the properties of an event must be for it to count. */
import { useMessages } from '../../hooks/use-messages.js';
import { type ConditionDraft, NO_CONDITION, OPERATOR_NAMES, type Operator } from './goal-draft.js';
import { GOALS } from './messages.js';

interface GoalConditionsProps {
  conditions: readonly ConditionDraft[];
  set(conditions: readonly ConditionDraft[]): void;
}

export function GoalConditions({ conditions, set }: GoalConditionsProps) {
  const messages = useMessages(GOALS);
  const change = (index: number, part: Partial<ConditionDraft>) =>
    set(conditions.map((one, place) => (place === index ? { ...one, ...part } : one)));
  return (
    <fieldset class="wide goal-conditions">
      <legend>{messages.conditions}</legend>
      {conditions.map(({ key, operator, value }, index) => (
        <div key={index}>
          <input
            aria-label={`${messages.property} ${index + 1}`}
            placeholder={messages.property}
            value={key}
            onInput={({ currentTarget }) => change(index, { key: currentTarget.value })}
          />
          <select
            aria-label={`${messages.operator} ${index + 1}`}
            value={operator}
            onChange={({ currentTarget }) => change(index, { operator: currentTarget.value as Operator })}
          >
            {OPERATOR_NAMES.map((name) => (
              <option key={name} value={name}>
                {messages[name]}
              </option>
            ))}
          </select>
          <input
            aria-label={`${messages.value} ${index + 1}`}
            placeholder={messages.value}
            value={value}
            onInput={({ currentTarget }) => change(index, { value: currentTarget.value })}
          />
          <button
            type="button"
            class="quiet"
            aria-label={messages.remove_condition(String(index + 1))}
            onClick={() => set(conditions.filter((_, place) => place !== index))}
          >
            ×
          </button>
        </div>
      ))}
      <button type="button" onClick={() => set([...conditions, NO_CONDITION])}>
        + {messages.add_condition}
      </button>
    </fieldset>
  );
}
