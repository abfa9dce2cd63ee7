/** The parts of AWS that the commands for a deployment ask, as a person's account would answer: on loopback, with a memory. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface LoopbackAws {
  /** For the program's environment. */
  env: Record<string, string>;
  /** Functions that may run at once. */
  concurrency: number;
  /** Why functions may not query the log; undefined where they may. */
  refused: string | undefined;
  /** By name: versions, and the one that is live. */
  functions: Map<string, { versions: number[]; live: number; shares?: Record<string, number> }>;
  /** CodeDeploy's deployments under way, by the function whose versions change. */
  canaries: Map<string, string>;
  /** What changed a canary or an alias, in order. */
  changes: string[];
  /** By id, as JSON. */
  secrets: Map<string, string>;
  /** By name. */
  tables: Map<string, { isProtected: boolean }>;
  /** How many changes of a table are answered as if one were under way. */
  busy: number;
  logs: Set<string>;
  alarms: string[];
  /** Logical ids of the resources of each stack. */
  stacks: Map<string, string[]>;
  /** Of `secrets`, those in their recovery window. */
  deletedSecrets: Set<string>;
  /** Messages in the dead-letter queue. */
  deadLetters: number;
  /** What operations are answered instead; nothing at all with `silent`. */
  answers: Map<string, (input: Record<string, string>) => Reply | 'silent' | undefined>;
  /** What happens to a request instead, by its text; `lost` executes it, and its response never arrives. */
  fault: (text: string) => Reply | 'silent' | 'cut' | 'lost' | undefined;
  /** Operations that came in AWS's older form, as the CDK asks them. */
  queries: Set<string>;
  close(): Promise<void>;
}

export type Reply = [status: number, body: object];

const notFound = (__type: string): Reply => [404, { __type, Type: 'User', message: 'there is none' }];

