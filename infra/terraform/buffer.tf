# The queue between taking events and storing them, for spikes: what it can't hand over goes to a dead-letter queue.

resource "aws_sqs_queue" "dead_letters" {
  count = local.buffered ? 1 : 0

  name                      = "${local.prefix}-dead-letters"
  message_retention_seconds = 1209600
  sqs_managed_sse_enabled   = var.kms_key_arn == null ? true : null
  kms_master_key_id         = var.kms_key_arn
}

resource "aws_sqs_queue" "buffer" {
  count = local.buffered ? 1 : 0

  name                       = "${local.prefix}-buffer"
  message_retention_seconds  = 1209600
  visibility_timeout_seconds = 360
  sqs_managed_sse_enabled    = var.kms_key_arn == null ? true : null
  kms_master_key_id          = var.kms_key_arn
  redrive_policy = jsonencode({
    deadLetterTargetArn = one(aws_sqs_queue.dead_letters[*].arn)
    maxReceiveCount     = 10
  })
}

data "aws_iam_policy_document" "tls_only" {
  for_each = { for queue in concat(aws_sqs_queue.buffer, aws_sqs_queue.dead_letters) : queue.name => queue.arn }

  statement {
    effect    = "Deny"
    actions   = ["sqs:*"]
    resources = [each.value]
    principals {
      type        = "AWS"
      identifiers = ["*"]
    }
    condition {
      test     = "Bool"
      variable = "aws:SecureTransport"
      values   = ["false"]
    }
  }
}

resource "aws_sqs_queue_policy" "buffer" {
  count = local.buffered ? 1 : 0

  queue_url = aws_sqs_queue.buffer[0].url
  policy    = data.aws_iam_policy_document.tls_only["${local.prefix}-buffer"].json
}

resource "aws_sqs_queue_policy" "dead_letters" {
  count = local.buffered ? 1 : 0

  queue_url = aws_sqs_queue.dead_letters[0].url
  policy    = data.aws_iam_policy_document.tls_only["${local.prefix}-dead-letters"].json
}

resource "aws_lambda_event_source_mapping" "drain" {
  count = local.buffered ? 1 : 0

  event_source_arn                   = aws_sqs_queue.buffer[0].arn
  function_name                      = aws_lambda_alias.live["drain"].arn
  batch_size                         = 100
  maximum_batching_window_in_seconds = 1
  function_response_types            = ["ReportBatchItemFailures"]

  # A spike is spread over time instead of over the tables.
  scaling_config {
    maximum_concurrency = 50
  }
}
