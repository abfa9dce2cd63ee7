/** Page groups: rules of a site for which pages count as one. */
import * as v from 'valibot';
import { filledText, integerWithin, optionalField } from './fields.js';
import { MAX_NAME_CHARS } from './limits.js';

/** Characters of a pattern. */
export const MAX_PAGE_PATTERN_CHARS = 256;
/** Parts of a pattern between slashes. */
export const MAX_PAGE_PATTERN_SEGMENTS = 32;
/** The last position that a rule can have. */
export const MAX_PAGE_GROUP_POSITION = 9_999;

/** What is wrong with a pattern; undefined where nothing is. */
function findPatternError(pattern: string): string | undefined {
  if (!pattern.startsWith('/')) return 'must begin with /, as /products/:id';
  if (/[?\s]/.test(pattern)) return 'must have no ? and no spaces: pages are known without their query';
  const segments = pattern.slice(1).split('/');
  if (segments.length > MAX_PAGE_PATTERN_SEGMENTS)
    return `must have at most ${MAX_PAGE_PATTERN_SEGMENTS} segments`;
  if (segments.some((segment) => /^:(?!\w+$)/.test(segment)))
    return 'must name what a segment stands for in letters, digits and _, as :id';
  if (
    segments.some(
      (segment, index) => segment.includes('*') && !(segment === '*' && index === segments.length - 1),
    )
  )
    return 'must have * as its last segment alone, as /blog/*; :name stands for any one segment';
  return undefined;
}

const pattern = v.pipe(
  filledText(MAX_PAGE_PATTERN_CHARS),
  v.rawCheck(({ dataset, addIssue }) => {
    const message = dataset.typed ? findPatternError(dataset.value) : undefined;
    if (message) addIssue({ message });
  }),
  v.description(
    'The pages that are meant, by path: `/products/:id` with any one segment in place of `:id`, `/blog/*` with any segments, at least one, in place of `*`. A slash at the end makes no difference.',
  ),
);

export const PageGroupInputSchema = v.pipe(
  v.object({
    pattern,
    name: optionalField(
      filledText(MAX_NAME_CHARS),
      'What these pages are shown and filtered as. Default: the pattern. A path, as `/products`, is the page that they count with.',
    ),
    position: optionalField(
      integerWithin(0, MAX_PAGE_GROUP_POSITION),
      'Of several rules for a page, the one with the lowest position counts. Default: 0. Of equal ones, the more specific one: segment by segment, a text before `:name` before `*`.',
    ),
  }),
  v.description(
    'A rule for which pages count as one. It is used when you ask, so it also counts for what was stored before.',
  ),
);
/** A rule for which pages count as one. */
export type PageGroupInput = v.InferOutput<typeof PageGroupInputSchema>;
