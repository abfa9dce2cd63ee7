/** DynamoDB among the services of AWS. */
import type { AwsService } from '../aws/service.js';

export const DYNAMODB: AwsService = {
  name: 'dynamodb',
  target: 'DynamoDB_20120810',
  contentType: 'application/x-amz-json-1.0',
  endpointVariable: 'AWS_ENDPOINT_URL_DYNAMODB',
};

export type Operation =
  | 'PutItem'
  | 'DeleteItem'
  | 'GetItem'
  | 'Query'
  | 'BatchExecuteStatement'
  | 'CreateTable'
  | 'DescribeTable'
  | 'DescribeTimeToLive'
  | 'UpdateTimeToLive';