export async function startLoopbackAws(): Promise<LoopbackAws> {
  const server = createServer((request, response) => {
    void request.toArray().then((chunks) => {
      const body = Buffer.concat(chunks).toString();
      const operation =
        String(request.headers['x-amz-target'] ?? '')
          .split('.')
          .at(-1) ?? '';
      const url = new URL(request.url ?? '/', 'http://loopback');
      const fault = aws.fault(`${request.method} ${url.pathname} ${operation} ${body}`);
      if (fault === 'silent') return;
      if (fault === 'cut') return void request.socket.destroy();
      const query = new URLSearchParams(body);
      const action = query.get('Action');
      if (action) {
        const [status, xml] = answerQuery(action, query.get('StackName') ?? '');
        response.writeHead(status, { 'content-type': 'text/xml' }).end(xml);
        return;
      }
      const own = Array.isArray(fault)
        ? fault
        : operation
          ? aws.answers.get(operation)?.(JSON.parse(body))
          : undefined;
      if (own === 'silent') return;
      const [status, reply] =
        own ?? (operation ? json(operation, JSON.parse(body)) : lambda(request.method, url, body));
      if (fault === 'lost') return void request.socket.destroy();
      response.writeHead(status, {
        'content-type': 'application/x-amz-json-1.0',
        ...('__type' in reply ? { 'x-amzn-errortype': String(reply.__type) } : {}),
      });
      response.end(JSON.stringify(reply));
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  /** Of secrets, by the token that they were stored under. */
  const versions = new Map<string, string>();

  function json(operation: string, input: Record<string, string>): Reply {
    const id = input.SecretId ?? '';
    const secret = aws.secrets.get(id);
    const name = input.TableName ?? '';
    const table = aws.tables.get(name);
    switch (operation) {
      case 'DescribeTable':
        return table
          ? [200, { Table: { TableStatus: 'ACTIVE', DeletionProtectionEnabled: table.isProtected } }]
          : notFound('ResourceNotFoundException');
      case 'UpdateTable':
      case 'DeleteTable': {
        if (aws.busy > 0) {
          aws.busy -= 1;
          return [400, { __type: 'ResourceInUseException', message: 'the table is being updated' }];
        }
        if (operation === 'DeleteTable') aws.tables.delete(name);
        else aws.tables.set(name, { isProtected: false });
        return [200, {}];
      }
      case 'DeleteSecret':
        aws.secrets.delete(id);
        return [200, {}];
      case 'DeleteLogGroup':
        aws.logs.delete(input.logGroupName ?? '');
        return [200, {}];
      case 'GetSecretValue':
        return secret === undefined
          ? notFound('ResourceNotFoundException')
          : [200, { SecretString: versions.get(input.VersionId ?? '') ?? secret }];
      case 'DescribeSecret':
        return secret === undefined
          ? notFound('ResourceNotFoundException')
          : [
              200,
              {
                Name: id,
                ARN: `arn:secret:${id}`,
                ...(aws.deletedSecrets.has(id) ? { DeletedDate: 1 } : {}),
              },
            ];
      case 'DescribeLogGroups': {
        const fitting = [...aws.logs].filter((log) => log.startsWith(input.logGroupNamePrefix ?? ''));
        return [200, { logGroups: fitting.map((logGroupName) => ({ logGroupName })) }];
      }
      case 'PutSecretValue':
        versions.set(input.ClientRequestToken ?? '', input.SecretString ?? '');
        aws.secrets.set(id, input.SecretString ?? '');
        return [200, {}];
      case 'ListSecretVersionIds':
        return [200, { Versions: [...versions.keys()].map((VersionId) => ({ VersionId })) }];
      case 'DescribeAlarms':
        return [
          200,
          {
            MetricAlarms: aws.alarms.map((AlarmName) => ({
              AlarmName,
              ActionsEnabled: true,
              AlarmActions: ['arn:aws:sns:us-east-1:0:a'],
              // Of other deployments, all are ringing.
              StateValue: AlarmName.startsWith('liveinsight-prod-eu-') ? 'ALARM' : 'OK',
            })),
          },
        ];
      case 'DescribeContinuousBackups':
        return [
          200,
          {
            ContinuousBackupsDescription: {
              ContinuousBackupsStatus: 'ENABLED',
              PointInTimeRecoveryDescription: { PointInTimeRecoveryStatus: 'ENABLED' },
            },
          },
        ];
      case 'GetMetricStatistics':
        return [200, { Datapoints: [] }];
      case 'ListDeployments': {
        const canary = aws.canaries.get(input.deploymentGroupName ?? '');
        return canary === undefined
          ? notFound('ApplicationDoesNotExistException')
          : [200, { deployments: [canary] }];
      }
      case 'BatchGetDeployments': {
        const ids = [input.deploymentIds ?? []].flat();
        return [
          200,
          { deploymentsInfo: ids.map((deploymentId) => ({ deploymentId, status: 'InProgress' })) },
        ];
      }
      case 'StopDeployment':
        aws.changes.push(`stop ${input.deploymentId}`);
        return [200, { status: 'Succeeded' }];
      case 'GetDeployment':
        return [200, { deploymentInfo: { status: 'Stopped' } }];
      case 'GetQueueUrl':
        return [200, { QueueUrl: `${endpoint}/000000000000/${input.QueueName}` }];
      case 'GetQueueAttributes':
        return [
          200,
          { Attributes: { QueueArn: 'arn:dead', ApproximateNumberOfMessages: String(aws.deadLetters) } },
        ];
      case 'StartMessageMoveTask':
        aws.deadLetters = 0;
        return [200, { TaskHandle: 'task' }];
      default:
        return [400, { __type: 'UnknownOperationException' }];
    }
  }

  function answerQuery(operation: string, stack: string): [status: number, xml: string] {
    aws.queries.add(operation);
    const resources = aws.stacks.get(stack);
    if (operation === 'ListStackResources' && resources) {
      const members = resources.map(
        (id) =>
          `<member><LogicalResourceId>${id}</LogicalResourceId><ResourceStatus>CREATE_COMPLETE</ResourceStatus></member>`,
      );
      const summaries = `<StackResourceSummaries>${members.join('')}</StackResourceSummaries>`;
      const result = `<ListStackResourcesResult>${summaries}</ListStackResourcesResult>`;
      return [200, `<ListStackResourcesResponse>${result}</ListStackResourcesResponse>`];
    }
    if (operation !== 'GetCallerIdentity') {
      const error =
        '<Code>ValidationError</Code><Message>Stack with id LiveInsight-prod does not exist</Message>';
      return [400, `<ErrorResponse><Error><Type>Sender</Type>${error}</Error></ErrorResponse>`];
    }
    const who =
      '<Account>000000000000</Account><Arn>arn:aws:iam::000000000000:user/local</Arn><UserId>local</UserId>';
    const result = `<GetCallerIdentityResult>${who}</GetCallerIdentityResult>`;
    return [200, `<GetCallerIdentityResponse>${result}</GetCallerIdentityResponse>`];
  }

  function lambda(method: string | undefined, { pathname }: URL, body: string): Reply {
    if (pathname.includes('/account-settings')) {
      return [200, { AccountLimit: { ConcurrentExecutions: aws.concurrency } }];
    }
    const [, name = '', rest = ''] = /\/functions\/([^/]+)\/(.+)$/.exec(pathname) ?? [];
    const found = aws.functions.get(name);
    if (!found) return notFound('ResourceNotFoundException');
    if (rest === 'versions') {
      return [200, { Versions: ['$LATEST', ...found.versions.map(String)].map((Version) => ({ Version })) }];
    }
    if (rest === 'configuration') {
      const Variables = { EVENTS_TABLE: 'e', ROLLUPS_TABLE: 'r', LIVEINSIGHT_SITES: '[]' };
      return [
        200,
        {
          State: 'Active',
          LastUpdateStatus: 'Successful',
          Runtime: 'nodejs24.x',
          Environment: { Variables },
        },
      ];
    }
    // As a function of ours answers what comes by way of CloudFront.
    if (rest === 'invocations') {
      const { liveinsight, headers, rawPath, requestContext } = JSON.parse(body);
      if (liveinsight === 'check-permissions') {
        const permissions = [{ action: 'dynamodb:Query', on: 'events', error: aws.refused ?? null }];
        return [200, { permissions }];
      }
      const known =
        headers['x-liveinsight-origin'] ===
        JSON.parse(aws.secrets.get('liveinsight/prod/origin') ?? '{}').current;
      const statusCode = known ? (requestContext.http.method === 'OPTIONS' ? 204 : 200) : 403;
      const reply = rawPath === '/api/status' ? '{"status":"success","data":{"tails":[]}}' : '';
      return [200, { statusCode, headers: { 'access-control-allow-origin': '*' }, body: reply }];
    }
    if (method === 'PUT') {
      const { FunctionVersion, RoutingConfig } = JSON.parse(body);
      aws.changes.push(`${name} to ${FunctionVersion}`);
      found.live = Number(FunctionVersion);
      found.shares = RoutingConfig.AdditionalVersionWeights;
    }
    return [
      200,
      {
        FunctionVersion: String(found.live),
        Name: 'live',
        RoutingConfig: { AdditionalVersionWeights: found.shares ?? {} },
      },
    ];
  }

  const aws: LoopbackAws = {
    env: {
      AWS_REGION: 'us-east-1',
      AWS_ACCESS_KEY_ID: 'local',
      AWS_SECRET_ACCESS_KEY: 'local',
      AWS_ENDPOINT_URL: endpoint,
    },
    concurrency: 1_000,
    refused: undefined,
    functions: new Map(),
    canaries: new Map(),
    changes: [],
    secrets: new Map(),
    tables: new Map(),
    busy: 0,
    logs: new Set(),
    alarms: ['liveinsight-prod-api-5xx', 'liveinsight-prod-eu-api-5xx'],
    stacks: new Map(),
    answers: new Map(),
    fault: () => undefined,
    deletedSecrets: new Set(),
    deadLetters: 0,
    queries: new Set(),
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
  return aws;
}
