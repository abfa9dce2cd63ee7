/** One saved segment: leads to its numbers, and can be renamed and deleted. */
import type { SavedSegment } from '@liveinsight/schema';
import { useState } from 'preact/hooks';
import { ConfirmButton } from '../../components/confirm-button.js';
import { useApp } from '../../hooks/app-context.js';
import { useMessages } from '../../hooks/use-messages.js';
import { SHELL_MESSAGES } from '../../i18n/shell-messages.js';
import { SEGMENTS } from './messages.js';

interface SegmentRowProps {
  segment: SavedSegment;
  rename(name: string): void;
  remove(): void;
}

export function SegmentRow({ segment: { id, name }, rename, remove }: SegmentRowProps) {
  const messages = useMessages(SEGMENTS);
  const shell = useMessages(SHELL_MESSAGES);
  const { hrefTo } = useApp();
  const [draft, setDraft] = useState<string>();
  const save = (event: Event) => {
    event.preventDefault();
    if (!draft?.trim()) return;
    rename(draft.trim());
    setDraft(undefined);
  };
  return (
    <li>
      {draft === undefined ? (
        <>
          <bdi class="cut">{name}</bdi>
          <a href={hrefTo({ view: 'overview', filters: [{ by: 'segment', value: id, not: false }] })}>
            {messages.view}
          </a>
          <button
            type="button"
            class="quiet"
            aria-label={messages.rename(name)}
            title={messages.rename(name)}
            onClick={() => setDraft(name)}
          >
            ✎
          </button>
          <ConfirmButton label={messages.remove(name)} confirm={remove} />
        </>
      ) : (
        <form class="save-form" onSubmit={save}>
          <input
            aria-label={messages.name}
            required
            maxLength={100}
            value={draft}
            ref={(field) => field?.focus()}
            onInput={({ currentTarget }) => setDraft(currentTarget.value)}
          />
          <button type="submit" class="primary">
            {shell.save}
          </button>
          <button type="button" onClick={() => setDraft(undefined)}>
            {shell.cancel}
          </button>
        </form>
      )}
    </li>
  );
}
