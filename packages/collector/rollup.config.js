import { library } from '../../scripts/rollup.mjs';

export default library({
  index: 'src/index.ts',
  'store/aws/index': 'src/store/aws/index.ts',
  'store/dynamodb/index': 'src/store/dynamodb/index.ts',
  'data/index': 'src/data/index.ts',
  'adapters/node/index': 'src/adapters/node/index.ts',
  'adapters/express': 'src/adapters/express.ts',
  'adapters/fastify': 'src/adapters/fastify.ts',
  'adapters/lambda/index': 'src/adapters/lambda/index.ts',
  'store/local/index': 'src/store/local/index.ts',
  'testing/index': 'src/testing/index.ts',
});
