/** What a million events cost on AWS, component by component, and what a deployment costs that gets none. */

const MILLION = 1e6;
const GB = 1e9;
/** What DynamoDB adds to each item, and to its entry in the index, where it charges for storage. */
const STORED_BESIDE_BYTES = 100;
const WRITE_UNIT_BYTES = 1024;

/**
 * @param {Record<string, any>} prices
 * @param {Record<string, any>} load
 * @returns {Record<string, number>} dollars per million events, by component
 */
export function perMillionEvents(prices, load) {
  const requests = load.events / load.events_per_request;
  const writes = requests * load.write_units_per_batch;
  const millions = load.events / MILLION;
  const puts = (load.rollup_write_units + load.columns_write_units) * millions;
  const reads = load.rollup_read_units * millions;
  const storedGb = (requests * (load.item_bytes + STORED_BESIDE_BYTES)) / GB;
  const months = load.retention_days / 30;
  // Parts are at most as large as the units that their writes took.
  const columnsGb = (load.columns_write_units * WRITE_UNIT_BYTES * millions) / GB;
  const columnsMonths = load.columns_retention_days / 30;
  const million = (/** @type {number} */ count, /** @type {string} */ price) =>
    (count / MILLION) * prices[price];
  const seconds = (requests * load.ingest_ms) / 1000;
  const drains = requests / load.drain_batches_per_call;
  return {
    log: million(writes, 'dynamodb_write_units_million'),
    index: million(writes, 'dynamodb_write_units_million'),
    rollups: million(puts, 'dynamodb_write_units_million') + million(reads, 'dynamodb_read_units_million'),
    links: million(load.link_write_units * millions, 'dynamodb_write_units_million'),
    storage: months * 2 * storedGb * prices.dynamodb_storage_gb_month,
    columns: columnsMonths * columnsGb * prices.dynamodb_storage_gb_month,
    recovery: (months * storedGb + columnsMonths * columnsGb) * prices.dynamodb_recovery_gb_month,
    ingest:
      million(requests, 'lambda_requests_million') +
      seconds * load.ingest_memory_gb * prices.lambda_gb_second,
    metrics: ((requests * load.log_bytes_per_request) / GB) * prices.logs_gb,
    cloudfront:
      million(requests, 'cloudfront_requests_million') +
      ((requests * load.reply_bytes) / GB) * prices.cloudfront_out_gb,
    http_api: million(requests, 'http_api_requests_million'),
    // One send for each batch; a receive and a delete for ten.
    buffer:
      million(1.2 * requests, 'sqs_requests_million') +
      million(drains, 'lambda_requests_million') +
      ((drains * load.drain_ms) / 1000) * load.ingest_memory_gb * prices.lambda_gb_second,
    firewall: million(requests, 'waf_requests_million'),
  };
}

/** What a million events cost at every entry point, without the recovery of tables. */
export const COMPONENTS = ['log', 'index', 'links', 'rollups', 'storage', 'columns', 'ingest', 'metrics'];

/**
 * The sums by entry point; CloudFront, which stands before either, has 10 million requests a month free.
 * @param {Record<string, number>} cost of a million events, by component
 */
export function entryPointCosts(cost) {
  const at = (/** @type {string} */ name) => cost[name] ?? 0;
  const base = COMPONENTS.reduce((sum, name) => sum + at(name), 0);
  return { functionUrl: base, httpApi: base + at('http_api'), cloudfront: at('cloudfront') };
}

const CUSTOM_METRICS = 15;
const SECRETS = 4;
const FIREWALL_RULES = 2;
const MINUTES_A_MONTH = 60 * 24 * 30;
/** By `monitoring`, in minutes. */
const ROLLUP_EVERY = { full: 5, lean: 15 };
/** Mostly waiting: 1.77 GB for a second. */
const ROUND_GB_SECONDS = 1.77;

/**
 * Without events. CloudWatch charges a metric for the hours in which it gets values: one, then.
 * @param {Record<string, any>} prices
 * @param {Record<string, any>} load
 * @param {'full' | 'lean'} monitoring
 * @returns {Record<string, number>} dollars a month, by component
 */
export function perMonth(prices, load, monitoring = 'full') {
  const isLean = monitoring === 'lean';
  const rounds = MINUTES_A_MONTH / ROLLUP_EVERY[monitoring];
  const reads = (rounds * load.idle_round_reads * prices.dynamodb_read_units_million) / MILLION;
  return {
    // Each metric that an alarm looks at costs by itself.
    alarms: (isLean ? load.lean_alarm_metrics : load.alarm_metrics) * prices.alarm_metric_month,
    metrics: load.idle_metrics * prices.metric_month,
    dashboard: isLean ? 0 : prices.dashboard_month,
    secrets: SECRETS * prices.secret_month,
    rollup: rounds * ROUND_GB_SECONDS * prices.lambda_gb_second + reads,
    firewall: prices.waf_month + FIREWALL_RULES * prices.waf_rule_month,
  };
}

/** What the metrics cost that events bring. @param {Record<string, any>} prices @param {Record<string, any>} load */
export const metricsOfEvents = (prices, load) => (CUSTOM_METRICS - load.idle_metrics) * prices.metric_month;
