/** Numbers that are watched: how it stands with each, and what is told of it. */
import './alerts.css';
import { useRead } from '../../api/use-read.js';
import { useApp } from '../../app/context.js';
import { Answered, Empty } from '../../parts/states.js';
import { ViewHead } from '../../parts/view-head.js';
import { useWords } from '../../words/use-words.js';
import { AlertForm } from './alert-form.js';
import { AlertTable } from './alert-table.js';
import { Notices } from './notices-toggle.js';
import { ALERTS } from './words.js';

const ASK_EVERY_MS = 5_000;
/** In the URL: a rule that is not yet. */
const NEW = 'new';

export function Alerts() {
  const words = useWords(ALERTS);
  const { address, site, hrefTo } = useApp();
  const answer = useRead('/alerts', { site: site.id }, { everyMs: ASK_EVERY_MS });
  const { edit } = address.own;
  return (
    <div class="alerts">
      <ViewHead title={words.title}>
        <Notices />
        <a class="button primary" href={hrefTo({ own: { edit: NEW } })}>
          {words.add}
        </a>
      </ViewHead>
      <Answered answer={answer} lines={6}>
        {({ alerts }) => {
          const edited = alerts.find(({ id }) => id === edit);
          return (
            <>
              {(edited || edit === NEW) && <AlertForm key={edit} alert={edited} after={answer.again} />}
              {alerts.length > 0 ? (
                <AlertTable alerts={alerts} after={answer.again} />
              ) : (
                edit !== NEW && (
                  <section class="panel">
                    <Empty title={words.none}>
                      <p>{words.none_hint}</p>
                    </Empty>
                  </section>
                )
              )}
            </>
          );
        }}
      </Answered>
    </div>
  );
}
