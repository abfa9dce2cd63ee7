# The deployment at a glance, in CloudWatch.

locals {
  shown_functions = sort(keys(local.functions))
  graphs = [
    { title = "Events", metrics = [for name in ["EventsProcessed", "BotEvents", "EventsRejected", "EventsRetried"] : ["LiveInsight", name, "Environment", var.environment, { stat = "Sum" }]] },
    { title = "Time per ingest request (ms)", metrics = [for stat in ["p50", "p99"] : ["LiveInsight", "ProcessingTime", "Environment", var.environment, { stat = stat }]] },
    { title = "Roll-up lag (s)", metrics = [["LiveInsight", "RollupLag", "Environment", var.environment, { stat = "Maximum" }]] },
    { title = "Invocations", metrics = [for name in local.shown_functions : ["AWS/Lambda", "Invocations", "FunctionName", "${local.prefix}-${name}", { stat = "Sum" }]] },
    { title = "Errors", metrics = [for name in local.shown_functions : ["AWS/Lambda", "Errors", "FunctionName", "${local.prefix}-${name}", { stat = "Sum" }]] },
    { title = "Duration", metrics = [for name in local.shown_functions : ["AWS/Lambda", "Duration", "FunctionName", "${local.prefix}-${name}", { stat = "Average" }]] },
    { title = "Write units", metrics = [for table in ["events", "rollups"] : ["AWS/DynamoDB", "ConsumedWriteCapacityUnits", "TableName", "${local.prefix}-${table}", { stat = "Sum" }]] },
    { title = "Read units", metrics = [for table in ["events", "rollups"] : ["AWS/DynamoDB", "ConsumedReadCapacityUnits", "TableName", "${local.prefix}-${table}", { stat = "Sum" }]] },
    { title = "Stats behind (ms)", metrics = [for stat in ["p50", "Maximum"] : ["LiveInsight", "StatsLag", "Environment", var.environment, { stat = stat }]] },
    { title = "Concurrent executions", metrics = [for name in local.shown_functions : ["AWS/Lambda", "ConcurrentExecutions", "FunctionName", "${local.prefix}-${name}", { stat = "Maximum" }]] },
  ]
}

resource "aws_cloudwatch_dashboard" "operations" {
  count = local.lean ? 0 : 1

  dashboard_name = "${local.prefix}-operations"
  dashboard_body = jsonencode({
    widgets = concat(
      [{ type = "alarm", x = 0, y = 0, width = 24, height = 4, properties = { title = "Alarms", alarms = [for alarm in aws_cloudwatch_metric_alarm.this : alarm.arn] } }],
      [for at, graph in local.graphs : {
        type       = "metric", x = 8 * (at % 3), y = 4 + 6 * floor(at / 3), width = 8, height = 6,
        properties = { title = graph.title, metrics = graph.metrics, region = data.aws_region.current.region, period = 300, view = "timeSeries" }
      }],
    )
  })
}
