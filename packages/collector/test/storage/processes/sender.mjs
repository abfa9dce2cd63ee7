// A collector's process that appends one batch after another on several lines at once, and says what was stored.
import { dynamoStore } from '@liveinsight/collector/dynamodb';

const [endpoint, site] = process.argv.slice(2);
const store = dynamoStore({ endpoint });

async function line(name) {
  for (let at = 0; ; at += 1) {
    const ids = [`${name}-${at}-a`, `${name}-${at}-b`];
    const { kind } = await store.append({
      site,
      session_id: `session-${name}`,
      visitor_id: 'visitor',
      batch: ids[0],
      events: ids.map((event_id) => ({ event_id, event_type: 'page_view', timestamp: Date.now() })),
      retention_days: 30,
      shardAt: () => 0,
    });
    process.stdout.write(`${kind} ${ids.join(' ')}\n`);
  }
}

await Promise.all(Array.from({ length: 8 }, (_, name) => line(`line-${name}`)));
