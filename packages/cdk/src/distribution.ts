/** One domain for all: events, the read API, the tracker and the dashboard, through CloudFront. */
import { Duration, Validations } from 'aws-cdk-lib';
import {
  AllowedMethods,
  type BehaviorOptions,
  CacheCookieBehavior,
  CacheHeaderBehavior,
  CachePolicy,
  CacheQueryStringBehavior,
  Distribution,
  Function as EdgeFunction,
  FunctionCode,
  FunctionEventType,
  FunctionRuntime,
  HeadersFrameOption,
  HttpVersion,
  OriginRequestHeaderBehavior,
  OriginRequestPolicy,
  OriginRequestQueryStringBehavior,
  PriceClass,
  ResponseHeadersPolicy,
  SecurityPolicyProtocol,
  ViewerProtocolPolicy,
} from 'aws-cdk-lib/aws-cloudfront';
import { S3BucketOrigin } from 'aws-cdk-lib/aws-cloudfront-origins';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { createFirewall } from './firewall.js';
import { type EntryPoint, PATHS } from './http-entry.js';
import { type Deployment, resourceName } from './options.js';

/** What the collector reads of a request; Host stays the function's own. */
const FORWARDED = [
  'Origin',
  'User-Agent',
  'X-API-Key',
  'Last-Event-ID',
  'Content-Encoding',
  'CloudFront-Viewer-Address',
  'CloudFront-Viewer-Country',
  'CloudFront-Viewer-Country-Region-Name',
  'CloudFront-Viewer-City',
];

/** As the collector serves the dashboard: it runs its own files alone and talks to its own origin alone. */
const DASHBOARD_POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; " +
  "connect-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** `/dashboard` is a page, and files name each other relative to `/dashboard/`. */
const DASHBOARD_INDEX = `function handler(event) {
  var request = event.request;
  if (request.uri === '/dashboard') {
    return { statusCode: 308, statusDescription: 'Permanent Redirect', headers: { location: { value: '/dashboard/' } } };
  }
  if (request.uri === '/dashboard/') request.uri = '/dashboard/index.html';
  return request;
}
`;

/**
 * Behaviours match paths, not methods. This function sends `GET` and `HEAD` requests of the events' path to the read API, which
 * responds 405; all other methods, and loads of the pixel, go to ingest, as the behaviour says.
 */
const READS_OF_EVENTS = `import cf from 'cloudfront';
function handler(event) {
  var method = event.request.method;
  var isPixel = /\\.gif$/.test(event.request.uri);
  if (!isPixel && (method === 'GET' || method === 'HEAD')) cf.selectRequestOriginById('read');
  return event.request;
}
`;

export function createDistribution(
  scope: Construct,
  { origins, api: gateway }: EntryPoint,
  files: Bucket,
  deployment: Deployment,
): Distribution {
  const { domain, firewall } = deployment;
  const api: Omit<BehaviorOptions, 'origin'> = {
    allowedMethods: AllowedMethods.ALLOW_ALL,
    cachePolicy: neverCached(scope, deployment),
    originRequestPolicy: new OriginRequestPolicy(scope, 'Forwarded', {
      originRequestPolicyName: resourceName(deployment, 'forwarded'),
      headerBehavior: OriginRequestHeaderBehavior.allowList(...FORWARDED),
      queryStringBehavior: OriginRequestQueryStringBehavior.all(),
    }),
    viewerProtocolPolicy: ViewerProtocolPolicy.HTTPS_ONLY,
  };
  const bucket = S3BucketOrigin.withOriginAccessControl(files);
  const fromBucket = { viewerProtocolPolicy: ViewerProtocolPolicy.REDIRECT_TO_HTTPS, compress: true };
  const dashboard: BehaviorOptions = {
    ...fromBucket,
    origin: bucket,
    responseHeadersPolicy: dashboardHeaders(scope, deployment),
    ...viewerRequestFunction(
      scope,
      'DashboardIndex',
      resourceName(deployment, 'dashboard-index'),
      DASHBOARD_INDEX,
    ),
  };
  const byMethod = gateway
    ? {}
    : viewerRequestFunction(
        scope,
        'ReadsOfEvents',
        resourceName(deployment, 'reads-of-events'),
        READS_OF_EVENTS,
      );
  const distribution = new Distribution(scope, 'Distribution', {
    comment: `${resourceName(deployment, 'analytics')}, origin secret ${deployment.originRotation ?? 1}`,
    defaultBehavior: { ...api, origin: origins.read },
    additionalBehaviors: {
      ...Object.fromEntries(
        PATHS.map(({ path, served }) => [
          path,
          { ...api, origin: origins[served], ...(served === 'ingest' ? byMethod : {}) },
        ]),
      ),
      '/liveinsight*.js': {
        ...fromBucket,
        origin: bucket,
        responseHeadersPolicy: trackerHeaders(scope, deployment),
      },
      '/dashboard': dashboard,
      '/dashboard/*': dashboard,
    },
    httpVersion: HttpVersion.HTTP2_AND_3,
    priceClass: PriceClass.PRICE_CLASS_ALL,
    // CloudFront's own certificate has a fixed policy; CDK warns if another one is set.
    ...(domain && {
      domainNames: domain.names,
      certificate: domain.certificate,
      minimumProtocolVersion: SecurityPolicyProtocol.TLS_V1_2_2021,
    }),
    ...(firewall ? { webAclId: createFirewall(scope, firewall, deployment).attrArn } : {}),
  });
  acknowledge(distribution, deployment);
  return distribution;
}

