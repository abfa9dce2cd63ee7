/** Which time is looked at, one step before or after it, and what it is compared with. */
import { useApp } from '../hooks/app-context.js';
import { useMessages } from '../hooks/use-messages.js';
import { SHELL_MESSAGES } from '../i18n/shell-messages.js';
import { stepRange } from '../url-state/step.js';
import { lazy } from './lazy.js';
import { Popover } from './popover.js';
import { useCompareLabel, useRangeLabel } from './range-label.js';

interface MenuProps {
  close(): void;
}

const RangeMenu = lazy<MenuProps & { compare: boolean }>(
  async () => (await import('./range-menu.js')).RangeMenu,
);
const CompareMenu = lazy<MenuProps>(async () => (await import('./range-menu.js')).CompareMenu);

export function RangePicker({ compare = true }: { compare?: boolean }) {
  const messages = useMessages(SHELL_MESSAGES);
  const label = useRangeLabel();
  const compared = useCompareLabel();
  return (
    <div class="range-picker">
      <Step by={-1} label={messages.earlier} />
      <Step by={1} label={messages.later} />
      <Popover label={label} title={messages.range}>
        {(close) => <RangeMenu close={close} compare={compare} />}
      </Popover>
      {compare && (
        <Popover
          class={`compare-menu ${compared === undefined ? '' : 'is-on'}`}
          label={
            <>
              {messages.compare_off}
              {compared !== undefined && <span class="period">{compared}</span>}
            </>
          }
          title={messages.compare}
        >
          {(close) => <CompareMenu close={close} />}
        </Popover>
      )}
    </div>
  );
}

function Step({ by, label }: { by: -1 | 1; label: string }) {
  const { urlState, timezone, go } = useApp();
  const range = stepRange(urlState.range, by, timezone, Date.now());
  return (
    <button
      type="button"
      class="step"
      title={`${label} ${by < 0 ? ',' : '.'}`}
      aria-label={label}
      disabled={range === undefined}
      onClick={() => range && go({ range })}
    >
      {by < 0 ? '‹' : '›'}
    </button>
  );
}
