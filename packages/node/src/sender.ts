/** Whose events these are. */
import { readVisit } from '@liveinsight/schema/visit';
import type { Sender } from './wire.js';

/** A request of a browser: Node's, Express's or Fastify's, a web `Request`, or anything with its headers. */
export interface BrowserRequest {
  headers: { get(name: string): string | null } | { [name: string]: string | string[] | undefined };
}

/** Whose events these are. What is given here counts, not what the request says. */
export interface EventSender {
  /** The browser's request that this came of. The tracker's cookies tell visitor and session, if it has any, and the visitor's choice. */
  request?: BrowserRequest | undefined;
  /** A person as your application knows them. */
  userId?: string | undefined;
  /** As `session_id` of the tracker, if your page passes it on. */
  sessionId?: string | undefined;
  visitorId?: string | undefined;
  /** Default: the client's. */
  site?: string | undefined;
}

/** Undefined where the visitor does not want to be recorded. */
export function toSender(
  { request, userId, sessionId, visitorId }: EventSender,
  site: string,
): Sender | undefined {
  const { session_id, visitor_id, consent } = readVisit(request, site, Date.now());
  if (consent === 'denied') return undefined;
  const isAnonymous = consent === 'anonymous';
  const session = sessionId ?? session_id;
  const visitor = isAnonymous ? undefined : (visitorId ?? visitor_id);
  const user = isAnonymous ? undefined : userId;
  return {
    site,
    ...(session === undefined ? {} : { session: { session_id: session } }),
    ...(visitor === undefined ? {} : { visitor_id: visitor }),
    ...(user === undefined ? {} : { user_id: user }),
  };
}
