/** Requests through a client of the AWS SDK: its credentials, endpoint, proxy, retries and middleware. */
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { type Driver, REQUEST_TIMEOUT_MS, timedOut } from '../../aws/transport.js';
import { type JsonOutput, jsonCommand, ServiceErrorReply } from './commands.js';

/** `close` does nothing: whoever made the client destroys it. */
export function sdkDriver(given: DynamoDBDocumentClient | DynamoDBClient): Driver {
  // A document client has the configuration and the middleware of the client within it.
  const client = given as DynamoDBClient;
  return {
    async send(request) {
      const timeout = new AbortController();
      const timer = setTimeout(() => timeout.abort(), REQUEST_TIMEOUT_MS);
      try {
        const output = await client.send(jsonCommand(request, client), { abortSignal: timeout.signal });
        return (output as unknown as JsonOutput).reply;
      } catch (error) {
        if (error instanceof ServiceErrorReply) return error.reply;
        throw timeout.signal.aborted ? timedOut() : error;
      } finally {
        clearTimeout(timer);
      }
    },
    close() {},
  };
}
