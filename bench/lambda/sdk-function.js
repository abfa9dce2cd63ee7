// The ingest function as it would be through the SDK: not bundled, for Lambda's runtime has the SDK beside the function.
import { createCollector, optionsFromEnvironment } from '@liveinsight/collector';
import { dynamoStore } from '@liveinsight/collector/dynamodb';
import { toLambda } from '@liveinsight/collector/lambda';

const collector = createCollector({ ...optionsFromEnvironment(process.env), store: dynamoStore() });

export const handler = toLambda(collector);
