/** What an experiment has shown: a sentence, the variants, and their intervals on one scale. */
import type { ExperimentData, ExperimentVariant } from '@liveinsight/schema';
import { Panel } from '../../components/panel.js';
import { useApp } from '../../hooks/app-context.js';
import { useMessages } from '../../hooks/use-messages.js';
import { Interval } from './interval.js';
import { EXPERIMENTS } from './messages.js';

export function ExperimentResult({ data }: { data: ExperimentData }) {
  const messages = useMessages(EXPERIMENTS);
  const { format } = useApp();
  const { result, variants, excluded, split, confidence } = data;
  const isFound = result.code === 'variant_better' || result.code === 'control_better';
  const tone = isFound ? 'good' : result.code === 'split_mismatch' ? 'alarm' : 'plain';
  const mismatch = split.mismatch;
  return (
    <Panel title={messages.result}>
      <p class={`notice ${tone} result`} role="status">
        <bdi>{messageOf(data, messages)}</bdi>
      </p>
      {variants.length > 0 && <Variants data={data} />}
      <p class="soft">
        {messages.split}:{' '}
        {mismatch === null ? messages.split_unknown : mismatch ? messages.split_wrong : messages.split_ok}
        {split.p_value !== null && ` (p = ${split.p_value.toFixed(3)})`}
      </p>
      <p class="soft">
        {messages.rate}: {messages.rate_means}
      </p>
      <p class="soft">{messages.confidence(format.percent(confidence))}</p>
      {excluded.several_variants + excluded.other_variants > 0 && (
        <p class="soft">
          {messages.excluded(
            format.number(excluded.several_variants),
            format.number(excluded.other_variants),
          )}
        </p>
      )}
    </Panel>
  );
}

function messageOf({ result, control }: ExperimentData, messages: (typeof EXPERIMENTS)['en']): string {
  switch (result.code) {
    case 'variant_better':
      return messages.variant_better(result.variant ?? '', control ?? '');
    case 'control_better':
      return messages.control_better(result.variant ?? control ?? '');
    default:
      return messages[result.code];
  }
}

function Variants({ data: { variants, control } }: { data: ExperimentData }) {
  const messages = useMessages(EXPERIMENTS);
  const { format } = useApp();
  const bounds = variants.flatMap(({ difference }) => (difference ? [difference.low, difference.high] : []));
  const reach = Math.max(0.001, ...bounds.map(Math.abs));
  const percent = (value: number | null) => (value === null ? '–' : format.percent(value));
  return (
    <div class="table-scroll">
      <table class="variants">
        <thead>
          <tr>
            <th scope="col">{messages.variant}</th>
            <th scope="col">{messages.visitors}</th>
            <th scope="col">{messages.conversions}</th>
            <th scope="col">{messages.rate}</th>
            <th scope="col">{messages.lift}</th>
            <th scope="col">{messages.difference}</th>
          </tr>
        </thead>
        <tbody>
          {variants.map(({ variant, visitors, conversions, conversion_rate, lift, difference }) => (
            <tr key={variant}>
              <th scope="row">
                <bdi>{variant}</bdi> {variant === control && <span class="soft">{messages.control}</span>}
              </th>
              <td>{format.number(visitors)}</td>
              <td>{format.number(conversions)}</td>
              <td>{percent(conversion_rate)}</td>
              <td>{lift === null ? '–' : format.change(lift)}</td>
              <td class="interval-cell">
                <Difference isControl={variant === control} difference={difference} reach={reach} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface DifferenceProps {
  isControl: boolean;
  difference: ExperimentVariant['difference'];
  /** The farthest that an interval reaches from zero. */
  reach: number;
}

function Difference({ isControl, difference, reach }: DifferenceProps) {
  const messages = useMessages(EXPERIMENTS);
  if (isControl) return <>–</>;
  if (!difference) return <span class="soft">{messages.no_interval}</span>;
  const points = (share: number) => `${share > 0 ? '+' : ''}${(100 * share).toFixed(2)}`;
  const { estimate, low, high } = difference;
  const text = messages.difference_of(points(estimate), points(low), points(high));
  return (
    <>
      <Interval estimate={estimate} low={low} high={high} reach={reach} />
      <span class="soft">{text}</span>
    </>
  );
}
