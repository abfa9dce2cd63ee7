import { createCollector, optionsFromEnvironment } from '@liveinsight/collector';
import { dynamoStore } from '@liveinsight/collector/dynamodb';
import { toLambda } from '@liveinsight/collector/lambda';
import { lean } from '@liveinsight/collector/lean';
import { script } from '@liveinsight/tracker/script';

const collector = createCollector({
  ...optionsFromEnvironment(process.env),
  store: dynamoStore({ driver: lean() }),
  assets: { tracker: script },
});

export const handler = toLambda(collector);
