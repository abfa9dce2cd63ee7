/** Before there are steps: what this is for, and a first one to try. */

import { Empty } from '../../components/query-states.js';
import { readablePath } from '../../format/path.js';
import { useApp } from '../../hooks/app-context.js';
import { useMessages } from '../../hooks/use-messages.js';
import { useQuery } from '../../hooks/use-query.js';
import { useUrlQuery } from '../../hooks/use-url-query.js';
import { FUNNELS } from './messages.js';

export function Example() {
  const messages = useMessages(FUNNELS);
  const { hrefTo } = useApp();
  const query = useUrlQuery();
  const { data } = useQuery('/stats', { ...query, breakdown: 'entry_page,conversion_type', limit: '1' });
  const page = data?.breakdowns.entry_page?.[0]?.value;
  const conversion = data?.breakdowns.conversion_type?.[0]?.value;
  return (
    <section class="panel">
      <Empty title={messages.start}>
        <p>{messages.start_hint}</p>
        {page && conversion && (
          <a href={hrefTo({ own: { steps: `page:${page},event:${conversion}` } })}>
            <bdi>{messages.example(readablePath(page), conversion)}</bdi>
          </a>
        )}
      </Empty>
    </section>
  );
}
