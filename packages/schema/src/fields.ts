/** The building blocks of the wire format, each with a message that names its limit. */
import * as v from 'valibot';
import { MAX_ID_CHARS, MAX_SITE_CHARS } from './limits.js';

export const text = (maxChars: number) =>
  v.pipe(v.string('must be a string'), v.maxLength(maxChars, `must have at most ${maxChars} characters`));

export const id = v.pipe(
  v.string('must be a string'),
  v.regex(
    new RegExp(`^[A-Za-z0-9._-]{1,${MAX_ID_CHARS}}$`),
    `must be 1 to ${MAX_ID_CHARS} of the characters A-Z a-z 0-9 . _ -`,
  ),
);

export const siteId = v.pipe(
  v.string('must be a string'),
  v.regex(
    new RegExp(`^[a-z0-9._-]{1,${MAX_SITE_CHARS}}$`),
    `must be 1 to ${MAX_SITE_CHARS} of the characters a-z 0-9 . _ -`,
  ),
);

const finite = v.pipe(v.number('must be a number'), v.finite('must be a finite number'));

export const numberWithin = (least: number, most: number) =>
  v.pipe(finite, v.minValue(least, `must be at least ${least}`), v.maxValue(most, `must be at most ${most}`));

export const integerWithin = (least: number, most: number) =>
  v.pipe(numberWithin(least, most), v.integer('must be a whole number'));

/** A point in time by the client's clock: ms since 1970, or seconds where the number is that small. */
export const clientTime = finite;

export const flag = v.boolean('must be true or false');
