/** Keeps the chart as a picture of one kind or another. */
import { useState } from 'preact/hooks';
import { useRangeLabel } from '../../components/range-label.js';
import { useApp } from '../../hooks/app-context.js';
import { useMessages } from '../../hooks/use-messages.js';
import { METRIC_MESSAGES } from '../../i18n/metric-names.js';
import { SHELL_MESSAGES } from '../../i18n/shell-messages.js';
import type { Metric } from '../../series/metrics.js';
import { downloadPicture } from './chart-picture.js';
import { OVERVIEW } from './messages.js';

export interface PictureMenuProps {
  metric: Metric;
  close(): void;
}

export function PictureMenu({ metric, close }: PictureMenuProps) {
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
      {hasFailed && <li role="alert">{shell.failed}</li>}
    </ul>
  );
}
