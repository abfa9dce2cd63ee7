/** The head of a page that leads deeper: the way back, what it is about, and the range. */
import type { ComponentChildren } from 'preact';
import { useApp } from '../app/context.js';
import { DETAIL_WORDS } from '../words/detail-words.js';
import { useWords } from '../words/use-words.js';
import { FilterChips } from './filter-chips.js';
import { ViewHead } from './view-head.js';

interface DetailHeadProps {
  /** Kind of thing: `Page`. */
  kind: string;
  /** Which of them. */
  name: string;
  children?: ComponentChildren;
}

export function DetailHead({ kind, name, children }: DetailHeadProps) {
  const words = useWords(DETAIL_WORDS);
  const { hrefTo } = useApp();
  return (
    <>
      <p class="way-back">
        <a href={hrefTo({ view: 'over-time' })}>← {words.back}</a>
      </p>
      <ViewHead
        title={
          <>
            <span class="soft">{kind}</span> <bdi>{name}</bdi>
          </>
        }
      >
        {children}
      </ViewHead>
      <FilterChips />
    </>
  );
}
