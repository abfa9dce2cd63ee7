/** What reaching a goal is worth. */
import { useMessages } from '../../hooks/use-messages.js';
import type { GoalDraft } from './goal-draft.js';
import { GOALS } from './messages.js';

const WORTHS = ['none', 'fixed', 'property'] as const;

export function GoalWorth({ draft, set }: { draft: GoalDraft; set(part: Partial<GoalDraft>): void }) {
  const messages = useMessages(GOALS);
  const { worth } = draft;
  return (
    <>
      <label>
        {messages.value_of}
        <select
          value={worth}
          onChange={({ currentTarget }) => set({ worth: currentTarget.value as GoalDraft['worth'] })}
        >
          {WORTHS.map((one) => (
            <option key={one} value={one}>
              {messages[`worth_${one}`]}
            </option>
          ))}
        </select>
      </label>
      {worth === 'fixed' && (
        <label>
          {messages.amount}
          <input
            type="number"
            required
            step="any"
            value={draft.amount}
            onInput={({ currentTarget }) => set({ amount: currentTarget.value })}
          />
        </label>
      )}
      {worth === 'property' && (
        <label>
          {messages.amount_property}
          <input
            required
            value={draft.amountProperty}
            onInput={({ currentTarget }) => set({ amountProperty: currentTarget.value })}
          />
        </label>
      )}
      {worth !== 'none' && (
        <label>
          {messages.currency}
          <input
            required
            pattern="[A-Za-z]{3}"
            maxLength={3}
            value={draft.currency}
            onInput={({ currentTarget }) => set({ currency: currentTarget.value })}
          />
        </label>
      )}
    </>
  );
}
