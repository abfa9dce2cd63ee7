/** Saved segments: filters that people save under a name. */
import * as v from 'valibot';
import { filledText, jsonObject } from './fields.js';
import { MAX_NAME_CHARS, MAX_URL_CHARS } from './limits.js';

/** Filters that a segment can have, as many as a question. */
export const MAX_SEGMENT_FILTERS = 32;
/** Values that one of them can have. */
export const MAX_SEGMENT_FILTER_VALUES = 50;

const filterValue = filledText(MAX_URL_CHARS);

export const SavedSegmentInputSchema = v.pipe(
  v.object({
    name: v.pipe(filledText(MAX_NAME_CHARS), v.description('For people.')),
    filters: v.pipe(
      jsonObject,
      v.record(
        v.string(),
        v.union(
          [filterValue, v.pipe(v.array(filterValue), v.minLength(1), v.maxLength(MAX_SEGMENT_FILTER_VALUES))],
          `must be a text of 1 to ${MAX_URL_CHARS} characters, or a list of 1 to ${MAX_SEGMENT_FILTER_VALUES} of these`,
        ),
      ),
      v.check((filters) => Object.keys(filters).length > 0, 'must have at least one filter'),
      v.check(
        (filters) => Object.keys(filters).length <= MAX_SEGMENT_FILTERS,
        `must have at most ${MAX_SEGMENT_FILTERS} filters`,
      ),
      v.description(
        'Values by filter, as parameters of a question: `{ "country": ["KR", "JP"], "page": "!/cart", "prop:plan": "pro", "reached": "<goal>" }`.',
      ),
    ),
  }),
  v.description('Filters that are saved under a name. `segment=<id>` stands for them in every question.'),
);
/** Filters that are saved under a name. */
export type SavedSegmentInput = v.InferOutput<typeof SavedSegmentInputSchema>;
