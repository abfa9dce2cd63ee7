# Stops `terraform destroy` of a deployment that keeps its data, before anything else is destroyed. Without it, the tables
# would stay, by their protection, and their secrets would go.

resource "terraform_data" "keep_data" {
  input = local.keep_data

  provisioner "local-exec" {
    when    = destroy
    command = self.input ? "echo 'this deployment keeps its data: set keep_data = false, apply, then destroy' >&2; exit 1" : "true"
  }

  # What depends on others is destroyed before them.
  depends_on = [
    aws_apigatewayv2_api.this,
    aws_apigatewayv2_integration.this,
    aws_apigatewayv2_route.this,
    aws_apigatewayv2_stage.this,
    aws_cloudfront_cache_policy.never_cached,
    aws_cloudfront_distribution.this,
    aws_cloudfront_function.dashboard_index,
    aws_cloudfront_function.reads_of_events,
    aws_cloudfront_origin_access_control.files,
    aws_cloudfront_origin_request_policy.forwarded,
    aws_cloudfront_response_headers_policy.dashboard,
    aws_cloudfront_response_headers_policy.tracker,
    aws_cloudwatch_dashboard.operations,
    aws_cloudwatch_event_rule.rollup,
    aws_cloudwatch_event_target.rollup,
    aws_cloudwatch_log_group.api,
    aws_cloudwatch_log_group.function,
    aws_cloudwatch_metric_alarm.this,
    aws_dynamodb_table.events,
    aws_dynamodb_table.rollups,
    aws_iam_role.function,
    aws_iam_role_policy.function,
    aws_lambda_alias.live,
    aws_lambda_event_source_mapping.drain,
    aws_lambda_function.this,
    aws_lambda_function_event_invoke_config.rollup,
    aws_lambda_function_url.this,
    aws_lambda_permission.api,
    aws_lambda_permission.invoke_by_url,
    aws_lambda_permission.schedule,
    aws_lambda_permission.url,
    aws_s3_bucket.files,
    aws_s3_bucket_policy.files,
    aws_s3_bucket_public_access_block.files,
    aws_s3_bucket_server_side_encryption_configuration.files,
    aws_s3_object.file,
    aws_secretsmanager_secret.this,
    aws_secretsmanager_secret_version.this,
    aws_sqs_queue.buffer,
    aws_sqs_queue.dead_letters,
    aws_sqs_queue_policy.buffer,
    aws_sqs_queue_policy.dead_letters,
    aws_wafv2_web_acl.this,
  ]
}
