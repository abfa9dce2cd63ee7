/** Which property has the variant, which event it is sent with, and which goal is measured: all of it seen or saved. */
import { useApp } from '../../hooks/app-context.js';
import { useMessages } from '../../hooks/use-messages.js';
import { useQuery } from '../../hooks/use-query.js';
import { useUrlQuery } from '../../hooks/use-url-query.js';
import { isAutomatic } from '../report-parts/automatic-events.js';
import { EXPERIMENTS } from './messages.js';

/** As many variants as are compared; a property with more is none that has variants. */
const MAX_VARIANTS = 20;

/** @param variants those that were seen */
export function ExperimentFields({ variants }: { variants: readonly string[] }) {
  const messages = useMessages(EXPERIMENTS);
  const { urlState, go } = useApp();
  const { prop = '', event = '', goal = '', control = '', split = '' } = urlState.own;
  const { properties, events, conversions, goals } = useSeen(event);
  const set = (own: Record<string, string>) =>
    go(
      { own: Object.fromEntries(Object.entries(own).map(([name, value]) => [name, value || null])) },
      'replace',
    );
  return (
    <div class="fields experiment-fields">
      <label>
        {messages.variants_in}
        <select
          value={prop}
          onChange={({ currentTarget }) => set({ prop: currentTarget.value, control: '', split: '' })}
        >
          <option value="">{messages.choose}</option>
          {withChosen(properties, prop).map((key) => (
            <option key={key} value={key}>
              {key}
            </option>
          ))}
        </select>
      </label>
      <label>
        {messages.event}
        <select value={event} onChange={({ currentTarget }) => set({ event: currentTarget.value })}>
          <option value="">{messages.any_event}</option>
          {withChosen(events, event).map((name) => (
            <option key={name} value={name}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <label>
        {messages.goal}
        <select value={goal} onChange={({ currentTarget }) => set({ goal: currentTarget.value })}>
          <option value="">{messages.choose}</option>
          {goals.length > 0 && (
            <optgroup label={messages.goals}>
              {goals.map(({ id, name }) => (
                <option key={id} value={`goal:${id}`}>
                  {name}
                </option>
              ))}
            </optgroup>
          )}
          <optgroup label={messages.seen}>
            {[
              ...conversions.map((name) => [`conversion:${name}`, name] as const),
              ...events.map((name) => [`event:${name}`, name] as const),
            ].map(([value, name]) => (
              <option key={value} value={value}>
                {name}
              </option>
            ))}
          </optgroup>
        </select>
      </label>
      <label>
        {messages.control_variant}
        <select value={control} onChange={({ currentTarget }) => set({ control: currentTarget.value })}>
          <option value="">{messages.control_default}</option>
          {withChosen(variants, control).map((variant) => (
            <option key={variant} value={variant}>
              {variant}
            </option>
          ))}
        </select>
      </label>
      <label>
        {messages.intended_split}
        <input
          value={split}
          placeholder={messages.split_example}
          maxLength={1_000}
          spellcheck={false}
          onChange={({ currentTarget }) => set({ split: withoutSpaces(currentTarget.value) })}
        />
      </label>
    </div>
  );
}

/** `control: 90, blue: 10` is `control:90,blue:10`; a variant's own spaces stay. */
const withoutSpaces = (split: string): string =>
  split
    .split(/([,:])/)
    .map((part) => part.trim())
    .join('');

/** A link may name what was not seen in this range. */
const withChosen = (seen: readonly string[], chosen: string): readonly string[] =>
  chosen === '' || seen.includes(chosen) ? seen : [chosen, ...seen];

function useSeen(event: string) {
  const { site } = useApp();
  const query = useUrlQuery();
  const properties = useQuery('/properties', { ...query, event: event || undefined, limit: '200' });
  const stats = useQuery('/stats', { ...query, breakdown: 'event_name,conversion_type', limit: '200' });
  const goals = useQuery('/goals', { site: site.id });
  const named = (by: 'event_name' | 'conversion_type') =>
    (stats.data?.breakdowns[by] ?? []).map(({ value }) => value).filter((value) => value !== '(other)');
  return {
    properties: (properties.data?.properties ?? [])
      .filter(({ values }) => values !== null && values <= MAX_VARIANTS)
      .map(({ key }) => key),
    events: named('event_name').filter((name) => !isAutomatic(name) && name !== 'conversion'),
    conversions: named('conversion_type'),
    goals: goals.data?.goals ?? [],
  };
}
