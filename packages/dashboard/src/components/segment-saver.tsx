/** The button that saves the filters in force as a segment. */
import { useMessages } from '../hooks/use-messages.js';
import { FILTER_MESSAGES } from '../i18n/filter-messages.js';
import { lazy } from './lazy.js';
import { Popover } from './popover.js';

const SegmentForm = lazy<{ close(): void }>(async () => (await import('./segment-form.js')).SegmentForm);

export function SegmentSaver() {
  const messages = useMessages(FILTER_MESSAGES);
  return (
    <Popover class="segment-saver" label={<BookmarkIcon />} title={messages.save_segment}>
      {(close) => <SegmentForm close={close} />}
    </Popover>
  );
}

const BookmarkIcon = () => (
  <svg class="icon" viewBox="0 0 20 20" aria-hidden="true">
    <path d="M6 3h8v14l-4-3.5L6 17z" />
  </svg>
);
