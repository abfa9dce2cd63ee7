/** What all views share: which visits are looked at, of which time, compared with what. The same place in every view. */
import { FilterBar } from '../components/filter-bar.js';
import { RangePicker } from '../components/range-picker.js';
import { useApp } from '../hooks/app-context.js';
import { useMessages } from '../hooks/use-messages.js';
import { SHELL_MESSAGES } from '../i18n/shell-messages.js';
import type { View } from '../views/define-view.js';
import { takes } from './views.js';

export function Bar({ view }: { view: View | undefined }) {
  const messages = useMessages(SHELL_MESSAGES);
  const { urlState } = useApp();
  const isFiltered = takes(view, 'filters');
  return (
    <section class="bar" aria-label={messages.bar}>
      <div class="bar-filters">
        {isFiltered && <FilterBar />}
        {!isFiltered && urlState.filters.length > 0 && <p class="soft">{messages.not_filtered}</p>}
      </div>
      {takes(view, 'range') && <RangePicker compare={takes(view, 'compare')} />}
    </section>
  );
}
