/** LiveInsight for servers: sends events to a collector. */
export { type Client, createClient } from './client.js';
export type {
  Conversion,
  CustomEvent,
  EventMap,
  PageView,
  Props,
  PropValue,
  ServerEvent,
} from './events.js';
export type { ClientOptions } from './options.js';
export type { BrowserRequest, EventSender } from './sender.js';
