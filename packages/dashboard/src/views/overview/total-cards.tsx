/** The numbers of the period, each with its change and its course; each chooses what the chart draws. */
import { useState } from 'preact/hooks';
import { useApp } from '../../hooks/app-context.js';
import { useMessages } from '../../hooks/use-messages.js';
import { listCurrencies, METRIC_NAMES, type Metric } from '../../series/metrics.js';
import { isKnownInPart } from './known-in-part.js';
import { OVERVIEW } from './messages.js';
import { MAX_PINNED, readPinned, savePinned } from './pinned.js';
import { TotalCard, type TotalCardsProps } from './total-card.js';

export function TotalCards(props: TotalCardsProps) {
  const { data, chosen } = props;
  const messages = useMessages(OVERVIEW);
  const { format } = useApp();
  const [pinned, setPinned] = useState(readPinned);
  const [isOpen, setOpen] = useState(false);
  const hasRevenue = listCurrencies(data).length > 0 || data.totals.revenue === null;
  const isShown = (metric: Metric) => metric !== 'revenue' || hasRevenue || chosen === metric;
  const first = pinned.filter(isShown);
  const rest = METRIC_NAMES.filter((metric) => isShown(metric) && !first.includes(metric));
  // What the chart draws is among the numbers that are in sight.
  const hasMore = isOpen || rest.includes(chosen);
  const pin = (metric: Metric) => {
    const next = pinned.includes(metric)
      ? pinned.filter((one) => one !== metric)
      : [...pinned.slice(0, MAX_PINNED - 1), metric];
    setPinned(next);
    savePinned(next);
  };
  const partly = isKnownInPart(data);
  const card = (metric: Metric) => (
    <TotalCard
      key={metric}
      metric={metric}
      {...props}
      pin={hasMore ? { isOn: pinned.includes(metric), change: () => pin(metric) } : undefined}
    />
  );
  return (
    <section
      class={partly ? 'totals in-part' : 'totals'}
      aria-label={messages.totals}
      title={data.known_from && messages.from_on(format.moment(data.known_from))}
    >
      <div class="totals-row">{first.map(card)}</div>
      <div class="totals-row" hidden={!hasMore}>
        {rest.map(card)}
      </div>
      <button
        type="button"
        class="totals-more quiet"
        aria-expanded={hasMore}
        onClick={() => setOpen(!hasMore)}
      >
        {hasMore ? messages.fewer_figures : messages.more_figures}
      </button>
    </section>
  );
}
