/** The same funnel for the largest values of a dimension, side by side. */
import type { Query } from '../../api/client.js';
import { QueryState } from '../../components/query-states.js';
import { ValueIcon } from '../../components/value-icon.js';
import { useApp } from '../../hooks/app-context.js';
import { useMessages } from '../../hooks/use-messages.js';
import { useQuery } from '../../hooks/use-query.js';
import { useUrlQuery } from '../../hooks/use-url-query.js';
import { BREAKDOWN_NAMES } from '../../i18n/breakdown-names.js';
import { valueLabel } from '../../i18n/value-label.js';
import { FunnelCard } from './funnel-card.js';
import { FUNNELS } from './messages.js';

const DIMENSIONS = ['device', 'source', 'country'] as const;
const SHOWN = '3';

/** @param asked the question of the whole funnel */
export function Split({ asked }: { asked: Query }) {
  const messages = useMessages(FUNNELS);
  const names = useMessages(BREAKDOWN_NAMES);
  const { urlState, go } = useApp();
  const chosen = DIMENSIONS.find((one) => one === urlState.own.split);
  return (
    <div class="split">
      <fieldset class="segments">
        <legend>{messages.split}</legend>
        {DIMENSIONS.map((by) => (
          <button
            key={by}
            type="button"
            aria-pressed={by === chosen}
            onClick={() => go({ own: { split: by === chosen ? null : by } }, 'replace')}
          >
            {names[by]}
          </button>
        ))}
      </fieldset>
      {chosen && <Parts by={chosen} asked={asked} />}
    </div>
  );
}

function Parts({ by, asked }: { by: (typeof DIMENSIONS)[number]; asked: Query }) {
  const { language, format } = useApp();
  const result = useQuery('/stats', { ...useUrlQuery(), breakdown: by, limit: SHOWN });
  return (
    <QueryState result={result} lines={4}>
      {({ breakdowns }) => (
        <div class="funnel-cards">
          {breakdowns[by]?.map(({ value }, at) => (
            <FunnelCard
              key={value}
              hue={at + 1}
              query={{ ...asked, [by]: value }}
              title={
                <>
                  <ValueIcon dimension={by} value={value} />
                  <bdi>{valueLabel(by, value, language, format)}</bdi>
                </>
              }
            />
          ))}
        </div>
      )}
    </QueryState>
  );
}
