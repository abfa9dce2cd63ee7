/** The period that numbers are compared with: none, the one before, last year's, or dates of one's own. */
import { useApp } from '../hooks/app-context.js';
import { useMessages } from '../hooks/use-messages.js';
import { SHELL_MESSAGES } from '../i18n/shell-messages.js';
import type { Compare } from '../url-state/compare.js';
import { Popover } from './popover.js';
import { useCompareLabel } from './range-label.js';

const PERIODS = [undefined, 'previous', 'year'] as const;

export function CompareMenu() {
  const messages = useMessages(SHELL_MESSAGES);
  const label = useCompareLabel();
  return (
    <Popover
      class={`compare-menu ${label === undefined ? '' : 'is-on'}`}
      label={
        <>
          {messages.compare_off}
          {label !== undefined && <span class="period">{label}</span>}
        </>
      }
      title={messages.compare}
    >
      {(close) => <Periods close={close} />}
    </Popover>
  );
}

function Periods({ close }: { close(): void }) {
  const messages = useMessages(SHELL_MESSAGES);
  const { urlState, go } = useApp();
  const { compare } = urlState;
  const choose = (next: Compare | undefined) => {
    go({ compare: next });
    close();
  };
  return (
    <>
      <ul class="menu-list">
        {PERIODS.map((to) => (
          <li key={to}>
            <button
              type="button"
              aria-pressed={compare?.to === to}
              onClick={() => choose(to && { to, isAligned: compare?.isAligned ?? false })}
            >
              {messages[`compare_${to ?? 'none'}`]}
            </button>
          </li>
        ))}
      </ul>
      {compare && (
        <label class="toggle">
          <input
            type="checkbox"
            checked={compare.isAligned}
            onChange={({ currentTarget }) =>
              go({ compare: { ...compare, isAligned: currentTarget.checked } })
            }
          />
          {messages.compare_aligned}
        </label>
      )}
    </>
  );
}
