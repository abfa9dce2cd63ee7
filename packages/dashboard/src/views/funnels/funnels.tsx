/** How far sessions come on a way of steps: built here, shared by its URL, kept for everybody. */
import './funnels.css';
import { useQuery } from '../../api/use-query.js';
import { useRead } from '../../api/use-read.js';
import { useApp } from '../../app/context.js';
import { FilterAdder } from '../../parts/filter-adder.js';
import { FilterChips } from '../../parts/filter-chips.js';
import { RangePicker } from '../../parts/range-picker.js';
import { Answered } from '../../parts/states.js';
import { ViewHead } from '../../parts/view-head.js';
import { useWords } from '../../words/use-words.js';
import { Builder } from './builder.js';
import { Example } from './example.js';
import { Result } from './result.js';
import { SavedFunnels } from './saved-funnels.js';
import { formatSteps, isWhole, parseSteps } from './steps.js';
import { FUNNELS } from './words.js';

export function Funnels() {
  const words = useWords(FUNNELS);
  const { address } = useApp();
  const query = useQuery();
  const { within } = address.own;
  const steps = parseSteps(address.own);
  const isAsked = isWhole(steps);
  const { step_within } = formatSteps(steps);
  const answer = useRead(
    '/funnel',
    isAsked
      ? {
          ...query,
          steps: steps.map(({ kind, value }) => `${kind}:${value}`),
          within: within || undefined,
          step_within: step_within || undefined,
        }
      : undefined,
  );
  return (
    <div class="funnels">
      <ViewHead title={words.title}>
        <FilterAdder />
        <RangePicker compare={false} />
      </ViewHead>
      <FilterChips />
      <div class="funnel-parts">
        <div class="funnel-side">
          <Builder steps={steps} />
          <SavedFunnels steps={steps} />
        </div>
        {isAsked ? (
          <Answered answer={answer} lines={10}>
            {(data) => <Result data={data} />}
          </Answered>
        ) : (
          <Example />
        )}
      </div>
    </div>
  );
}
