# The log, with its index in order of arrival, and the numbers.

locals {
  table_arns = {
    events   = aws_dynamodb_table.events.arn
    arrivals = "${aws_dynamodb_table.events.arn}/index/arrivals"
    rollups  = aws_dynamodb_table.rollups.arn
  }
}

resource "aws_dynamodb_table" "events" {
  name                        = "${local.prefix}-events"
  billing_mode                = "PAY_PER_REQUEST"
  hash_key                    = "pk"
  range_key                   = "sk"
  deletion_protection_enabled = local.keep_data

  attribute {
    name = "pk"
    type = "S"
  }
  attribute {
    name = "sk"
    type = "S"
  }
  attribute {
    name = "arrivals"
    type = "S"
  }
  attribute {
    name = "received_at"
    type = "N"
  }

  global_secondary_index {
    name            = "arrivals"
    hash_key        = "arrivals"
    range_key       = "received_at"
    projection_type = "ALL"

    dynamic "on_demand_throughput" {
      for_each = var.cap[*]
      content {
        max_read_request_units  = on_demand_throughput.value.read_units_per_second
        max_write_request_units = on_demand_throughput.value.write_units_per_second
      }
    }
  }

  dynamic "on_demand_throughput" {
    for_each = var.cap[*]
    content {
      max_read_request_units  = on_demand_throughput.value.read_units_per_second
      max_write_request_units = on_demand_throughput.value.write_units_per_second
    }
  }

  ttl {
    attribute_name = "expires_at"
    enabled        = true
  }

  point_in_time_recovery {
    enabled = true
  }

  server_side_encryption {
    enabled     = true
    kms_key_arn = var.kms_key_arn
  }
}

resource "aws_dynamodb_table" "rollups" {
  name                        = "${local.prefix}-rollups"
  billing_mode                = "PAY_PER_REQUEST"
  hash_key                    = "pk"
  range_key                   = "sk"
  deletion_protection_enabled = local.keep_data

  attribute {
    name = "pk"
    type = "S"
  }
  attribute {
    name = "sk"
    type = "S"
  }

  dynamic "on_demand_throughput" {
    for_each = var.cap[*]
    content {
      max_read_request_units  = on_demand_throughput.value.read_units_per_second
      max_write_request_units = on_demand_throughput.value.write_units_per_second
    }
  }

  ttl {
    attribute_name = "expires_at"
    enabled        = true
  }

  point_in_time_recovery {
    enabled = true
  }

  server_side_encryption {
    enabled     = true
    kms_key_arn = var.kms_key_arn
  }
}
