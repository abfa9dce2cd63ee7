/** What both tables hold of a site, as raw items, and the tables set back to it. */
import {
  type AttributeValue,
  DeleteItemCommand,
  DynamoDBClient,
  PutItemCommand,
  QueryCommand,
} from '@aws-sdk/client-dynamodb';

type Item = Record<string, AttributeValue>;

export interface TableBackup {
  /** Writes back what has gone or changed since, and deletes what has come. */
  restore(): Promise<void>;
}

export interface BackedUpSite {
  id: string;
  sessions: string[];
  shards: number;
}

export async function backUpTables(endpoint: string, site: BackedUpSite): Promise<TableBackup> {
  const credentials = { accessKeyId: 'any', secretAccessKey: 'any' };
  const client = new DynamoDBClient({ endpoint, region: 'us-east-1', credentials });
  const partitions = listPartitions(site).map((partition) => ({ ...partition, items: [] as Item[] }));
  const read = async (TableName: string, pk: string): Promise<Item[]> => {
    const { Items = [] } = await client.send(
      new QueryCommand({
        TableName,
        ConsistentRead: true,
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': { S: pk } },
      }),
    );
    return Items;
  };
  await Promise.all(
    partitions.map(async (partition) => {
      partition.items = await read(partition.TableName, partition.pk);
    }),
  );
  return {
    async restore() {
      await Promise.all(
        partitions.map(async ({ TableName, pk, items }) => {
          const known = new Set(items.map(({ sk }) => JSON.stringify(sk)));
          const later = (await read(TableName, pk)).filter(({ sk }) => !known.has(JSON.stringify(sk)));
          await Promise.all([
            ...items.map((Item) => client.send(new PutItemCommand({ TableName, Item }))),
            ...later.map(({ sk }) =>
              client.send(
                new DeleteItemCommand({ TableName, Key: { pk: { S: pk }, ...(sk ? { sk } : {}) } }),
              ),
            ),
          ]);
        }),
      );
      client.destroy();
    },
  };
}

function listPartitions({ id, sessions, shards }: BackedUpSite): { TableName: string; pk: string }[] {
  const kinds = ['hour', 'day', 'month', 'day-pairs', 'month-pairs'];
  const states = Array.from({ length: shards }, (_, shard) => kinds.map((kind) => `${id}#${shard}#${kind}`));
  return [
    ...sessions.map((session) => ({ TableName: 'liveinsight-events', pk: `${id}#${session}` })),
    ...[...states.flat(), `${id}#marks`].map((pk) => ({ TableName: 'liveinsight-rollups', pk })),
  ];
}
