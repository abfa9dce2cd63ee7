/** What can be done with the chart: the sessions behind it, and its picture. */
import { lazy } from '../../components/lazy.js';
import { Popover } from '../../components/popover.js';
import { useApp } from '../../hooks/app-context.js';
import { useMessages } from '../../hooks/use-messages.js';
import type { Metric } from '../../series/metrics.js';
import { type Filter, withFilter } from '../../url-state/url-state.js';
import { OVERVIEW } from './messages.js';
import type { PictureMenuProps } from './picture-menu.js';

const PictureMenu = lazy<PictureMenuProps>(async () => (await import('./picture-menu.js')).PictureMenu);

/** What sessions behind a number have in common. */
const BEHIND: Partial<Record<Metric, Filter>> = {
  conversions: { by: 'conversion_type', value: '*', not: false },
  conversion_rate: { by: 'conversion_type', value: '*', not: false },
  revenue: { by: 'conversion_type', value: '*', not: false },
  clicks: { by: 'click_target', value: '*', not: false },
};

export function ChartTools({ metric }: { metric: Metric }) {
  const messages = useMessages(OVERVIEW);
  const { urlState, hrefTo } = useApp();
  const behind = BEHIND[metric];
  const filters = behind ? withFilter(urlState.filters, behind) : urlState.filters;
  return (
    <>
      <a class="sessions-behind" href={hrefTo({ view: 'sessions', filters })}>
        {messages.sessions_behind}
      </a>
      <Popover class="picture" label={messages.picture} title={messages.picture}>
        {(close) => <PictureMenu metric={metric} close={close} />}
      </Popover>
    </>
  );
}
