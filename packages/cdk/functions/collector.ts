/** The functions for reading and administration: one program, told apart by what each is permitted. */
import { createCollector } from '@liveinsight/collector';
import { dynamoStore } from '@liveinsight/collector/dynamodb';
import { lean } from '@liveinsight/collector/lean';
import { serve } from './runtime/serve.js';

export const handler = serve({
  createCollector,
  store: (metrics) => dynamoStore({ driver: lean(), onDelayedWrite: () => metrics.add('LateLandings', 1) }),
  taken: 'EventsProcessed',
});
