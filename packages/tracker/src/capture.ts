/** What a capture is given: a way to listen, and one to report. */

/** Listens to an event before any handler of the page can stop it. */
export type On = (type: string, listener: (event: Event) => void) => void;
export type Report = (name: string, props: object, fields?: object) => void;
