/** The head of a page that leads deeper: the way back, what it is about, and the range. */
import type { ComponentChildren } from 'preact';
import { useApp } from '../hooks/app-context.js';
import { useMessages } from '../hooks/use-messages.js';
import { DETAIL_MESSAGES } from '../i18n/detail-messages.js';
import { ViewHeader } from './view-header.js';

interface DetailHeaderProps {
  /** Kind of thing: `Page`. */
  kind: string;
  /** Which of them. */
  name: string;
  children?: ComponentChildren;
}

export function DetailHeader({ kind, name, children }: DetailHeaderProps) {
  const messages = useMessages(DETAIL_MESSAGES);
  const { hrefTo } = useApp();
  return (
    <>
      <p class="way-back">
        <a href={hrefTo({ view: 'overview' })}>← {messages.back}</a>
      </p>
      <ViewHeader
        title={
          <>
            <span class="soft">{kind}</span> <bdi>{name}</bdi>
          </>
        }
      >
        {children}
      </ViewHeader>
    </>
  );
}
