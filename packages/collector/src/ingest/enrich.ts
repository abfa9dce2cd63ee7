/** Makes of a valid batch what is stored: what the server knows added, what it may not keep left out. */
import type { Batch, Utm } from '@liveinsight/schema';
import { toPage } from '../events/page-path.js';
import type { Location } from '../location/location.js';
import type { NewBatch, StoredEvent } from '../storage/event-store.js';
import type { AgentBot } from './bot-names.js';
import { cleanEvent, cleanSession } from './clean-batch.js';
import { classifyOrigin } from './traffic-source.js';
import type { Agent } from './user-agent.js';

/** What the server adds, nothing of which a client can set. */
export interface Added {
  site: string;
  /** The site's own, whose pages are no sources. */
  origins: readonly string[];
  visitorId: string;
  agent: Agent;
  location: Location;
  retentionDays: number;
  shardAt: (arrivalMs: number) => number;
}

export function enrich(batch: Batch, storedEvents: StoredEvent[], added: Added): NewBatch {
  const { context } = batch;
  const session = cleanSession(batch.session, batch.hash_routes);
  const events = storedEvents.map((event) => cleanEvent(event, batch.hash_routes));
  const { agent } = added;
  const page = events.find((event) => event.page_url)?.page_url;
  const origin = classifyOrigin(session, { page, origins: added.origins, appSource: agent.source });
  const enriched: NewBatch = {
    site: added.site,
    batch: batch.batch,
    session_id: session.session_id,
    visitor_id: added.visitorId,
    channel: origin.channel,
    events: events.map(withPageName),
    retention_days: added.retentionDays,
    shardAt: added.shardAt,
  };
  if (batch.user_id !== undefined) enriched.user_id = batch.user_id;
  if (batch.sent_at !== undefined) enriched.sent_at = batch.sent_at;
  if (session.entry_page) enriched.entry_page = toPage(session.entry_page);
  if (session.referrer) enriched.referrer = session.referrer;
  const utm = toStoredUtm(session.utm);
  if (utm) enriched.utm = utm;
  if (origin.clickId) enriched.click_id = origin.clickId;
  if (origin.source) enriched.source = origin.source;
  if (batch.release) enriched.release = batch.release;
  if (context.language) enriched.language = context.language;
  if (context.screen) enriched.screen = context.screen;
  if (context.viewport) enriched.viewport = context.viewport;
  if (context.timezone) enriched.timezone = context.timezone;
  if (agent.browser) enriched.browser = agent.browser;
  if (agent.os) enriched.os = agent.os;
  if (agent.device) enriched.device = agent.device;
  Object.assign(enriched, added.location);
  const bot = agent.bot ?? (context.webdriver ? AUTOMATED : undefined);
  if (bot) addBot(enriched, bot);
  if (batch.dropped && Object.keys(batch.dropped).length > 0) enriched.dropped = batch.dropped;
  return enriched;
}

const AUTOMATED: AgentBot = { category: 'program', reason: 'webdriver' };

function addBot(enriched: NewBatch, { name, operator, category, reason }: AgentBot): void {
  enriched.bot = true;
  if (name) enriched.bot_name = name;
  if (operator) enriched.bot_operator = operator;
  if (category) enriched.bot_category = category;
  if (reason) enriched.bot_reason = reason;
}

const CAMPAIGN = ['source', 'medium', 'campaign', 'term', 'content'] as const;

/** The campaign alone: click ids name a person. */
function toStoredUtm(utm: Utm = {}): Utm | undefined {
  const entries = CAMPAIGN.filter((name) => utm[name] !== undefined).map((name) => [name, utm[name]]);
  return entries.length > 0 ? Object.fromEntries(entries) : undefined;
}

/** The page before is stored by the one name that the views of it count under. */
const withPageName = (event: StoredEvent): StoredEvent =>
  event.event_type === 'page_view' && event.from_page
    ? { ...event, from_page: toPage(event.from_page) }
    : event;
