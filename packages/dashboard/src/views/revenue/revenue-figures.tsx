/** The totals in one currency, and over time. */
import type { RevenueAmount, SeriesPoint } from '@liveinsight/schema';
import { SeriesChart } from '../../components/series-chart.js';
import { useApp } from '../../hooks/app-context.js';
import { useMessages } from '../../hooks/use-messages.js';
import { useQuery } from '../../hooks/use-query.js';
import { useUrlQuery } from '../../hooks/use-url-query.js';
import { compareQuery } from '../../url-state/compare.js';
import { relative } from '../report-parts/change.js';
import { type Figure, Figures } from '../report-parts/figures.js';
import { REVENUE } from './messages.js';

interface RevenueFiguresProps {
  total: RevenueAmount;
  totals: readonly RevenueAmount[];
  before: readonly RevenueAmount[] | undefined;
}

export function RevenueFigures({ total, totals, before }: RevenueFiguresProps) {
  const messages = useMessages(REVENUE);
  const { urlState, format, go } = useApp();
  const { currency, revenue, orders, refunds, average_order_value: average } = total;
  const { data } = useQuery('/stats', { ...useUrlQuery(), ...compareQuery(urlState.compare), breakdown: '' });
  const was = before?.find((one) => one.currency === currency);
  const money = (value: number | null) => (value === null ? null : format.money(value, currency));
  const perVisitor = (amount: number | undefined, visitors: number | null | undefined) =>
    amount === undefined || !visitors ? null : amount / visitors;
  const each = perVisitor(revenue, data?.totals.visitors);
  const figures: Figure[] = [
    {
      name: messages.revenue,
      definition: messages.revenue_means,
      value: money(revenue),
      change: relative(revenue, was?.revenue),
      better: 'more',
    },
    {
      name: messages.orders,
      definition: messages.orders_means,
      value: format.number(orders),
      change: relative(orders, was?.orders),
      better: 'more',
    },
    {
      name: messages.average,
      definition: messages.average_means,
      value: money(average),
      change: relative(average, was?.average_order_value),
      better: 'more',
    },
    {
      name: messages.per_visitor,
      definition: messages.per_visitor_means,
      value: money(each),
      change: relative(each, perVisitor(was?.revenue, data?.previous?.totals.visitors)),
      better: 'more',
    },
    {
      name: messages.refunds,
      definition: messages.refunds_means,
      value: format.number(refunds),
      change: relative(refunds, was?.refunds),
      better: 'less',
    },
  ];
  const others = totals.filter((one) => one.currency !== currency);
  return (
    <>
      {others.length > 0 && (
        <p class="picks">
          <label>
            {messages.currency}{' '}
            <select
              value={currency}
              onChange={({ currentTarget }) => go({ own: { currency: currentTarget.value } }, 'replace')}
            >
              {totals.map((one) => (
                <option key={one.currency} value={one.currency}>
                  {one.currency}
                </option>
              ))}
            </select>
          </label>
          {messages.other_currencies(
            others.map((one) => format.money(one.revenue, one.currency)).join(' · '),
          )}
        </p>
      )}
      <Figures label={messages.title} figures={figures} />
      {data && (
        <SeriesChart
          title={messages.over_time}
          interval={data.interval}
          to={data.to}
          points={toPoints(data.series, currency)}
          before={data.previous && toPoints(data.previous.series, currency)}
          knownFrom={data.known_from}
          show={(value, isWhole) => format.money(value, currency, isWhole)}
        />
      )}
    </>
  );
}

const toPoints = (series: readonly SeriesPoint[], currency: string) =>
  series.map((point) => ({ ...point, value: point.revenue && (point.revenue[currency] ?? 0) }));
