/** The steps of a funnel as fields; once all are filled in they are the URL's. */
import { useEffect, useState } from 'preact/hooks';
import { Panel } from '../../components/panel.js';
import { readablePath } from '../../format/path.js';
import { useApp } from '../../hooks/app-context.js';
import { useMessages } from '../../hooks/use-messages.js';
import { useQuery } from '../../hooks/use-query.js';
import { useUrlQuery } from '../../hooks/use-url-query.js';
import { FUNNELS } from './messages.js';
import { formatSteps, isComplete, MAX_STEPS, MIN_STEPS, NO_STEP, parseSteps, type Step } from './steps.js';
import { WithinField } from './within-field.js';

export function Builder({ steps }: { steps: readonly Step[] }) {
  const messages = useMessages(FUNNELS);
  const { urlState, go } = useApp();
  const [draft, setDraft] = useState(() => filled(steps));
  const { steps: formatted, step_within } = formatSteps(steps);
  // Another URL, as by the back button, has other steps; one's own change of it has these.
  useEffect(() => {
    setDraft((before) => {
      const same = formatSteps(before.filter(({ value }) => value.trim() !== ''));
      return same.steps === formatted && same.step_within === step_within
        ? before
        : filled(parseSteps({ steps: formatted, step_within }));
    });
  }, [formatted, step_within]);

  const change = (next: Step[]) => {
    setDraft(next);
    if (isComplete(next)) {
      const { steps, step_within } = formatSteps(next);
      go({ own: { steps, step_within: step_within || null } });
    }
  };
  const changeAt = (at: number, part: Partial<Step>) =>
    change(draft.map((step, place) => (place === at ? { ...step, ...part } : step)));
  const swap = (at: number) =>
    change(
      draft.map(
        (step, place) => (place === at ? draft[at - 1] : place === at - 1 ? draft[at] : step) ?? step,
      ),
    );

  return (
    <Panel title={messages.steps}>
      <Suggestions />
      <ol class="steps-form">
        {draft.map((step, at) => (
          <li key={at}>
            <StepFields
              step={step}
              number={at + 1}
              change={(part) => changeAt(at, part)}
              {...(at > 0 ? { up: () => swap(at) } : {})}
              {...(draft.length > MIN_STEPS
                ? { remove: () => change(draft.filter((_, place) => place !== at)) }
                : {})}
            />
          </li>
        ))}
      </ol>
      <div class="form-end">
        {draft.length < MAX_STEPS && (
          <button type="button" onClick={() => setDraft([...draft, NO_STEP])}>
            + {messages.add_step}
          </button>
        )}
        <p class="whole-within">
          {messages.whole_within}
          <WithinField
            label={messages.whole_within}
            value={urlState.own.within ?? ''}
            change={(within) => go({ own: { within: within || null } })}
          />
        </p>
      </div>
    </Panel>
  );
}

const filled = (steps: readonly Step[]): Step[] => [
  ...steps,
  ...Array.from({ length: Math.max(0, MIN_STEPS - steps.length) }, () => NO_STEP),
];

interface StepFieldsProps {
  step: Step;
  number: number;
  change(part: Partial<Step>): void;
  up?(): void;
  remove?(): void;
}

function StepFields({ step, number, change, up, remove }: StepFieldsProps) {
  const messages = useMessages(FUNNELS);
  const name = String(number);
  return (
    <div class="step-fields">
      {number > 1 && (
        <p class="step-within">
          {messages.within}
          <WithinField
            label={messages.within_of(name)}
            value={step.within}
            change={(within) => change({ within })}
          />
        </p>
      )}
      <span class="step-number" aria-hidden="true">
        {number}
      </span>
      <select
        aria-label={messages.kind(name)}
        value={step.kind}
        onChange={({ currentTarget }) => change({ kind: currentTarget.value === 'page' ? 'page' : 'event' })}
      >
        <option value="page">{messages.page}</option>
        <option value="event">{messages.event}</option>
      </select>
      <input
        aria-label={messages.value(name)}
        placeholder={step.kind === 'page' ? messages.page_hint : messages.event_hint}
        list={`funnel-${step.kind}s`}
        autocomplete="off"
        value={step.value}
        onChange={({ currentTarget }) => change({ value: currentTarget.value.trim() })}
      />
      {up && (
        <button type="button" class="quiet" aria-label={messages.up(name)} onClick={up}>
          ↑
        </button>
      )}
      {remove && (
        <button type="button" class="quiet" aria-label={messages.remove_step(name)} onClick={remove}>
          ×
        </button>
      )}
    </div>
  );
}

/** What was seen in the range. */
function Suggestions() {
  const query = useUrlQuery();
  const { data } = useQuery('/stats', {
    ...query,
    breakdown: 'page,event_name,conversion_type',
    limit: '100',
  });
  const { page = [], event_name = [], conversion_type = [] } = data?.breakdowns ?? {};
  return (
    <>
      <datalist id="funnel-pages">
        {page.map(({ value }) => (
          <option key={value} value={readablePath(value)} />
        ))}
      </datalist>
      <datalist id="funnel-events">
        {[...conversion_type, ...event_name].map(({ value }) => (
          <option key={value} value={value} />
        ))}
      </datalist>
    </>
  );
}
