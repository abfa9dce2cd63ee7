# One domain for all: events, the read API, the tracker and the dashboard, through CloudFront.

locals {
  # What the collector reads of a request; Host stays the function's own.
  forwarded = [
    "Origin",
    "User-Agent",
    "X-API-Key",
    "Last-Event-ID",
    "Content-Encoding",
    "CloudFront-Viewer-Address",
    "CloudFront-Viewer-Country",
    "CloudFront-Viewer-Country-Region-Name",
    "CloudFront-Viewer-City",
  ]
  dashboard_policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
  all_methods      = ["GET", "HEAD", "OPTIONS", "PUT", "PATCH", "POST", "DELETE"]
}

resource "aws_cloudfront_cache_policy" "never_cached" {
  name        = "${local.prefix}-never-cached"
  min_ttl     = 0
  default_ttl = 0
  # None at all would forbid naming headers; every reply of the API says no-store.
  max_ttl = 1

  parameters_in_cache_key_and_forwarded_to_origin {
    # The functions compress their answers themselves, and declare here by what.
    enable_accept_encoding_brotli = true
    enable_accept_encoding_gzip   = true

    cookies_config {
      cookie_behavior = "none"
    }
    # Here because a policy of requests may not name it.
    headers_config {
      header_behavior = "whitelist"
      headers {
        items = ["Authorization"]
      }
    }
    query_strings_config {
      query_string_behavior = "all"
    }
  }
}

resource "aws_cloudfront_origin_request_policy" "forwarded" {
  name = "${local.prefix}-forwarded"

  cookies_config {
    cookie_behavior = "none"
  }
  headers_config {
    header_behavior = "whitelist"
    headers {
      items = local.forwarded
    }
  }
  query_strings_config {
    query_string_behavior = "all"
  }
}

data "aws_cloudfront_cache_policy" "optimized" {
  name = "Managed-CachingOptimized"
}

resource "aws_cloudfront_response_headers_policy" "dashboard" {
  name = "${local.prefix}-dashboard"

  security_headers_config {
    content_security_policy {
      content_security_policy = local.dashboard_policy
      override                = true
    }
    content_type_options {
      override = true
    }
    frame_options {
      frame_option = "DENY"
      override     = true
    }
    referrer_policy {
      referrer_policy = "no-referrer"
      override        = true
    }
    strict_transport_security {
      access_control_max_age_sec = 31536000
      override                   = true
    }
  }
  custom_headers_config {
    items {
      header   = "cross-origin-opener-policy"
      value    = "same-origin"
      override = true
    }
  }
}

# Any page may embed the script.
resource "aws_cloudfront_response_headers_policy" "tracker" {
  name = "${local.prefix}-tracker"

  security_headers_config {
    content_type_options {
      override = true
    }
  }
  custom_headers_config {
    items {
      header   = "cross-origin-resource-policy"
      value    = "cross-origin"
      override = true
    }
    items {
      header   = "access-control-allow-origin"
      value    = "*"
      override = true
    }
  }
}

resource "aws_cloudfront_function" "dashboard_index" {
  name    = "${local.prefix}-dashboard-index"
  runtime = "cloudfront-js-2.0"
  publish = true
  code    = <<-EOT
    function handler(event) {
      var request = event.request;
      if (request.uri === '/dashboard') {
        return { statusCode: 308, statusDescription: 'Permanent Redirect', headers: { location: { value: '/dashboard/' } } };
      }
      if (request.uri === '/dashboard/') request.uri = '/dashboard/index.html';
      return request;
    }
  EOT
}

# Sends POST requests of a path, and loads of the pixel, to ingest and all others to the read API (a GET of events: 405): behaviours match paths, this function matches methods.
resource "aws_cloudfront_function" "reads_of_events" {
  count = local.api ? 0 : 1

  name    = "${local.prefix}-reads-of-events"
  runtime = "cloudfront-js-2.0"
  publish = true
  code    = <<-EOT
    import cf from 'cloudfront';
    function handler(event) {
      var method = event.request.method;
      var isPixel = /\.gif$/.test(event.request.uri);
      if (!isPixel && (method === 'GET' || method === 'HEAD')) cf.selectRequestOriginById('read');
      return event.request;
    }
  EOT
}

resource "aws_cloudfront_origin_access_control" "files" {
  name                              = "${local.prefix}-files"
  origin_access_control_origin_type = "s3"
  signing_behavior                  = "always"
  signing_protocol                  = "sigv4"
}

