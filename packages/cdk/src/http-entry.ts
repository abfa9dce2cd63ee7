/** The origin of CloudFront: the URL of each function, or one HTTP API. A secret header proves that requests come from CloudFront. */
import { Fn, RemovalPolicy, Validations } from 'aws-cdk-lib';
import { type CfnStage, HttpApi, HttpMethod, LogGroupLogDestination } from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import type { IOrigin } from 'aws-cdk-lib/aws-cloudfront';
import { FunctionUrlOrigin, HttpOrigin } from 'aws-cdk-lib/aws-cloudfront-origins';
import { FunctionUrlAuthType } from 'aws-cdk-lib/aws-lambda';
import { LogGroup, type RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import type { DeployedFunction } from './deployed-function.js';
import { type Deployment, resourceName } from './options.js';
import type { Secrets } from './secrets.js';

/** The header of the collector's functions, which CloudFront overwrites if a client sends it. */
const ORIGIN_HEADER = 'x-liveinsight-origin';

export type Served = 'ingest' | 'read' | 'admin';

export interface EntryPoint {
  origins: Record<Served, IOrigin>;
  api?: HttpApi;
}

/** Ingest answers `GET` there, as pages and mails load it. */
const PIXEL = '/p.gif';

/** Routes of the API that ingest and administration answer, with and without `/api`; all others are the read API's. */
const ROUTES: [route: string, served: Served][] = [
  ['/events', 'ingest'],
  [PIXEL, 'ingest'],
  ['/import', 'admin'],
  ['/users', 'admin'],
  ['/visitors', 'admin'],
  ['/values', 'admin'],
  ['/annotations', 'admin'],
  ['/alerts', 'admin'],
  ['/funnels', 'admin'],
  ['/exclusions', 'admin'],
  ['/goals', 'admin'],
  ['/page-groups', 'admin'],
  ['/segments', 'admin'],
];

/** As CloudFront has them: it takes the first that fits. */
export const PATHS = ROUTES.flatMap(([route, served]) => [
  { path: `/api${route}*`, served },
  { path: `${route}*`, served },
]);

export function createEntryPoint(
  scope: Construct,
  functions: Record<Served, DeployedFunction>,
  { origin }: Secrets,
  deployment: Deployment,
): EntryPoint {
  // A reference that CloudFormation resolves when it deploys: the value is in no template.
  const customHeaders = { [ORIGIN_HEADER]: origin.secretValueFromJson('current').unsafeUnwrap() };
  if (deployment.entryPoint === 'http-api') {
    const api = createApi(scope, functions, deployment);
    const one = new HttpOrigin(Fn.select(2, Fn.split('/', api.apiEndpoint)), { customHeaders });
    return { origins: { ingest: one, read: one, admin: one }, api };
  }
  const createOrigin = (served: Served) =>
    // No origin access control: it would have browsers sign what they post, which beacons can't.
    new FunctionUrlOrigin(functions[served].live.addFunctionUrl({ authType: FunctionUrlAuthType.NONE }), {
      customHeaders,
      originId: served,
    });
  return {
    origins: { ingest: createOrigin('ingest'), read: createOrigin('read'), admin: createOrigin('admin') },
  };
}

/** Ingest takes POST requests, and loads of the pixel; the read API answers all others of its paths: 405. */
function getMethods(path: string, served: Served): HttpMethod[] {
  if (served !== 'ingest') return [HttpMethod.ANY];
  return [path.endsWith(PIXEL) ? HttpMethod.GET : HttpMethod.POST];
}

function createApi(
  scope: Construct,
  functions: Record<Served, DeployedFunction>,
  deployment: Deployment,
): HttpApi {
  const integrations = {
    ingest: new HttpLambdaIntegration('Ingest', functions.ingest.live),
    read: new HttpLambdaIntegration('Read', functions.read.live),
    admin: new HttpLambdaIntegration('Admin', functions.admin.live),
  };
  const api = new HttpApi(scope, 'Api', {
    apiName: resourceName(deployment, 'api'),
    defaultIntegration: integrations.read,
    createDefaultStage: false,
  });
  for (const { path, served } of PATHS) {
    const exact = path.slice(0, -1);
    const methods = getMethods(exact, served);
    for (const route of [exact, `${exact}/{rest+}`]) {
      api.addRoutes({ path: route, methods, integration: integrations[served] });
    }
  }
  const log = new LogGroup(scope, 'ApiLog', {
    logGroupName: `/aws/apigateway/${resourceName(deployment, 'api')}`,
    retention: deployment.logDays as RetentionDays,
    // A log that stays would stop the next deployment of the same name.
    removalPolicy: RemovalPolicy.DESTROY,
  });
  const stage = api.addStage('Stage', {
    autoDeploy: true,
    accessLogSettings: { destination: new LogGroupLogDestination(log) },
    detailedMetricsEnabled: false,
  });
  // Neither addresses nor user agents: those are used and dropped, never kept.
  (stage.node.defaultChild as CfnStage).addPropertyOverride(
    'AccessLogSettings.Format',
    '{"id":"$context.requestId","status":$context.status,"ms":$context.responseLatency,"route":"$context.routeKey","error":"$context.integrationErrorMessage"}',
  );
  Validations.of(api).acknowledge({
    id: 'AwsSolutions-APIG4',
    reason: 'events come from anonymous visitors; the collector requires keys for reading and administration',
  });
  return api;
}
