# The functions: each with a role of its own, a log of its own, and an alias that versions take over.

locals {
  all_functions = {
    ingest = {
      handler   = local.buffered ? "buffered-ingest.handler" : "ingest.handler"
      memory_mb = 512
      timeout_s = 15
      secrets   = ["secret", "origin"]
    }
    read = {
      handler   = "collector.handler"
      memory_mb = 1024
      timeout_s = 29
      secrets   = ["secret", "read-keys", "admin-keys", "origin"]
    }
    admin = {
      handler   = "collector.handler"
      memory_mb = 1024
      timeout_s = 29
      secrets   = ["secret", "read-keys", "admin-keys", "origin"]
    }
    rollup = {
      handler   = "rollup.handler"
      memory_mb = 1769
      timeout_s = 300
      secrets   = ["secret"]
    }
    drain = {
      handler   = "drain.handler"
      memory_mb = 512
      timeout_s = 60
      secrets   = []
    }
  }

  functions = { for name, shape in local.all_functions : name => shape if name != "drain" || local.buffered }

  # The same for all functions of one state: a rollback finds versions that belong together by it.
  release = substr(sha256(jsonencode([
    data.archive_file.functions.output_base64sha256, local.sites, var.default_site, var.ingest, var.tracing, local.functions,
  ])), 0, 8)

  # Of each secret, the variable that its id is in.
  secret_variables = {
    secret     = "LIVEINSIGHT_SECRET_ID"
    read-keys  = "LIVEINSIGHT_READ_KEYS_ID"
    admin-keys = "LIVEINSIGHT_ADMIN_KEYS_ID"
    origin     = "LIVEINSIGHT_ORIGIN_ID"
  }
}

data "archive_file" "functions" {
  type        = "zip"
  source_dir  = "${var.package_dir}/dist/functions"
  output_path = "${path.root}/.terraform/liveinsight-${var.environment}.zip"
}

resource "aws_cloudwatch_log_group" "function" {
  for_each = local.functions

  name              = "/aws/lambda/${local.prefix}-${each.key}"
  retention_in_days = local.log_days
}

resource "aws_lambda_function" "this" {
  for_each = local.functions

  function_name    = "${local.prefix}-${each.key}"
  role             = aws_iam_role.function[each.key].arn
  runtime          = "nodejs24.x"
  architectures    = ["arm64"]
  filename         = data.archive_file.functions.output_path
  source_code_hash = data.archive_file.functions.output_base64sha256
  handler          = each.value.handler
  memory_size      = each.value.memory_mb
  timeout          = each.value.timeout_s
  publish          = true
  # -1 is AWS's word for none.
  reserved_concurrent_executions = try(var.reserved_concurrency[each.key], -1)

  logging_config {
    log_group        = aws_cloudwatch_log_group.function[each.key].name
    log_format       = "JSON"
    system_log_level = "WARN"
  }

  tracing_config {
    mode = var.tracing ? "Active" : "PassThrough"
  }

  environment {
    variables = merge(
      {
        RELEASE           = local.release
        ENVIRONMENT       = var.environment
        EVENTS_TABLE      = aws_dynamodb_table.events.name
        ROLLUPS_TABLE     = aws_dynamodb_table.rollups.name
        LIVEINSIGHT_SITES = jsonencode(local.sites)
      },
      var.default_site == null ? {} : { LIVEINSIGHT_DEFAULT_SITE = var.default_site },
      { for secret in each.value.secrets : local.secret_variables[secret] => aws_secretsmanager_secret.this[secret].arn },
      local.buffered && each.key == "ingest" ? { BUFFER_QUEUE_URL = one(aws_sqs_queue.buffer[*].url) } : {},
    )
  }
}

resource "aws_lambda_alias" "live" {
  for_each = local.functions

  name             = "live"
  function_name    = aws_lambda_function.this[each.key].function_name
  function_version = aws_lambda_function.this[each.key].version
}

resource "aws_cloudwatch_event_rule" "rollup" {
  name                = "${local.prefix}-rollup"
  description         = "Runs the roll-ups"
  schedule_expression = "rate(${local.rollup_every_minutes} minutes)"
}

resource "aws_cloudwatch_event_target" "rollup" {
  rule = aws_cloudwatch_event_rule.rollup.name
  arn  = aws_lambda_alias.live["rollup"].arn

  # The next call does what a failed one left.
  retry_policy {
    maximum_retry_attempts       = 0
    maximum_event_age_in_seconds = 300
  }
}

# EventBridge's attempts are those of the delivery; Lambda has its own.
resource "aws_lambda_function_event_invoke_config" "rollup" {
  function_name          = aws_lambda_alias.live["rollup"].function_name
  qualifier              = aws_lambda_alias.live["rollup"].name
  maximum_retry_attempts = 0
}

resource "aws_lambda_permission" "schedule" {
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_alias.live["rollup"].function_name
  qualifier     = aws_lambda_alias.live["rollup"].name
  principal     = "events.amazonaws.com"
  source_arn    = aws_cloudwatch_event_rule.rollup.arn
}
