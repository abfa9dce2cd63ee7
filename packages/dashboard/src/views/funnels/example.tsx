/** Before there are steps: what this is for, and a first one to try. */
import { useQuery } from '../../api/use-query.js';
import { useRead } from '../../api/use-read.js';
import { useApp } from '../../app/context.js';
import { readablePath } from '../../format/path.js';
import { Empty } from '../../parts/states.js';
import { useWords } from '../../words/use-words.js';
import { FUNNELS } from './words.js';

export function Example() {
  const words = useWords(FUNNELS);
  const { hrefTo } = useApp();
  const query = useQuery();
  const { data } = useRead('/stats', { ...query, breakdown: 'entry_page,conversion_type', limit: '1' });
  const page = data?.breakdowns.entry_page?.[0]?.value;
  const conversion = data?.breakdowns.conversion_type?.[0]?.value;
  return (
    <section class="panel">
      <Empty title={words.start}>
        <p>{words.start_hint}</p>
        {page && conversion && (
          <a href={hrefTo({ own: { steps: `page:${page},event:${conversion}` } })}>
            <bdi>{words.example(readablePath(page), conversion)}</bdi>
          </a>
        )}
      </Empty>
    </section>
  );
}
