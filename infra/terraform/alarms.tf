locals {
  # With lean monitoring: events or numbers are lost or late, or functions fail.
  lean_alarms = ["api-5xx", "buffer-age", "dead-letters", "processing-errors", "rollup-lag", "undecodable-batches"]

  alarms = { for name, alarm in local.all_alarms : name => alarm if !local.lean || contains(local.lean_alarms, name) || endswith(name, "-errors") }

  all_alarms = merge(
    local.common_alarms,
    { for name, alarm in local.function_url_alarms : name => alarm if !local.api },
    { for name, alarm in local.http_api_alarms : name => alarm if local.api },
    { for name, alarm in local.buffer_alarms : name => alarm if local.buffered },
  )
}

resource "aws_cloudwatch_metric_alarm" "this" {
  for_each = local.alarms

  alarm_name          = "${local.prefix}-${each.key}"
  alarm_description   = "${each.value.description} Runbook: ${local.runbook}#${each.value.section}"
  comparison_operator = "GreaterThanOrEqualToThreshold"
  threshold           = each.value.threshold
  evaluation_periods  = each.value.periods
  treat_missing_data  = each.value.missing
  alarm_actions       = var.alarm_topic_arn[*]
  ok_actions          = var.alarm_topic_arn[*]

  dynamic "metric_query" {
    for_each = each.value.expression[*]
    content {
      id          = "share"
      expression  = metric_query.value
      label       = each.value.description
      return_data = true
    }
  }

  dynamic "metric_query" {
    for_each = each.value.metrics
    content {
      id          = metric_query.key
      return_data = each.value.expression == null

      metric {
        namespace   = metric_query.value.namespace
        metric_name = metric_query.value.name
        dimensions  = metric_query.value.dimensions
        stat        = metric_query.value.statistic
        period      = each.value.period_s
      }
    }
  }
}
