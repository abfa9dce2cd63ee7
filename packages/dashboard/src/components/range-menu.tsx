/** The menus of time: presets, dates of one's own in a calendar, the zone; and the period that is compared with. */
import './range-menu.css';
import { useApp } from '../hooks/app-context.js';
import { useMessages } from '../hooks/use-messages.js';
import { SHELL_MESSAGES } from '../i18n/shell-messages.js';
import { type Compare, PREVIOUS } from '../url-state/compare.js';
import { addDays, dateAt } from '../url-state/dates.js';
import {
  customRange,
  DEFAULT_RANGE,
  formatRange,
  instantsOf,
  PRESET_KEYS,
  type Preset,
  rangeDates,
} from '../url-state/range.js';
import { DatesForm } from './dates-form.js';
import { RANGE_MENU_MESSAGES } from './range-menu-messages.js';
import { ZoneSelect } from './zone-select.js';

interface MenuProps {
  close(): void;
}

/** As they are looked for: by days, weeks, months, years. */
const GROUPS: readonly (readonly Preset[])[] = [
  ['30m', '24h', 'today', 'yesterday'],
  ['7d', 'this_week', 'last_week'],
  ['30d', '90d', 'this_month', 'last_month'],
  ['this_year', '12mo'],
];

/** @param compare whether a preset can also be compared with the period before at once */
export function RangeMenu({ close, compare }: MenuProps & { compare: boolean }) {
  const messages = useMessages(SHELL_MESSAGES);
  const words = useMessages(RANGE_MENU_MESSAGES);
  const { urlState, go, timezone } = useApp();
  const choose = (range: string, more: { compare?: Compare } = {}) => {
    go({ range, ...more });
    close();
  };
  return (
    <div class="range-menu">
      <div class="presets">
        {GROUPS.map((presets) => (
          <ul key={presets[0]} class="menu-list">
            {presets.map((preset) => (
              <li key={preset}>
                <button type="button" aria-pressed={urlState.range === preset} onClick={() => choose(preset)}>
                  {messages[`range_${preset}`]}
                  {PRESET_KEYS[preset] && <kbd>{PRESET_KEYS[preset]?.toUpperCase()}</kbd>}
                </button>
                {compare && (
                  <button
                    type="button"
                    class="versus"
                    title={words.range_compared(messages[`range_${preset}`])}
                    aria-label={words.range_compared(messages[`range_${preset}`])}
                    onClick={() => choose(preset, { compare: PREVIOUS })}
                  >
                    {messages.compare_off}
                  </button>
                )}
              </li>
            ))}
          </ul>
        ))}
      </div>
      <div class="own-dates">
        <DatesForm
          label={messages.custom}
          range={datesOf(urlState.range, timezone)}
          choose={(dates) => choose(formatRange(dates))}
        />
        <ZoneSelect />
      </div>
    </div>
  );
}

/** The days that the range is, or that its instants are in. */
function datesOf(range: string, timezone: string): { from: string; to: string } {
  const now = Date.now();
  const dates = rangeDates(range, timezone, now);
  if (dates) return dates;
  const { from, to } = instantsOf(range, now);
  return { from: dateAt(from, timezone), to: dateAt(to - 1, timezone) };
}

/** The usual ones, each by one click. */
const PERIODS = [
  undefined,
  { to: 'previous', isAligned: false },
  { to: 'previous', isAligned: true },
  { to: 'year', isAligned: false },
  { to: 'year', isAligned: true },
] as const satisfies readonly (Compare | undefined)[];

export function CompareMenu({ close }: MenuProps) {
  const messages = useMessages(SHELL_MESSAGES);
  const words = useMessages(RANGE_MENU_MESSAGES);
  const { urlState, go, timezone } = useApp();
  const { compare } = urlState;
  const isAligned = compare?.isAligned ?? false;
  const choose = (next: Compare | undefined) => {
    go({ compare: next });
    close();
  };
  const isOwn = compare !== undefined && customRange(compare.to) !== undefined;
  const { from } = datesOf(urlState.range || DEFAULT_RANGE, timezone);
  const before = { from: addDays(from, -1), to: addDays(from, -1) };
  return (
    <div class="range-menu">
      <div class="presets">
        <ul class="menu-list">
          {PERIODS.map((period) => (
            <li key={JSON.stringify(period)}>
              <button
                type="button"
                aria-pressed={compare?.to === period?.to && isAligned === (period?.isAligned ?? false)}
                onClick={() => choose(period)}
              >
                {period ? messages[`compare_${period.to}`] : words.compare_none}
                {period?.isAligned && <span class="soft">{words.compare_aligned}</span>}
              </button>
            </li>
          ))}
        </ul>
        {isOwn && (
          <label class="toggle">
            <input
              type="checkbox"
              checked={isAligned}
              onChange={({ currentTarget }) =>
                go({ compare: { ...compare, isAligned: currentTarget.checked } })
              }
            />
            {words.compare_aligned}
          </label>
        )}
      </div>
      <div class="own-dates">
        <DatesForm
          label={messages.compare_custom}
          range={(compare && customRange(compare.to)) ?? before}
          choose={(dates) => choose({ to: formatRange(dates), isAligned })}
        />
      </div>
    </div>
  );
}
