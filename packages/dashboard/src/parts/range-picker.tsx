/** Which time is looked at: presets, dates of one's own, the period before, the zone. */
import { useState } from 'preact/hooks';
import { customRange, dateBefore, formatRange, isPreset, PRESET_NAMES } from '../address/range.js';
import { useApp } from '../app/context.js';
import { SHELL_WORDS } from '../words/shell-words.js';
import { useWords } from '../words/use-words.js';
import { Popover } from './popover.js';
import { useRangeLabel } from './range-label.js';

export function RangePicker({ compare = true }: { compare?: boolean }) {
  const words = useWords(SHELL_WORDS);
  const { address, go } = useApp();
  const label = useRangeLabel();
  return (
    <div class="range-picker">
      <Popover label={label} title={words.range}>
        {(close) => (
          <>
            <ul class="choices">
              {PRESET_NAMES.map((preset) => (
                <li key={preset}>
                  <button
                    type="button"
                    aria-pressed={address.range === preset}
                    onClick={() => {
                      go({ range: preset });
                      close();
                    }}
                  >
                    {words[`range_${preset}`]}
                  </button>
                </li>
              ))}
            </ul>
            <CustomRangeForm close={close} />
            <ZoneForm />
          </>
        )}
      </Popover>
      {compare && (
        <label class="toggle" title={words.compare}>
          <input
            type="checkbox"
            checked={address.compare}
            onChange={({ currentTarget }) => go({ compare: currentTarget.checked })}
          />
          {words.compare_short}
        </label>
      )}
    </div>
  );
}

function CustomRangeForm({ close }: { close(): void }) {
  const words = useWords(SHELL_WORDS);
  const { address, go, timezone } = useApp();
  const custom = isPreset(address.range) ? undefined : customRange(address.range);
  const date = (said: string | undefined, daysAgo: number) =>
    said?.slice(0, 10) ?? dateBefore(Date.now(), timezone, daysAgo);
  const [from, setFrom] = useState(date(custom?.from, 6));
  const [to, setTo] = useState(date(custom?.to, 0));
  const apply = (event: Event) => {
    event.preventDefault();
    if (from === '' || to === '' || from > to) return;
    go({ range: formatRange({ from, to }) });
    close();
  };
  return (
    <form class="custom-range" onSubmit={apply} aria-label={words.custom}>
      <label>
        {words.from}
        <input type="date" value={from} max={to} required onInput={(e) => setFrom(e.currentTarget.value)} />
      </label>
      <label>
        {words.to}
        <input type="date" value={to} min={from} required onInput={(e) => setTo(e.currentTarget.value)} />
      </label>
      <button type="submit" class="primary">
        {words.apply}
      </button>
    </form>
  );
}

function ZoneForm() {
  const words = useWords(SHELL_WORDS);
  const { timezone, site, go } = useApp();
  const [said, setSaid] = useState(timezone);
  const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const zones = [...new Set([site.timezone, own, 'UTC', ...Intl.supportedValuesOf('timeZone')])];
  const choose = (zone: string) => {
    setSaid(zone);
    if (zones.includes(zone)) go({ timezone: zone === site.timezone ? undefined : zone });
  };
  return (
    <label class="zone">
      {words.timezone}
      <select value={said} onChange={({ currentTarget }) => choose(currentTarget.value)}>
        {[...new Set([timezone, ...zones])].map((zone) => (
          <option key={zone} value={zone}>
            {zone}
          </option>
        ))}
      </select>
    </label>
  );
}
