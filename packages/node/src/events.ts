/** Events as a server sends them: those of the wire format that make sense without a browser. */

/** A value that JSON can carry. */
export type PropValue = string | number | boolean | null | PropValue[] | { [key: string]: PropValue };
/** What you add to an event. At most 64 properties, 3 levels deep, texts of 1,024 characters. */
export type Props = { [key: string]: PropValue };

interface Common {
  /** Unique, and hard to guess. Give one of your own, as an order's id, to send an event again without counting it twice. Default: a UUID. */
  event_id?: string;
  /** When it happened: milliseconds since 1970. Default: now. */
  timestamp?: number;
  /** Address of the page it happened on. */
  page_url?: string;
  page_title?: string;
  props?: Props;
}

/** A page that your server showed, where no tracker does. */
export interface PageView extends Common {
  event_type: 'page_view';
}

export interface Conversion extends Common {
  event_type: 'conversion';
  /** What was reached, as `purchase`. */
  conversion_type: string;
  /** Money in units of `currency`. */
  value?: number;
  /** ISO 4217, as `EUR`. */
  currency?: string;
}

/** Anything of your own. */
export interface CustomEvent<Name extends string = string> extends Common {
  event_type: 'custom';
  name: Name;
}

/** Your own events by name, each with its properties. */
export type EventMap = Record<string, Props | undefined>;

/** An event, of whose custom ones the names and properties are yours. */
export type ServerEvent<Events extends EventMap = EventMap> =
  | PageView
  | Conversion
  | { [Name in keyof Events & string]: CustomEvent<Name> & { props?: Events[Name] } }[keyof Events & string];
