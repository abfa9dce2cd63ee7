import { library } from '../../scripts/rollup.mjs';

export default library({
  index: '.build/index.js',
  'config/index': '.build/config/index.js',
  'store/aws/index': '.build/store/aws/index.js',
  'store/dynamodb/index': '.build/store/dynamodb/index.js',
  'store/dynamodb/lean/index': '.build/store/dynamodb/lean/index.js',
  'data/index': '.build/data/index.js',
  'adapters/node/index': '.build/adapters/node/index.js',
  'adapters/express': '.build/adapters/express.js',
  'adapters/fastify': '.build/adapters/fastify.js',
  'adapters/lambda/index': '.build/adapters/lambda/index.js',
  'store/local/index': '.build/store/local/index.js',
  'testing/index': '.build/testing/index.js',
});
