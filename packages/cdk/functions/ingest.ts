/** The function for ingest: only what takes events is in it, so that it starts fast. */
import { dynamoStore } from '@liveinsight/collector/dynamodb';
import { createIngestCollector } from '@liveinsight/collector/ingest';
import { lean } from '@liveinsight/collector/lean';
import { requirePermissions } from './runtime/require-permissions.js';
import { serve } from './runtime/serve.js';

export const handler = serve({
  createCollector: createIngestCollector,
  store: (metrics) => ({
    ...dynamoStore({ driver: lean(), onDelayedWrite: () => metrics.add('LateLandings', 1) }),
    // The store's own asks for what only readers may.
    ping: () => requirePermissions('ingest'),
  }),
  taken: 'EventsProcessed',
});
