/** Whether this browser tells of alerts by notices of its own. */
import { useState } from 'preact/hooks';
import { notificationState, setNotifications } from '../../alerts/notifications.js';
import { useMessages } from '../../hooks/use-messages.js';
import { ALERTS } from './messages.js';

export function NotificationsToggle() {
  const messages = useMessages(ALERTS);
  const [state, setState] = useState(notificationState);
  if (state === 'unsupported') return null;
  return (
    <label class="toggle" title={state === 'denied' ? messages.notices_denied : undefined}>
      <input
        type="checkbox"
        checked={state === 'on'}
        disabled={state === 'denied'}
        onChange={({ currentTarget }) => void setNotifications(currentTarget.checked).then(setState)}
      />
      {messages.notices}
    </label>
  );
}
