/** The two tables: the log, with its index in order of arrival, and the numbers. */
import { RemovalPolicy } from 'aws-cdk-lib';
import { AttributeType, BillingMode, ProjectionType, Table, TableEncryption } from 'aws-cdk-lib/aws-dynamodb';
import type { Construct } from 'constructs';
import { type Deployment, resourceName } from './options.js';

export interface Tables {
  events: Table;
  rollups: Table;
}

/** The index of the log that rollups, the live view and exports read. */
export const ARRIVALS = 'arrivals';

export function createTables(scope: Construct, deployment: Deployment): Tables {
  const { keepData, cap, encryptionKey } = deployment;
  const limits = cap
    ? { maxReadRequestUnits: cap.readUnitsPerSecond, maxWriteRequestUnits: cap.writeUnitsPerSecond }
    : {};
  const make = (id: string, name: string) =>
    new Table(scope, id, {
      tableName: resourceName(deployment, name),
      partitionKey: { name: 'pk', type: AttributeType.STRING },
      sortKey: { name: 'sk', type: AttributeType.STRING },
      billingMode: BillingMode.PAY_PER_REQUEST,
      timeToLiveAttribute: 'expires_at',
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      deletionProtection: keepData,
      removalPolicy: keepData ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
      ...(encryptionKey
        ? { encryption: TableEncryption.CUSTOMER_MANAGED, encryptionKey }
        : { encryption: TableEncryption.AWS_MANAGED }),
      ...limits,
    });
  const events = make('Events', 'events');
  events.addGlobalSecondaryIndex({
    indexName: ARRIVALS,
    partitionKey: { name: 'arrivals', type: AttributeType.STRING },
    sortKey: { name: 'received_at', type: AttributeType.NUMBER },
    projectionType: ProjectionType.ALL,
    ...limits,
  });
  return { events, rollups: make('Rollups', 'rollups') };
}
