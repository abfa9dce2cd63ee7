/** A way to AWS's services by which each call is held against the role of a function: recorded, and denied where IAM would. */
import { request as forward } from 'node:http';
import type { Statement, Synthesised } from '../deployments.js';
import { reply, type Service, serve } from './loopback-services.js';

/** What a call needs of a role. */
interface Need {
  action: string;
  /** Logical id of the resource in the template. */
  resource: string;
  isIndex: boolean;
  leadingKeys: string[];
}

export interface Guard extends Service {
  /** Calls that the role does not allow. */
  denied: Set<string>;
  /** Of the role: `sid action pattern`, of every grant that a call needed. */
  used: Set<string>;
  /** How far the services' clock is ahead, in ms. */
  aheadMs: number;
}

type ServiceName = 'dynamodb' | 'secretsmanager' | 'sqs';

export async function startGuard(
  endpoints: Record<ServiceName, string>,
  stack: Synthesised,
  statements: Statement[],
): Promise<Guard> {
  const find = needFinder(stack);
  const service = await serve((operation, body, { headers, url }, response) => {
    const name = /\/(\w+)\/aws4_request/.exec(headers.authorization ?? '')?.[1] as ServiceName;
    const need = find(name, operation, JSON.parse(body.toString()));
    const grants = statements.flatMap((statement) => grantsFor(statement, need));
    if (grants.length === 0) {
      guard.denied.add(
        `${need.action} on ${need.resource}${need.isIndex ? '/index' : ''} ${need.leadingKeys}`,
      );
      const message = `not authorized to perform: ${need.action}`;
      reply(response, 400, { __type: 'com.amazon.coral.service#AccessDeniedException', message });
      return;
    }
    for (const grant of grants) guard.used.add(grant);
    const onward = forward(endpoints[name] + (url ?? '/'), { method: 'POST', headers }, (answer) => {
      const date = new Date(Date.now() + guard.aheadMs).toUTCString();
      response.writeHead(answer.statusCode ?? 500, { ...answer.headers, date });
      answer.pipe(response);
    });
    onward.end(body);
  });
  const guard: Guard = { ...service, denied: new Set(), used: new Set(), aheadMs: 0 };
  return guard;
}

/** Every grant of a role on tables, secrets and the queue's sending side, as `used` names them. */
export const listGrants = (statements: Statement[]): string[] =>
  statements.flatMap((statement) =>
    statement.Action.filter((action) => /^(dynamodb|secretsmanager|sqs):/.test(action)).flatMap((action) =>
      patternsOf(statement).map((pattern) => toGrant(statement, action, pattern)),
    ),
  );

const patternsOf = ({ Condition }: Statement) =>
  Condition?.['ForAllValues:StringLike']?.['dynamodb:LeadingKeys'] ?? ['*'];

const toGrant = ({ Sid = '' }: Statement, action: string, pattern: string) =>
  `${Sid} ${action} ${pattern}`.trim();

function grantsFor(statement: Statement, { action, resource, isIndex, leadingKeys }: Need): string[] {
  const isGranted =
    statement.Effect === 'Allow' &&
    statement.Action.includes(action) &&
    statement.Resource.map((one) => JSON.stringify(one)).some(
      (text) => text.includes(`"${resource}"`) && text.includes('/index/') === isIndex,
    );
  if (!isGranted) return [];
  const patterns = patternsOf(statement);
  const fitting = leadingKeys.map((key) => patterns.filter((pattern) => isLike(pattern, key)));
  if (fitting.some((found) => found.length === 0)) return [];
  return (leadingKeys.length === 0 ? patterns : fitting.flat()).map((pattern) =>
    toGrant(statement, action, pattern),
  );
}

/** As IAM's `StringLike`. */
const isLike = (pattern: string, text: string) =>
  new RegExp(`^${pattern.replace(/[.+^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*')}$`, 's').test(text);

interface Input {
  TableName?: string;
  IndexName?: string;
  Key?: { pk: { S: string } };
  Item?: { pk: { S: string } };
  KeyConditionExpression?: string;
  ExpressionAttributeValues?: Record<string, { S?: string }>;
  Statements?: { Statement: string; Parameters: { S?: string }[] }[];
  SecretId?: string;
  QueueUrl?: string;
}

function needFinder({ resources }: Synthesised) {
  const idOf = (property: string, name: string | undefined) => {
    const found = resources.find(([, { Properties }]) => Properties?.[property] === name);
    if (!name || !found) throw new Error(`the template has no ${property} ${name}`);
    return found[0];
  };
  return (service: ServiceName, operation: string, input: Input): Need => {
    const rest = { isIndex: input.IndexName !== undefined, leadingKeys: [] as string[] };
    if (service === 'secretsmanager')
      return { action: `secretsmanager:${operation}`, resource: idOf('Name', input.SecretId), ...rest };
    if (service === 'sqs') {
      const queue = input.QueueUrl?.split('/').at(-1);
      return { action: `sqs:${operation}`, resource: idOf('QueueName', queue), ...rest };
    }
    const { Statements } = input;
    if (Statements) {
      const tables = new Set(
        Statements.map(({ Statement }) => /^INSERT INTO "([^"]+)"/.exec(Statement)?.[1]),
      );
      if (tables.size !== 1) throw new Error('statements of more than one table, or other than inserts');
      return { action: 'dynamodb:PartiQLInsert', resource: idOf('TableName', [...tables][0]), ...rest };
    }
    const [, partition = ''] = /^\w+ = (:\w+)/.exec(input.KeyConditionExpression ?? '') ?? [];
    const key = input.Key?.pk.S ?? input.Item?.pk.S ?? input.ExpressionAttributeValues?.[partition]?.S;
    if (key === undefined) throw new Error(`${operation} without a partition key: ${JSON.stringify(input)}`);
    return {
      action: `dynamodb:${operation}`,
      resource: idOf('TableName', input.TableName),
      ...rest,
      leadingKeys: [key],
    };
  };
}
