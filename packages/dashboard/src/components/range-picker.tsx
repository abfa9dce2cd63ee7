/** Which time is looked at: presets, dates of one's own, the period before, the zone. */
import { useState } from 'preact/hooks';
import { useApp } from '../hooks/app-context.js';
import { useMessages } from '../hooks/use-messages.js';
import { SHELL_MESSAGES } from '../i18n/shell-messages.js';
import { addDays, dateAt } from '../url-state/dates.js';
import { customRange, formatRange, isPreset, PRESET_NAMES } from '../url-state/range.js';
import { stepRange } from '../url-state/step.js';
import { CompareMenu } from './compare-menu.js';
import { Popover } from './popover.js';
import { useRangeLabel } from './range-label.js';

export function RangePicker({ compare = true }: { compare?: boolean }) {
  const messages = useMessages(SHELL_MESSAGES);
  const { urlState, go } = useApp();
  const label = useRangeLabel();
  return (
    <div class="range-picker">
      <Step by={-1} label={messages.earlier} />
      <Step by={1} label={messages.later} />
      <Popover label={label} title={messages.range}>
        {(close) => (
          <>
            <ul class="choices">
              {PRESET_NAMES.map((preset) => (
                <li key={preset}>
                  <button
                    type="button"
                    aria-pressed={urlState.range === preset}
                    onClick={() => {
                      go({ range: preset });
                      close();
                    }}
                  >
                    {messages[`range_${preset}`]}
                  </button>
                </li>
              ))}
            </ul>
            <CustomRangeForm close={close} />
            <ZoneForm />
          </>
        )}
      </Popover>
      {compare && <CompareMenu />}
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

function CustomRangeForm({ close }: { close(): void }) {
  const messages = useMessages(SHELL_MESSAGES);
  const { urlState, go, timezone } = useApp();
  const custom = isPreset(urlState.range) ? undefined : customRange(urlState.range);
  const date = (given: string | undefined, daysAgo: number) =>
    given?.slice(0, 10) ?? addDays(dateAt(Date.now(), timezone), -daysAgo);
  const [from, setFrom] = useState(date(custom?.from, 6));
  const [to, setTo] = useState(date(custom?.to, 0));
  const apply = (event: Event) => {
    event.preventDefault();
    if (from === '' || to === '' || from > to) return;
    go({ range: formatRange({ from, to }) });
    close();
  };
  return (
    <form class="custom-range" onSubmit={apply} aria-label={messages.custom}>
      <label>
        {messages.from}
        <input type="date" value={from} max={to} required onInput={(e) => setFrom(e.currentTarget.value)} />
      </label>
      <label>
        {messages.to}
        <input type="date" value={to} min={from} required onInput={(e) => setTo(e.currentTarget.value)} />
      </label>
      <button type="submit" class="primary">
        {messages.apply}
      </button>
    </form>
  );
}

function ZoneForm() {
  const messages = useMessages(SHELL_MESSAGES);
  const { timezone, site, go } = useApp();
  const [chosen, setZone] = useState(timezone);
  const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const zones = [...new Set([site.timezone, own, 'UTC', ...Intl.supportedValuesOf('timeZone')])];
  const choose = (zone: string) => {
    setZone(zone);
    if (zones.includes(zone)) go({ timezone: zone === site.timezone ? undefined : zone });
  };
  return (
    <label class="zone">
      {messages.timezone}
      <select value={chosen} onChange={({ currentTarget }) => choose(currentTarget.value)}>
        {[...new Set([timezone, ...zones])].map((zone) => (
          <option key={zone} value={zone}>
            {zone}
          </option>
        ))}
      </select>
    </label>
  );
}