resource "aws_cloudfront_distribution" "this" {
  enabled         = true
  is_ipv6_enabled = true
  comment         = "${local.prefix}-analytics"
  http_version    = "http2and3"
  aliases         = var.domain == null ? [] : var.domain.names
  web_acl_id      = one(aws_wafv2_web_acl.this[*].arn)

  dynamic "origin" {
    for_each = local.origin_domains
    content {
      origin_id   = origin.key
      domain_name = origin.value

      custom_origin_config {
        http_port              = 80
        https_port             = 443
        origin_protocol_policy = "https-only"
        origin_ssl_protocols   = ["TLSv1.2"]
      }
      custom_header {
        name  = "x-liveinsight-origin"
        value = jsondecode(data.aws_secretsmanager_secret_version.origin.secret_string).current
      }
    }
  }

  origin {
    origin_id                = "files"
    domain_name              = aws_s3_bucket.files.bucket_regional_domain_name
    origin_access_control_id = aws_cloudfront_origin_access_control.files.id
  }

  default_cache_behavior {
    target_origin_id         = "read"
    viewer_protocol_policy   = "https-only"
    allowed_methods          = local.all_methods
    cached_methods           = ["GET", "HEAD"]
    cache_policy_id          = aws_cloudfront_cache_policy.never_cached.id
    origin_request_policy_id = aws_cloudfront_origin_request_policy.forwarded.id
  }

  dynamic "ordered_cache_behavior" {
    for_each = local.paths
    content {
      path_pattern             = ordered_cache_behavior.value.path
      target_origin_id         = ordered_cache_behavior.value.served
      viewer_protocol_policy   = "https-only"
      allowed_methods          = local.all_methods
      cached_methods           = ["GET", "HEAD"]
      cache_policy_id          = aws_cloudfront_cache_policy.never_cached.id
      origin_request_policy_id = aws_cloudfront_origin_request_policy.forwarded.id

      dynamic "function_association" {
        for_each = ordered_cache_behavior.value.served == "ingest" ? aws_cloudfront_function.reads_of_events : []
        content {
          event_type   = "viewer-request"
          function_arn = function_association.value.arn
        }
      }
    }
  }

  ordered_cache_behavior {
    path_pattern               = "/liveinsight*.js"
    target_origin_id           = "files"
    viewer_protocol_policy     = "redirect-to-https"
    allowed_methods            = ["GET", "HEAD"]
    cached_methods             = ["GET", "HEAD"]
    compress                   = true
    cache_policy_id            = data.aws_cloudfront_cache_policy.optimized.id
    response_headers_policy_id = aws_cloudfront_response_headers_policy.tracker.id
  }

  dynamic "ordered_cache_behavior" {
    for_each = ["/dashboard", "/dashboard/*"]
    content {
      path_pattern               = ordered_cache_behavior.value
      target_origin_id           = "files"
      viewer_protocol_policy     = "redirect-to-https"
      allowed_methods            = ["GET", "HEAD"]
      cached_methods             = ["GET", "HEAD"]
      compress                   = true
      cache_policy_id            = data.aws_cloudfront_cache_policy.optimized.id
      response_headers_policy_id = aws_cloudfront_response_headers_policy.dashboard.id

      function_association {
        event_type   = "viewer-request"
        function_arn = aws_cloudfront_function.dashboard_index.arn
      }
    }
  }

  restrictions {
    geo_restriction {
      restriction_type = "none"
    }
  }

  viewer_certificate {
    cloudfront_default_certificate = var.domain == null
    acm_certificate_arn            = var.domain == null ? null : var.domain.certificate_arn
    ssl_support_method             = var.domain == null ? null : "sni-only"
    minimum_protocol_version       = var.domain == null ? null : "TLSv1.2_2021"
  }
}

resource "aws_wafv2_web_acl" "this" {
  count = var.firewall == null ? 0 : 1

  name  = "${local.prefix}-firewall"
  scope = "CLOUDFRONT"

  default_action {
    allow {}
  }

  rule {
    name     = "bad-addresses"
    priority = 0
    override_action {
      none {}
    }
    statement {
      managed_rule_group_statement {
        vendor_name = "AWS"
        name        = "AWSManagedRulesAmazonIpReputationList"
      }
    }
    visibility_config {
      cloudwatch_metrics_enabled = true
      metric_name                = "${local.prefix}-bad-addresses"
      sampled_requests_enabled   = false
    }
  }

  rule {
    name     = "too-many-requests"
    priority = 1
    # 429 rather than 403: the tracker sends events again later after a 429.
    action {
      block {
        custom_response {
          response_code = 429
        }
      }
    }
    statement {
      rate_based_statement {
        aggregate_key_type    = "IP"
        evaluation_window_sec = 300
        limit                 = try(coalesce(var.firewall.requests_per_five_minutes, 3000), 3000)
      }
    }
    visibility_config {
      cloudwatch_metrics_enabled = true
      metric_name                = "${local.prefix}-too-many-requests"
      sampled_requests_enabled   = false
    }
  }

  visibility_config {
    cloudwatch_metrics_enabled = true
    metric_name                = "${local.prefix}-firewall"
    sampled_requests_enabled   = false
  }

  lifecycle {
    precondition {
      condition     = data.aws_region.current.region == "us-east-1"
      error_message = "A firewall for CloudFront must be in us-east-1: use an aws provider for that region, or remove firewall."
    }
  }
}
