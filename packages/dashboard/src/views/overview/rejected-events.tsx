/** What was sent within the range and not taken, and why: a line, which opens. */
import type { Rejection } from '@liveinsight/schema';
import { useApp } from '../../hooks/app-context.js';
import { useMessages } from '../../hooks/use-messages.js';
import { useQuery } from '../../hooks/use-query.js';
import { useUrlQuery } from '../../hooks/use-url-query.js';
import { endsNow } from '../../url-state/range.js';
import { OVERVIEW } from './messages.js';
import { describeRejection } from './rejection-messages.js';

const POLL_MS = 15_000;

export function RejectedEvents() {
  const messages = useMessages(OVERVIEW);
  const { urlState, format } = useApp();
  const { site, from, to, timezone } = useUrlQuery();
  const options = endsNow(urlState.range) ? { everyMs: POLL_MS } : {};
  const { data } = useQuery('/rejections', { site, from, to, timezone }, options);
  if (!data || data.count === 0) return null;
  return (
    <details class="not-taken soft">
      <summary>{messages.not_taken(format.number(data.count))}</summary>
      <p>{messages.not_taken_hint(format.moment(data.known_from))}</p>
      <ul>
        {data.rejections.map((reason) => (
          <Reason key={`${reason.code} ${reason.path}`} reason={reason} />
        ))}
      </ul>
    </details>
  );
}

function Reason({ reason }: { reason: Rejection }) {
  const { language, format } = useApp();
  return (
    <li>
      <b>{format.number(reason.count)}</b> <bdi>{describeRejection(reason, language)}</bdi>
    </li>
  );
}
