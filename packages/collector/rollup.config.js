import { library } from '../../scripts/rollup.mjs';

export default library({
  index: 'src/index.ts',
  'ingest-collector': 'src/ingest-collector.ts',
  'columns/index': 'src/columns/index.ts',
  'config/index': 'src/config/index.ts',
  'location/mmdb': 'src/location/mmdb.ts',
  'event-log/index': 'src/event-log/index.ts',
  'storage/aws/index': 'src/storage/aws/index.ts',
  'storage/dynamodb/index': 'src/storage/dynamodb/index.ts',
  'storage/dynamodb/lean/index': 'src/storage/dynamodb/lean/index.ts',
  'raw-data/index': 'src/raw-data/index.ts',
  'adapters/node/index': 'src/adapters/node/index.ts',
  'adapters/express': 'src/adapters/express.ts',
  'adapters/fastify': 'src/adapters/fastify.ts',
  'adapters/lambda/index': 'src/adapters/lambda/index.ts',
  'storage/sqlite/check-process': 'src/storage/sqlite/check-process.ts',
  'storage/sqlite/index': 'src/storage/sqlite/index.ts',
  'threads/index': 'src/threads/index.ts',
  'threads/question-program': 'src/threads/question-program.ts',
  'storage/local/index': 'src/storage/local/index.ts',
});
