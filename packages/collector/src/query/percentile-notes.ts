/** What answers say of percentiles that are not exact. Pure. */
import { createNote, type Note } from '../notes.js';

/** @param sampled numbers that percentiles are made of, where these are a sample */
export function toPercentileNotes(sampled: number | undefined): Note[] {
  if (sampled === undefined) return [];
  const message = `percentiles are estimates, from a random sample of ${sampled} numbers`;
  return [createNote('percentiles_estimated', message, { count: sampled })];
}
