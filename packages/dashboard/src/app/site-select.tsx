/** Which site is shown; its name alone where there is no other. */
import { useApp } from '../hooks/app-context.js';
import { useMessages } from '../hooks/use-messages.js';
import { SHELL_MESSAGES } from '../i18n/shell-messages.js';

export function SiteSelect() {
  const messages = useMessages(SHELL_MESSAGES);
  const { site, sites, go } = useApp();
  return (
    <div class="site">
      {sites.length > 1 ? (
        <select
          aria-label={messages.site}
          value={site.id}
          onChange={({ currentTarget }) => go({ site: currentTarget.value, filters: [], session: undefined })}
        >
          {!sites.some(({ id }) => id === site.id) && <option value={site.id}>{site.id}</option>}
          {sites.map(({ id }) => (
            <option key={id} value={id}>
              {id}
            </option>
          ))}
        </select>
      ) : (
        <span id="site">{site.id}</span>
      )}
    </div>
  );
}
