/** SQS, as its JSON protocol calls it. */
import type { AwsService } from '@liveinsight/collector/aws';

export const SQS: AwsService = {
  name: 'sqs',
  target: 'AmazonSQS',
  contentType: 'application/x-amz-json-1.0',
  endpointVariable: 'AWS_ENDPOINT_URL_SQS',
};
