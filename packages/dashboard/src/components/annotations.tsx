/** Notes on moments, as of releases: those of the range, and the way to write and remove one. */
import type { Annotation } from '@liveinsight/schema';
import { useState } from 'preact/hooks';
import { type ApiError, toApiError } from '../api/error.js';
import { useApp } from '../hooks/app-context.js';
import { useMessages } from '../hooks/use-messages.js';
import { ANNOTATION_MESSAGES } from '../i18n/annotation-messages.js';
import { SHELL_MESSAGES } from '../i18n/shell-messages.js';
import { aroundMoment } from '../url-state/around.js';
import type { AnnotationFormProps } from './annotation-form.js';
import { ConfirmButton } from './confirm-button.js';
import { lazy } from './lazy.js';
import { Popover } from './popover.js';

const AnnotationForm = lazy<AnnotationFormProps>(
  async () => (await import('./annotation-form.js')).AnnotationForm,
);

/** Views whose numbers can be compared; from others it leads to the overview. */
const COMPARED = ['overview', 'events', 'revenue'];

/** What changed with it: the time since, against as much time before. */
function BeforeAfter({ at, text }: { at: string; text: string }) {
  const messages = useMessages(ANNOTATION_MESSAGES);
  const { urlState, hrefTo } = useApp();
  const around = aroundMoment(at, Date.now());
  if (!around) return null;
  const view = COMPARED.includes(urlState.view) ? urlState.view : 'overview';
  return (
    <a href={hrefTo({ view, ...around })} aria-label={messages.before_after_of(text)}>
      {messages.before_after}
    </a>
  );
}

/** In the order of the chart. */
const byTime = (a: Annotation, b: Annotation): number => Date.parse(a.at) - Date.parse(b.at);

interface AnnotationsProps {
  annotations: readonly Annotation[];
  /** They have changed. */
  again(): void;
}

export function Annotations({ annotations, again }: AnnotationsProps) {
  const messages = useMessages(ANNOTATION_MESSAGES);
  const shell = useMessages(SHELL_MESSAGES);
  const { client, site, format } = useApp();
  const [error, setError] = useState<ApiError>();
  const change = async (work: Promise<unknown>): Promise<boolean> => {
    try {
      await work;
      setError(undefined);
      again();
      return true;
    } catch (error) {
      setError(toApiError(error));
      return false;
    }
  };
  return (
    <div class="annotations">
      <ul aria-label={messages.notes}>
        {[...annotations].sort(byTime).map(({ id, at, text }) => (
          <li key={id}>
            <time dateTime={at}>{format.moment(at)}</time>
            <bdi>{text}</bdi>
            <BeforeAfter at={at} text={text} />
            <ConfirmButton
              label={messages.remove(text)}
              confirm={() => change(client.remove('annotations', site.id, id))}
            />
          </li>
        ))}
      </ul>
      <Popover class="add-note" label={messages.add} title={messages.add_title}>
        {(close) => (
          <AnnotationForm
            keep={async (at, text) => {
              if (await change(client.put('annotations', site.id, { at, text }))) close();
            }}
          />
        )}
      </Popover>
      {error && (
        <p class="notice alarm" role="alert">
          {error.kind === 'unauthorized' ? shell.admin_wanted : error.message || shell[error.kind]}
        </p>
      )}
    </div>
  );
}