function viewerRequestFunction(scope: Construct, id: string, functionName: string, code: string) {
  const made = new EdgeFunction(scope, id, {
    functionName,
    code: FunctionCode.fromInline(code),
    runtime: FunctionRuntime.JS_2_0,
  });
  return { functionAssociations: [{ eventType: FunctionEventType.VIEWER_REQUEST, function: made }] };
}

/** Nothing is cached; the header is here because a policy of requests may not name it. */
function neverCached(scope: Construct, deployment: Deployment): CachePolicy {
  return new CachePolicy(scope, 'NeverCached', {
    cachePolicyName: resourceName(deployment, 'never-cached'),
    minTtl: Duration.seconds(0),
    defaultTtl: Duration.seconds(0),
    // None at all would forbid naming headers; every reply of the API says `no-store`.
    maxTtl: Duration.seconds(1),
    headerBehavior: CacheHeaderBehavior.allowList('Authorization'),
    queryStringBehavior: CacheQueryStringBehavior.all(),
    cookieBehavior: CacheCookieBehavior.none(),
    // The functions compress their answers themselves, and declare here by what.
    enableAcceptEncodingGzip: true,
    enableAcceptEncodingBrotli: true,
  });
}

function dashboardHeaders(scope: Construct, deployment: Deployment): ResponseHeadersPolicy {
  return new ResponseHeadersPolicy(scope, 'DashboardHeaders', {
    responseHeadersPolicyName: resourceName(deployment, 'dashboard'),
    securityHeadersBehavior: {
      contentSecurityPolicy: { contentSecurityPolicy: DASHBOARD_POLICY, override: true },
      contentTypeOptions: { override: true },
      frameOptions: { frameOption: HeadersFrameOption.DENY, override: true },
      referrerPolicy: { referrerPolicy: 'no-referrer' as never, override: true },
      strictTransportSecurity: { accessControlMaxAge: Duration.days(365), override: true },
    },
    customHeadersBehavior: {
      customHeaders: [{ header: 'cross-origin-opener-policy', value: 'same-origin', override: true }],
    },
  });
}

/** Any page may embed the script. */
function trackerHeaders(scope: Construct, deployment: Deployment): ResponseHeadersPolicy {
  return new ResponseHeadersPolicy(scope, 'TrackerHeaders', {
    responseHeadersPolicyName: resourceName(deployment, 'tracker'),
    securityHeadersBehavior: { contentTypeOptions: { override: true } },
    customHeadersBehavior: {
      customHeaders: [
        { header: 'cross-origin-resource-policy', value: 'cross-origin', override: true },
        { header: 'access-control-allow-origin', value: '*', override: true },
      ],
    },
  });
}

function acknowledge(distribution: Distribution, { domain, firewall }: Deployment): void {
  const because = (id: string, reason: string) =>
    Validations.of(distribution).acknowledge({ id: `AwsSolutions-${id}`, reason });
  because('CFR1', 'visitors can come from any country');
  because('CFR3', 'access logs would store the IP addresses of visitors, which LiveInsight never stores');
  if (!firewall) because('CFR2', 'optional because of its price: set `firewall`');
  if (!domain)
    because(
      'CFR4',
      'the default domain of CloudFront has its own certificate; with `domain`, the minimum is TLS 1.2',
    );
}
