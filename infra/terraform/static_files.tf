# The tracker script and the dashboard in a bucket that only CloudFront reads.

locals {
  static_dir = "${var.package_dir}/dist/static"
  content_types = {
    css  = "text/css; charset=utf-8"
    html = "text/html; charset=utf-8"
    js   = "text/javascript; charset=utf-8"
    svg  = "image/svg+xml"
  }
}

resource "aws_s3_bucket" "files" {
  bucket_prefix = "${local.prefix}-files-"
  force_destroy = true
}

resource "aws_s3_bucket_public_access_block" "files" {
  bucket                  = aws_s3_bucket.files.id
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

resource "aws_s3_bucket_server_side_encryption_configuration" "files" {
  bucket = aws_s3_bucket.files.id
  rule {
    apply_server_side_encryption_by_default {
      sse_algorithm = "AES256"
    }
  }
}

resource "aws_s3_object" "file" {
  for_each = fileset(local.static_dir, "**")

  bucket       = aws_s3_bucket.files.id
  key          = each.value
  source       = "${local.static_dir}/${each.value}"
  source_hash  = filemd5("${local.static_dir}/${each.value}")
  content_type = local.content_types[reverse(split(".", each.value))[0]]
  # As the collector serves it: a new tracker is everywhere an hour after a release; what names its version never changes.
  cache_control = (
    startswith(each.value, "dashboard/") ? "no-cache" :
    can(regex("\\.[0-9]+\\.[0-9]+\\.[0-9]+[^/]*\\.js$", each.value)) ? "public, max-age=31536000, immutable" :
    "public, max-age=3600, stale-while-revalidate=86400"
  )
}

data "aws_iam_policy_document" "files" {
  statement {
    sid       = "CloudFrontReads"
    actions   = ["s3:GetObject"]
    resources = ["${aws_s3_bucket.files.arn}/*"]
    principals {
      type        = "Service"
      identifiers = ["cloudfront.amazonaws.com"]
    }
    condition {
      test     = "StringEquals"
      variable = "AWS:SourceArn"
      values   = [aws_cloudfront_distribution.this.arn]
    }
  }
  statement {
    sid       = "TlsOnly"
    effect    = "Deny"
    actions   = ["s3:*"]
    resources = [aws_s3_bucket.files.arn, "${aws_s3_bucket.files.arn}/*"]
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

resource "aws_s3_bucket_policy" "files" {
  bucket = aws_s3_bucket.files.id
  policy = data.aws_iam_policy_document.files.json
}
