/** In which zone days begin. */
import { useApp } from '../hooks/app-context.js';
import { useMessages } from '../hooks/use-messages.js';
import { RANGE_MENU_MESSAGES } from './range-menu-messages.js';

export function ZoneSelect() {
  const messages = useMessages(RANGE_MENU_MESSAGES);
  const { timezone, site, go } = useApp();
  const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const zones = new Set([timezone, site.timezone, own, 'UTC', ...Intl.supportedValuesOf('timeZone')]);
  return (
    <label class="zone">
      {messages.timezone}
      <select
        value={timezone}
        onChange={({ currentTarget: { value } }) =>
          go({ timezone: value === site.timezone ? undefined : value })
        }
      >
        {[...zones].map((zone) => (
          <option key={zone} value={zone}>
            {zone}
          </option>
        ))}
      </select>
    </label>
  );
}
