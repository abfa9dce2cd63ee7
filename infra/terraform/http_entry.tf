# Where CloudFront hands requests to: each function's own address, or one HTTP API. Both know it by a secret header.
# No origin access control in front of functions: it would have browsers sign what they post, which beacons can't.

locals {
  # Routes of the API that ingest and administration answer, with and without /api; all others are the read API's.
  api_routes = {
    "/events"      = "ingest"
    "/p.gif"       = "ingest"
    "/import"      = "admin"
    "/users"       = "admin"
    "/visitors"    = "admin"
    "/values"      = "admin"
    "/annotations" = "admin"
    "/alerts"      = "admin"
    "/funnels"     = "admin"
    "/exclusions"  = "admin"
    "/goals"       = "admin"
    "/page-groups" = "admin"
    "/segments"    = "admin"
  }

  # As CloudFront has them: it takes the first that fits.
  paths = flatten([
    for route, served in local.api_routes : [
      { path = "/api${route}*", served = served },
      { path = "${route}*", served = served },
    ]
  ])

  served = toset(["ingest", "read", "admin"])

  origin_domains = {
    for name in local.served : name => local.api ? one([for api in aws_apigatewayv2_api.this : replace(api.api_endpoint, "https://", "")]) : split("/", aws_lambda_function_url.this[name].function_url)[2]
  }

  # Without their star: the path itself, and all below it. Ingest takes POST requests, and GET of the pixel; the read API answers all others of its path: 405.
  routes = merge([
    for entry in local.paths : {
      "${endswith(entry.path, "p.gif*") ? "GET" : entry.served == "ingest" ? "POST" : "ANY"} ${trimsuffix(entry.path, "*")}"         = entry.served
      "${endswith(entry.path, "p.gif*") ? "GET" : entry.served == "ingest" ? "POST" : "ANY"} ${trimsuffix(entry.path, "*")}/{rest+}" = entry.served
    }
  ]...)
}

resource "aws_lambda_function_url" "this" {
  for_each = local.api ? toset([]) : local.served

  function_name      = aws_lambda_alias.live[each.key].function_name
  qualifier          = aws_lambda_alias.live[each.key].name
  authorization_type = "NONE"

  lifecycle {
    precondition {
      condition     = !contains(local.without_function_urls, data.aws_region.current.region)
      error_message = "entry_point function-url is not available in ${data.aws_region.current.region}: set entry_point to http-api."
    }
  }
}

resource "aws_lambda_permission" "url" {
  for_each = local.api ? toset([]) : local.served

  action                 = "lambda:InvokeFunctionUrl"
  function_name          = aws_lambda_alias.live[each.key].function_name
  qualifier              = aws_lambda_alias.live[each.key].name
  principal              = "*"
  function_url_auth_type = "NONE"
}

resource "aws_lambda_permission" "invoke_by_url" {
  for_each = local.api ? toset([]) : local.served

  action                   = "lambda:InvokeFunction"
  function_name            = aws_lambda_alias.live[each.key].function_name
  qualifier                = aws_lambda_alias.live[each.key].name
  principal                = "*"
  invoked_via_function_url = true
}

resource "aws_apigatewayv2_api" "this" {
  count = local.api ? 1 : 0

  name          = "${local.prefix}-api"
  protocol_type = "HTTP"
}

resource "aws_apigatewayv2_integration" "this" {
  for_each = local.api ? local.served : toset([])

  api_id                 = aws_apigatewayv2_api.this[0].id
  integration_type       = "AWS_PROXY"
  integration_uri        = aws_lambda_alias.live[each.key].invoke_arn
  payload_format_version = "2.0"
}

resource "aws_apigatewayv2_route" "this" {
  for_each = { for route, served in merge(local.routes, { "$default" = "read" }) : route => served if local.api }

  api_id    = aws_apigatewayv2_api.this[0].id
  route_key = each.key
  target    = "integrations/${aws_apigatewayv2_integration.this[each.value].id}"
}

resource "aws_lambda_permission" "api" {
  for_each = local.api ? local.served : toset([])

  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_alias.live[each.key].function_name
  qualifier     = aws_lambda_alias.live[each.key].name
  principal     = "apigateway.amazonaws.com"
  source_arn    = "${aws_apigatewayv2_api.this[0].execution_arn}/*"
}

resource "aws_cloudwatch_log_group" "api" {
  count = local.api ? 1 : 0

  name              = "/aws/apigateway/${local.prefix}-api"
  retention_in_days = local.log_days
}

resource "aws_apigatewayv2_stage" "this" {
  count = local.api ? 1 : 0

  api_id      = aws_apigatewayv2_api.this[0].id
  name        = "$default"
  auto_deploy = true

  # Neither addresses nor user agents: those are used and dropped, never kept.
  access_log_settings {
    destination_arn = aws_cloudwatch_log_group.api[0].arn
    format          = "{\"id\":\"$context.requestId\",\"status\":$context.status,\"ms\":$context.responseLatency,\"route\":\"$context.routeKey\",\"error\":\"$context.integrationErrorMessage\"}"
  }
}
