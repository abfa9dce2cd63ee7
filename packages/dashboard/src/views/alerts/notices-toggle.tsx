/** Whether this browser tells of alerts by notices of its own. */
import { useState } from 'preact/hooks';
import { noticeState, wantNotices } from '../../alerts/notices.js';
import { useWords } from '../../words/use-words.js';
import { ALERTS } from './words.js';

export function Notices() {
  const words = useWords(ALERTS);
  const [state, setState] = useState(noticeState);
  if (state === 'unsupported') return null;
  return (
    <label class="toggle" title={state === 'denied' ? words.notices_denied : undefined}>
      <input
        type="checkbox"
        checked={state === 'on'}
        disabled={state === 'denied'}
        onChange={({ currentTarget }) => void wantNotices(currentTarget.checked).then(setState)}
      />
      {words.notices}
    </label>
  );
}
