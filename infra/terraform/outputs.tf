output "url" {
  description = "Where LiveInsight answers."
  value       = "https://${var.domain == null ? aws_cloudfront_distribution.this.domain_name : var.domain.names[0]}"
}

output "distribution_domain" {
  description = "Where the DNS of your own names must point."
  value       = aws_cloudfront_distribution.this.domain_name
}

output "events_table" {
  description = "Name of the log."
  value       = aws_dynamodb_table.events.name
}

output "rollups_table" {
  description = "Name of the numbers."
  value       = aws_dynamodb_table.rollups.name
}

# What an apply can't see by itself: that it all answers.
check "answers" {
  data "http" "ready" {
    url = "https://${aws_cloudfront_distribution.this.domain_name}/ready"
  }

  assert {
    condition     = data.http.ready.status_code == 200
    error_message = "/ready answered ${data.http.ready.status_code}: run npx liveinsight doctor --aws ${var.environment}, which names cause and remedy."
  }
}
