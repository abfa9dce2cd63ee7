output "url" {
  description = "URL of LiveInsight."
  value       = "https://${var.domain == null ? aws_cloudfront_distribution.this.domain_name : var.domain.names[0]}"
}

output "distribution_domain" {
  description = "Target for the DNS records of your own domain."
  value       = aws_cloudfront_distribution.this.domain_name
}

output "events_table" {
  description = "Name of the table with the event log."
  value       = aws_dynamodb_table.events.name
}

output "rollups_table" {
  description = "Name of the table with the roll-ups."
  value       = aws_dynamodb_table.rollups.name
}

# Checks after an apply that the deployment responds.
check "answers" {
  data "http" "ready" {
    url = "https://${aws_cloudfront_distribution.this.domain_name}/ready"
  }

  assert {
    condition     = data.http.ready.status_code == 200
    error_message = "/ready returned ${data.http.ready.status_code}: run npx liveinsight doctor --aws ${var.environment} to find the problem."
  }
}
