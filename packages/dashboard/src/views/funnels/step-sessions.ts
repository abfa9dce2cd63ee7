/** The sessions behind a step, as filters: those that did it, and not the one after. Pure. */
import { type Filter, withFilter } from '../../url-state/url-state.js';

/** @param step as the API says it: `page:/cart`, `event:signup` @param conversionTypes what of its events are conversions */
export function stepFilter(step: string, conversionTypes: readonly string[], not = false): Filter {
  const colon = step.indexOf(':');
  const value = step.slice(colon + 1);
  if (step.startsWith('page:')) return { by: 'page', value, not };
  return { by: conversionTypes.includes(value) ? 'conversion_type' : 'event_name', value, not };
}

export const lostFilters = (
  filters: readonly Filter[],
  step: string,
  next: string,
  conversionTypes: readonly string[],
): Filter[] =>
  withFilter(withFilter(filters, stepFilter(step, conversionTypes)), stepFilter(next, conversionTypes, true));
