/** A visit as a line of an import. Pure. */

interface Visit {
  id: string;
  at: number;
  /** The path of its first page. */
  entry: string | undefined;
  referrer: string;
  campaign: string | undefined;
  user: string | undefined;
  device: 'mobile' | 'desktop';
  release: string;
  country: string;
  /** Where it is known. */
  city?: string;
}

/** Its events come a second apart. */
export function toImportLine(visit: Visit, events: readonly object[]): object {
  const { id, at, entry, referrer, campaign, user, device, release, country, city } = visit;
  return {
    received_at: at + events.length * 1_000,
    site: 'shop',
    batch: id,
    session: {
      session_id: id,
      entry_page: entry,
      referrer,
      ...(campaign ? { utm: { source: 'newsletter', medium: 'email', campaign } } : {}),
    },
    visitor_id: `v-${id}`,
    ...(user ? { user_id: user } : {}),
    ...{ release, device, browser: 'Chrome', os: device === 'mobile' ? 'Android' : 'Windows' },
    ...(city === undefined ? { country } : { country, region: city, city }),
    events: events.map((event, index) => ({
      event_id: `${id}-${index}`,
      timestamp: at + index * 1_000,
      gap_ms: index > 0 ? 1_000 : 0,
      ...event,
    })),
  };
}
