# Made once with random values, which `liveinsight keys rotate` changes and functions read again every five minutes.
# The values are write-only: they are in no plan and no state, but for that of the origin, which CloudFront must send.

locals {
  secrets = {
    secret     = "Root secret of shards, unique counts and daily salts. Never change it."
    read-keys  = "Keys for reading. Rotate with: liveinsight keys rotate ${var.environment} read"
    admin-keys = "Keys for erasing, importing and settings. Rotate with: liveinsight keys rotate ${var.environment} admin"
    origin     = "Header value that proves requests come from CloudFront. Rotate with: liveinsight keys rotate ${var.environment} origin"
  }
}

resource "aws_secretsmanager_secret" "this" {
  for_each = local.secrets

  name                    = "liveinsight/${var.environment}/${each.key}"
  description             = each.value
  kms_key_id              = var.kms_key_arn
  recovery_window_in_days = local.keep_data ? 30 : 0
}

ephemeral "random_password" "this" {
  for_each = local.secrets

  length  = 40
  special = false
}

resource "aws_secretsmanager_secret_version" "this" {
  for_each = local.secrets

  secret_id                = aws_secretsmanager_secret.this[each.key].id
  secret_string_wo         = jsonencode({ current = ephemeral.random_password.this[each.key].result })
  secret_string_wo_version = 1
}

data "aws_secretsmanager_secret_version" "origin" {
  secret_id  = aws_secretsmanager_secret.this["origin"].id
  depends_on = [aws_secretsmanager_secret_version.this]
}
