// A process that opens a folder with the SQLite store, says so, and appends one batch after another on several lines at once.
import { sqliteStore } from '@liveinsight/collector/sqlite';

const [path, from = '0'] = process.argv.slice(2);
const store = (() => {
  try {
    return sqliteStore({ path });
  } catch (error) {
    console.log(`refused ${error.name}: ${error.message}`);
    process.exit(3);
  }
})();
console.log('open');

async function line(name) {
  for (let at = Number(from); ; at += 1) {
    const ids = [`${name}-${at}-a`, `${name}-${at}-b`];
    // Every other batch comes in two pieces under one name.
    for (const events of at % 2 ? [ids.slice(0, 1), ids] : [ids]) {
      const { kind } = await store.append({
        site: 'shop',
        session_id: `session-${name}`,
        visitor_id: 'visitor',
        user_id: `user-${name}`,
        batch: ids[0],
        events: events.map((event_id) => ({ event_id, event_type: 'page_view', timestamp: Date.now() })),
        retention_days: 30,
        shardAt: () => 0,
      });
      process.stdout.write(`${kind} ${events.join(' ')}\n`);
    }
  }
}

await Promise.all(Array.from({ length: 8 }, (_, name) => line(`line-${name}`)));
