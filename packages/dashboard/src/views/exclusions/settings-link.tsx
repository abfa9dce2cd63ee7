/** Leads from the settings to the rules for what is left out. */
import { useApp } from '../../hooks/app-context.js';
import { view } from './view.js';

export function ExclusionsLink({ close }: { close(): void }) {
  const { hrefTo, language } = useApp();
  return (
    <a class="quiet" href={hrefTo({ view: view.id, own: {} })} onClick={close}>
      {view.title[language]}
    </a>
  );
}
