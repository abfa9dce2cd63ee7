/**
 * The visitor's choice as it is stored: in front of the word, the milliseconds that remain until a far day when it is made, as
 * `7232774400000granted`. Of several, in this origin's storage and in cookies of its domains, the one made last is the first in
 * alphabetical order, and one without a time, of before, comes behind those that have one.
 */

const FAR_DAY_MS = 9e12;

/** What stands in front of a choice that is made now. */
export const readTimeLeft = (): number => FAR_DAY_MS - Date.now();

/** The choice made last. */
export const newestChoice = (choices: unknown[]): unknown => choices.sort()[0];

/** What is agreed to by a choice, as it is stored or said. Whatever is none of three words is a no. */
export const toConsent = (choice: unknown): 'granted' | 'anonymous' | undefined =>
  /^\d*(granted|anonymous)(%|$)/.exec(choice as string)?.[1] as 'granted' | 'anonymous' | undefined;

/** Choices for `site` among `cookies`. */
export const findChoices = (cookies: string, site: string | undefined): string[] =>
  cookies.split(`li%3A${site}%3F=%22`).slice(1);
