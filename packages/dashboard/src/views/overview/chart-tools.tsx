/** What can be done with the chart: the sessions behind it, and its picture. */
import { useState } from 'preact/hooks';
import { Popover } from '../../components/popover.js';
import { useRangeLabel } from '../../components/range-label.js';
import { useApp } from '../../hooks/app-context.js';
import { useMessages } from '../../hooks/use-messages.js';
import { METRIC_MESSAGES } from '../../i18n/metric-names.js';
import { SHELL_MESSAGES } from '../../i18n/shell-messages.js';
import type { Metric } from '../../series/metrics.js';
import { type Filter, withFilter } from '../../url-state/url-state.js';
import { OVERVIEW } from './messages.js';

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

function PictureMenu({ metric, close }: { metric: Metric; close(): void }) {
  const messages = useMessages(OVERVIEW);
  const shell = useMessages(SHELL_MESSAGES);
  const names = useMessages(METRIC_MESSAGES);
  const { site } = useApp();
  const range = useRangeLabel();
  const [hasFailed, setFailed] = useState(false);
  const take = async (kind: 'svg' | 'png') => {
    const chart = document.querySelector<SVGSVGElement>('.main-chart .chart-face svg');
    if (!chart) return;
    try {
      const { downloadPicture } = await import('../../components/chart-picture.js');
      await downloadPicture(chart, `${site.id}: ${names[metric]}, ${range}`, kind);
      close();
    } catch {
      setFailed(true);
    }
  };
  return (
    <ul class="menu-list">
      {(['png', 'svg'] as const).map((kind) => (
        <li key={kind}>
          <button type="button" onClick={() => take(kind)}>
            {messages.picture_hint(kind.toUpperCase())}
          </button>
        </li>
      ))}
      {hasFailed && <li role="alert">{shell.unreachable}</li>}
    </ul>
  );
}
