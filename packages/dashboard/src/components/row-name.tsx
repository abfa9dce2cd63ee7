/** What a row of a breakdown is called: a click filters by it, and links lead to its report and the sessions behind it. */
import type { Breakdown } from '@liveinsight/schema';
import { useApp } from '../hooks/app-context.js';
import { useMessages } from '../hooks/use-messages.js';
import { SHELL_MESSAGES } from '../i18n/shell-messages.js';
import { TABLE_MESSAGES } from '../i18n/table-messages.js';
import { valueLabel } from '../i18n/value-label.js';
import { withValue } from '../url-state/url-state.js';
import { ValueIcon } from './value-icon.js';

interface RowNameProps {
  by: Breakdown;
  value: string;
  /** What else of the URL changes with a filter, as the dialog that closes. */
  own?: Record<string, null>;
}

/** Of these no session can be told by: they stand for many. */
const isFilter = (value: string): boolean => value !== '(other)';

export const isPage = (by: Breakdown): boolean => ['page', 'entry_page', 'exit_page'].includes(by);

export function RowName({ by, value, own = {} }: RowNameProps) {
  const shell = useMessages(SHELL_MESSAGES);
  const messages = useMessages(TABLE_MESSAGES);
  const { urlState, go, hrefTo, language, format } = useApp();
  const label = valueLabel(by, value, language, format);
  if (!isFilter(value))
    return (
      <span class="row-name">
        <span class="cut">{label}</span>
      </span>
    );
  const filters = withValue(urlState.filters, by, value);
  const report = isPage(by)
    ? hrefTo({ view: 'page', own: { path: value } })
    : by === 'source'
      ? hrefTo({ view: 'source', own: { name: value } })
      : undefined;
  return (
    <span class="row-name">
      <ValueIcon dimension={by} value={value} />
      <button type="button" title={shell.only(label)} onClick={() => go({ filters, own })}>
        <bdi>{label}</bdi>
      </button>
      <span class="row-links">
        {report !== undefined && (
          <a href={report} title={messages.details_of(label)} aria-label={messages.details_of(label)}>
            ↗
          </a>
        )}
        <a
          href={hrefTo({ view: 'sessions', filters })}
          title={messages.sessions_of(label)}
          aria-label={messages.sessions_of(label)}
        >
          ≡
        </a>
      </span>
    </span>
  );
}
