locals {
  prefix    = "liveinsight-${var.environment}"
  is_prod   = var.environment == "prod"
  keep_data = coalesce(var.keep_data, local.is_prod)
  log_days  = coalesce(var.log_days, local.is_prod ? 30 : 7)
  buffered  = var.ingest == "buffered"
  api       = var.entry_point == "http-api"
  # The metric of what ingest has taken.
  taken   = local.buffered ? "EventsBuffered" : "EventsProcessed"
  runbook = "https://github.com/liveinsight/liveinsight/blob/main/docs/operations/runbook.md"

  # What functions find in LIVEINSIGHT_SITES: without the attributes that are not given.
  sites = [for site in var.sites : {
    for name, value in site : (name == "shard_steps" ? "shards" : name) => value if value != null
  }]
}

data "aws_region" "current" {}
