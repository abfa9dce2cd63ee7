locals {
  prefix    = "liveinsight-${var.environment}"
  is_prod   = var.environment == "prod"
  keep_data = coalesce(var.keep_data, local.is_prod)
  log_days  = coalesce(var.log_days, local.is_prod ? 30 : 7)
  buffered  = var.ingest == "buffered"
  api       = var.entry_point == "http-api"
  lean      = var.monitoring == "lean"

  rollup_every_minutes = coalesce(var.rollup_every_minutes, local.lean ? 15 : 5)

  # Regions without function URLs, by the resource specifications that cfn-lint 1.58 ships (October 2026).
  without_function_urls = [
    "ap-east-2", "ap-south-2", "ap-southeast-4", "ap-southeast-5", "ap-southeast-6", "ap-southeast-7", "ca-west-1",
    "cn-northwest-1", "eu-central-2", "il-central-1", "me-central-1", "mx-central-1", "us-gov-east-1", "us-gov-west-1",
  ]

  # The metric of what ingest has taken.
  taken   = local.buffered ? "EventsBuffered" : "EventsProcessed"
  runbook = "https://github.com/liveinsight/liveinsight/blob/main/docs/operations/runbook.md"

  # What functions find in LIVEINSIGHT_SITES: without the attributes that are not given.
  sites = [for site in var.sites : {
    for name, value in site : (name == "shard_steps" ? "shards" : name) => value if value != null
  }]
}

data "aws_region" "current" {}
