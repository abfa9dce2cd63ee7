/** The operation `Query` of DynamoDB, as its API names the fields. */
import type { Item } from './attribute-codec.js';

export interface Query {
  TableName: string;
  IndexName?: string;
  KeyConditionExpression: string;
  FilterExpression?: string;
  ExpressionAttributeValues: Item;
  ConsistentRead?: boolean;
  ScanIndexForward?: boolean;
  Limit?: number;
  ExclusiveStartKey?: Item;
  ReturnConsumedCapacity?: 'TOTAL';
  ProjectionExpression?: string;
}

export interface QueryReply {
  Items: Item[];
  LastEvaluatedKey?: Item;
  ConsumedCapacity?: { CapacityUnits?: number };
}
