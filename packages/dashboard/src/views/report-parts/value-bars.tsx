/** A short list of values with bars: each is a filter where it can be one. */
import { useMessages } from '../../hooks/use-messages.js';
import { REPORT_MESSAGES } from './messages.js';

export interface ValueBar {
  key: string;
  label: string;
  count: string;
  /** Of the whole, 0 to 1. */
  share: number;
  shareText: string;
  change?: string | undefined;
  /** Undefined: stands for many values. */
  filter?: (() => void) | undefined;
}

export function ValueBars({ label, bars }: { label: string; bars: readonly ValueBar[] }) {
  const messages = useMessages(REPORT_MESSAGES);
  return (
    <ul class="value-bars" aria-label={label}>
      {bars.map(({ key, label, count, share, shareText, change, filter }) => (
        <li key={key} style={{ '--share': Math.min(1, share) }}>
          {filter ? (
            <button type="button" title={messages.filter_by(label)} onClick={filter}>
              <bdi>{label}</bdi>
            </button>
          ) : (
            <span class="cut">{label}</span>
          )}
          {change !== undefined && <span class="soft">{change}</span>}
          <b>{count}</b>
          <span class="soft share">{shareText}</span>
        </li>
      ))}
    </ul>
  );
}
