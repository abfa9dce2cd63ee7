# What each function may do: the whole of it. Key patterns are those of the collector's tables.

locals {
  permissions = {
    ingest = [{
      sid     = "InsertBatches"
      actions = ["dynamodb:PartiQLInsert"]
      on      = ["events"]
      keys    = []
      }, {
      sid     = "ReadChains"
      actions = ["dynamodb:Query"]
      on      = ["events"]
      keys    = []
      }, {
      sid     = "LinkUsers"
      actions = ["dynamodb:PutItem"]
      on      = ["events"]
      keys    = ["*#user#*"]
      }, {
      sid     = "MarkActiveSites"
      actions = ["dynamodb:PutItem"]
      on      = ["rollups"]
      keys    = ["active#*"]
      }, {
      sid     = "KeepSalts"
      actions = ["dynamodb:DeleteItem", "dynamodb:PutItem", "dynamodb:Query"]
      on      = ["rollups"]
      keys    = ["salts"]
      }, {
      sid     = "ReadExclusions"
      actions = ["dynamodb:PutItem", "dynamodb:Query"]
      on      = ["rollups"]
      keys    = ["*#settings"]
    }]
    read = [{
      sid     = "ReadLog"
      actions = ["dynamodb:Query"]
      on      = ["events", "arrivals"]
      keys    = []
      }, {
      sid     = "ReadNumbers"
      actions = ["dynamodb:GetItem", "dynamodb:Query"]
      on      = ["rollups"]
      keys    = []
    }]
    admin = [{
      sid     = "ReadLog"
      actions = ["dynamodb:Query"]
      on      = ["events", "arrivals"]
      keys    = []
      }, {
      sid     = "ReadNumbers"
      actions = ["dynamodb:GetItem", "dynamodb:Query"]
      on      = ["rollups"]
      keys    = []
      }, {
      sid     = "ChangeLog"
      actions = ["dynamodb:DeleteItem", "dynamodb:PartiQLInsert", "dynamodb:PutItem"]
      on      = ["events"]
      keys    = []
      }, {
      sid     = "ChangeNumbers"
      actions = ["dynamodb:PutItem"]
      on      = ["rollups"]
      keys    = ["*#hour", "*#day", "*#month", "*#day-pairs", "*#month-pairs", "*#day-columns", "*#hour-columns", "*#marks", "*#settings", "active#*"]
      }, {
      sid     = "RemoveReplaced"
      actions = ["dynamodb:DeleteItem"]
      on      = ["rollups"]
      keys    = ["*#day-pairs", "*#month-pairs", "*#day-columns", "*#hour-columns", "*#settings"]
    }]
    rollup = [{
      sid     = "ReadLog"
      actions = ["dynamodb:Query"]
      on      = ["events", "arrivals"]
      keys    = []
      }, {
      sid     = "ReadNumbers"
      actions = ["dynamodb:GetItem", "dynamodb:Query"]
      on      = ["rollups"]
      keys    = []
      }, {
      sid     = "AdvanceNumbers"
      actions = ["dynamodb:PutItem"]
      on      = ["rollups"]
      keys    = ["*#hour", "*#day", "*#month", "*#day-pairs", "*#month-pairs", "*#day-columns", "*#hour-columns", "*#marks", "*#settings"]
      }, {
      sid     = "ClearMarks"
      actions = ["dynamodb:DeleteItem"]
      on      = ["rollups"]
      keys    = ["*#marks", "*#day-pairs", "*#month-pairs", "*#day-columns", "*#hour-columns"]
    }]
    drain = [{
      sid     = "InsertBatches"
      actions = ["dynamodb:PartiQLInsert"]
      on      = ["events"]
      keys    = []
      }, {
      sid     = "ReadChains"
      actions = ["dynamodb:Query"]
      on      = ["events"]
      keys    = []
      }, {
      sid     = "LinkUsers"
      actions = ["dynamodb:PutItem"]
      on      = ["events"]
      keys    = ["*#user#*"]
      }, {
      sid     = "MarkActiveSites"
      actions = ["dynamodb:PutItem"]
      on      = ["rollups"]
      keys    = ["active#*"]
    }]
  }

  # In front of a queue, ingest touches no batch: drain does. It still names visitors without an id, and goes by the rules for what is left out.
  table_permissions = {
    for name, statements in local.permissions : name => [for statement in statements : statement if !(local.buffered && name == "ingest") || contains(["KeepSalts", "ReadExclusions"], statement.sid)]
  }
}

resource "aws_iam_role" "function" {
  for_each = local.functions

  name_prefix = "${local.prefix}-${each.key}-"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "lambda.amazonaws.com" } }]
  })
}

data "aws_iam_policy_document" "function" {
  for_each = local.functions

  statement {
    sid       = "WriteLog"
    actions   = ["logs:CreateLogStream", "logs:PutLogEvents"]
    resources = ["${aws_cloudwatch_log_group.function[each.key].arn}:*"]
  }

  dynamic "statement" {
    for_each = local.table_permissions[each.key]
    content {
      sid       = statement.value.sid
      actions   = statement.value.actions
      resources = [for target in statement.value.on : local.table_arns[target]]

      dynamic "condition" {
        for_each = length(statement.value.keys) == 0 ? [] : [statement.value.keys]
        content {
          test     = "ForAllValues:StringLike"
          variable = "dynamodb:LeadingKeys"
          values   = condition.value
        }
      }
    }
  }

  dynamic "statement" {
    for_each = length(each.value.secrets) == 0 ? [] : [each.value.secrets]
    content {
      sid       = "ReadSecrets"
      actions   = ["secretsmanager:GetSecretValue"]
      resources = [for secret in statement.value : aws_secretsmanager_secret.this[secret].arn]
    }
  }

  dynamic "statement" {
    for_each = local.buffered && each.key == "ingest" ? [1] : []
    content {
      sid       = "SendToBuffer"
      actions   = ["sqs:GetQueueAttributes", "sqs:SendMessage"]
      resources = aws_sqs_queue.buffer[*].arn
    }
  }

  dynamic "statement" {
    for_each = each.key == "drain" ? [1] : []
    content {
      sid = "DrainBuffer"
      actions = [
        "sqs:ChangeMessageVisibility",
        "sqs:DeleteMessage",
        "sqs:GetQueueAttributes",
        "sqs:GetQueueUrl",
        "sqs:ReceiveMessage",
      ]
      resources = aws_sqs_queue.buffer[*].arn
    }
  }

  dynamic "statement" {
    for_each = var.kms_key_arn[*]
    content {
      sid       = "UseKey"
      actions   = ["kms:Decrypt", "kms:DescribeKey", "kms:Encrypt", "kms:GenerateDataKey"]
      resources = [statement.value]
    }
  }

  # X-Ray has no resources that a permission to send traces could name.
  dynamic "statement" {
    for_each = var.tracing ? [1] : []
    content {
      sid       = "SendTraces"
      actions   = ["xray:PutTelemetryRecords", "xray:PutTraceSegments"]
      resources = ["*"]
    }
  }
}

resource "aws_iam_role_policy" "function" {
  for_each = local.functions

  name   = "liveinsight"
  role   = aws_iam_role.function[each.key].name
  policy = data.aws_iam_policy_document.function[each.key].json
}
