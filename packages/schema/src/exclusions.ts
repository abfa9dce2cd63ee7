/** Rules for what is left out: whose events, from where, and on which pages. */
import * as v from 'valibot';
import { filledText, optionalField } from './fields.js';
import { MAX_ID_CHARS, MAX_NAME_CHARS } from './limits.js';

/** What a rule goes by. */
export const EXCLUDED_BY = ['address', 'country', 'host', 'path', 'user_agent', 'visitor'] as const;
export type ExcludedBy = (typeof EXCLUDED_BY)[number];

/** Characters of a rule's value. */
export const MAX_EXCLUSION_CHARS = 256;

const isAddress = (value: string): boolean => v.IPV4_REGEX.test(value) || v.IPV6_REGEX.test(value);

function isRange(value: string): boolean {
  const [address = '', prefix, ...more] = value.split('/');
  if (!isAddress(address) || more.length > 0) return false;
  if (prefix === undefined) return true;
  const maxBits = address.includes(':') ? 128 : 32;
  return /^[1-9]\d{0,2}$/.test(prefix) && Number(prefix) <= maxBits;
}

/** By what a rule goes by: what its value must be. */
const FORMS: Record<ExcludedBy, { isValid: (value: string) => boolean; message: string }> = {
  address: {
    isValid: isRange,
    message: 'must be an address as 203.0.113.7, or a range as 203.0.113.0/24 or 2001:db8::/32',
  },
  country: {
    isValid: (value) => /^[A-Z]{2}$/.test(value),
    message: 'must be two capital letters (ISO 3166-1), as KR',
  },
  host: {
    isValid: (value) => /^[a-z0-9*.-]+(:\d{1,5})?$/.test(value) && /[a-z0-9]/.test(value),
    message: 'must be a host in lower case as staging.shop.example, or a pattern as *.shop.example',
  },
  path: {
    isValid: (value) => /^(\/|\*.|~.)/.test(value),
    message: 'must be a path as /admin, or a pattern as /admin/*, */preview or ~preview',
  },
  user_agent: {
    isValid: (value) => /[^*\s]/.test(value),
    message: 'must be a part of the user agent, as Lighthouse; * stands for anything',
  },
  visitor: {
    isValid: (value) => new RegExp(`^[A-Za-z0-9._-]{1,${MAX_ID_CHARS}}$`).test(value),
    message: 'must be a visitor’s id',
  },
};

export const ExclusionInputSchema = v.pipe(
  v.object({
    by: v.pipe(
      v.picklist(EXCLUDED_BY, `must be one of ${EXCLUDED_BY.join(', ')}`),
      v.description(
        'What the rule goes by. `address`, `country`, `user_agent` and `visitor` leave out all events of a request, `host` and `path` those events whose page has it.',
      ),
    ),
    value: v.pipe(
      filledText(MAX_EXCLUSION_CHARS),
      v.description(
        'An address or a range; a country; a host or a path, where `*` stands for anything; a part of the user agent, in either case; or a visitor’s id.',
      ),
    ),
    name: optionalField(filledText(MAX_NAME_CHARS), 'For people, as `our office`.'),
  }),
  v.rawCheck(({ dataset, addIssue }) => {
    if (!dataset.typed) return;
    const { by, value } = dataset.value;
    if (FORMS[by].isValid(value)) return;
    addIssue({
      message: FORMS[by].message,
      path: [{ type: 'object', origin: 'value', input: dataset.value, key: 'value', value }],
    });
  }),
  v.description('A rule for what is left out. Left-out events are counted, and not stored.'),
);
