/**
 * An id that is unique and sorts by time: the millisecond in 8 characters, then 52 random bits as a decimal fraction. Shorter than a
 * UUID, in the script as on the wire, where each event carries one; and `crypto.randomUUID` would need a secure context.
 */
export const newId = (): string => Date.now().toString(36) + Math.random();
