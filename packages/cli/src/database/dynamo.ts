/** DynamoDB in place of the folder's own database, for development. */
import type { Store } from '@liveinsight/collector';
import { createTables, dynamoStore } from '@liveinsight/collector/dynamodb';
import { lean } from '@liveinsight/collector/lean';
import { CliError } from '../cli-error.js';
import { toCliError } from '../error-hints.js';
import type { DataFolder } from './data-folder.js';

/** @param endpoint its URL, where missing tables are created; `true` for the AWS account of the environment, where none are */
export async function openDynamo(folder: DataFolder, endpoint: string | true): Promise<Store> {
  // The secret and the key are stored there.
  folder.make();
  if (endpoint !== true && !URL.canParse(endpoint))
    throw new CliError(`--dynamodb ${endpoint} is not a URL`, 'Use a URL like http://localhost:8000.');
  const options = { driver: lean(endpoint === true ? {} : { endpoint }) };
  const store = dynamoStore(options);
  try {
    if (endpoint !== true) await createTables({ driver: lean({ endpoint }) });
    await store.ping();
    return store;
  } catch (error) {
    await store.close();
    throw toCliError(error);
  }
}
