/** What was sent within the range and not taken, and why: a line, which opens. */
import type { Rejection } from '@liveinsight/schema';
import { endsNow } from '../../address/range.js';
import { useQuery } from '../../api/use-query.js';
import { useRead } from '../../api/use-read.js';
import { useApp } from '../../app/context.js';
import { useWords } from '../../words/use-words.js';
import { sayReason } from './reasons.js';
import { OVER_TIME } from './words.js';

const ASK_EVERY_MS = 15_000;

export function NotTaken() {
  const words = useWords(OVER_TIME);
  const { address, format } = useApp();
  const { site, from, to, timezone } = useQuery();
  const options = endsNow(address.range) ? { everyMs: ASK_EVERY_MS } : {};
  const { data } = useRead('/rejections', { site, from, to, timezone }, options);
  if (!data || data.count === 0) return null;
  return (
    <details class="not-taken soft">
      <summary>{words.not_taken(format.number(data.count))}</summary>
      <p>{words.not_taken_hint(format.moment(data.known_from))}</p>
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
      <b>{format.number(reason.count)}</b> <bdi>{sayReason(reason, language)}</bdi>
    </li>
  );
}
