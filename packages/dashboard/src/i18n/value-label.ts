/** Labels of a dimension's values, and back: `KR` is Korea, `organic_search` is Organic search. Pure. */
import type { Breakdown } from '@liveinsight/schema';
import type { Format } from '../format/format.js';
import { readablePath } from '../format/path.js';
import type { FilterField } from '../series/filter-field.js';
import { EVENT_MESSAGES } from './event-messages.js';
import type { Language } from './languages.js';
import { SHELL_MESSAGES } from './shell-messages.js';
import { CAPITALIZED_SOURCES, SOURCE_NAMES, VALUE_NAMES } from './value-names.js';

export function valueLabel(by: FilterField, value: string, language: Language, format: Format): string {
  const messages = SHELL_MESSAGES[language];
  if (value === '(direct)' || (value === '' && by === 'source')) return messages.direct;
  if (value === '(unknown)' || value === '') return messages.unknown;
  if (value === '(other)') return messages.other;
  switch (by) {
    case 'country':
      return format.country(value);
    case 'language':
      return format.languageName(value);
    case 'channel':
    case 'device':
    case 'visitor_type':
      return nameIn(VALUE_NAMES[language], value);
    case 'event_name':
      return nameIn(EVENT_MESSAGES[language], value);
    case 'source':
      return nameIn(SOURCE_NAMES, value, capitalized(value));
    case 'referrer':
      return readablePath(value.replace(/^www\./, '').replace(/\/$/, ''));
    case 'page':
    case 'entry_page':
    case 'exit_page':
      return readablePath(value);
    default:
      return value;
  }
}

/**
 * The value behind a text that someone typed or chose: a seen value itself, else the one with that label, else the text.
 * Channels and devices are known without having been seen.
 */
export function parseValueLabel(
  by: Breakdown,
  text: string,
  seen: readonly string[],
  language: Language,
  format: Format,
): string {
  const trimmed = text.trim();
  const known = by === 'channel' || by === 'device' ? Object.keys(VALUE_NAMES[language]) : [];
  const values = [...seen, ...known];
  if (trimmed === '' || values.includes(trimmed)) return trimmed;
  return values.find((value) => valueLabel(by, value, language, format) === trimmed) ?? trimmed;
}

/** Only own keys: a visitor can send `constructor`. */
export function nameIn(names: object, value: string, fallback = value): string {
  const name: unknown = Object.hasOwn(names, value) ? names[value as keyof typeof names] : undefined;
  return typeof name === 'string' ? name : fallback;
}

/** A host or a campaign stays as it was sent. */
const capitalized = (value: string): string =>
  CAPITALIZED_SOURCES.has(value) ? value.charAt(0).toUpperCase() + value.slice(1) : value;
