import { library } from '../../scripts/rollup.mjs';

export default library({
  index: '.build/index.js',
  'config/index': '.build/config/index.js',
  'storage/aws/index': '.build/storage/aws/index.js',
  'storage/dynamodb/index': '.build/storage/dynamodb/index.js',
  'storage/dynamodb/lean/index': '.build/storage/dynamodb/lean/index.js',
  'raw-data/index': '.build/raw-data/index.js',
  'adapters/node/index': '.build/adapters/node/index.js',
  'adapters/express': '.build/adapters/express.js',
  'adapters/fastify': '.build/adapters/fastify.js',
  'adapters/lambda/index': '.build/adapters/lambda/index.js',
  'storage/local/index': '.build/storage/local/index.js',
  'testing/index': '.build/testing/index.js',
});
