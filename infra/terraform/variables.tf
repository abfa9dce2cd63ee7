variable "sites" {
  description = "Sites whose events are taken, as [{ id = \"shop\", origins = [\"https://shop.example\"] }]. Each may have origins, timezone, retention_days, currency, rates, shards (a number) or shard_steps (what the collector takes as a list in shards)."
  # Of an object type, Terraform drops what it does not know without a word: a misspelt retention_days would cost data.
  type = any

  validation {
    condition     = try(length(var.sites) > 0 && alltrue([for site in var.sites : can(keys(site))]), false)
    error_message = "sites must list at least one site, each an object with an id."
  }
  validation {
    condition = alltrue(flatten([for site in try(tolist(var.sites), var.sites) : [
      for name in try(keys(site), []) : contains(["id", "origins", "timezone", "retention_days", "currency", "rates", "shards", "shard_steps"], name)
    ]]))
    error_message = "unknown key in sites: ${join(", ", flatten([for site in var.sites : [for name in try(keys(site), []) : name if !contains(["id", "origins", "timezone", "retention_days", "currency", "rates", "shards", "shard_steps"], name)]]))} (allowed: id, origins, timezone, retention_days, currency, rates, shards, shard_steps)."
  }
  validation {
    condition     = alltrue([for site in var.sites : can(regex("^[a-z0-9._-]{1,64}$", site.id))])
    error_message = "Each id of sites must be 1 to 64 of a-z, 0-9, '.', '_' and '-'."
  }
  validation {
    condition     = length(distinct([for site in var.sites : try(site.id, "")])) == length(var.sites)
    error_message = "sites must have each id once."
  }
  validation {
    condition = alltrue(flatten([for site in var.sites : [
      for origin in try(coalesce(site.origins, []), []) : can(regex("^https?://(\\*\\.)?[a-z0-9-]+(\\.[a-z0-9-]+)*(:[0-9]{1,5})?$", origin))
    ]]))
    error_message = "Each of origins must be an origin as https://shop.example or https://*.shop.example, in lower case and without a path."
  }
  validation {
    condition = alltrue([for site in var.sites :
      try(site.retention_days, null) == null ? true : try(site.retention_days >= 3 && site.retention_days <= 3650 && floor(site.retention_days) == site.retention_days, false)
    ])
    error_message = "retention_days must be a whole number of 3 to 3650."
  }
  validation {
    condition = alltrue([for site in var.sites :
      try(site.shards, null) == null ? true : try(site.shards >= 1 && site.shards <= 256 && floor(site.shards) == site.shards, false)
    ])
    error_message = "shards must be a whole number of 1 to 256."
  }
  validation {
    condition     = length(jsonencode(var.sites)) <= 3000
    error_message = "sites must have at most 3000 bytes as JSON: split them over deployments."
  }
  validation {
    condition     = alltrue([for site in var.sites : try(site.shards, null) == null || try(site.shard_steps, null) == null])
    error_message = "Each of sites must have shards or shard_steps, not both."
  }
  validation {
    condition = alltrue(flatten([for site in var.sites : [
      for step in try(coalesce(site.shard_steps, []), []) : try(can(timecmp(step.from, step.from)) && contains(range(1, 257), step.count) && length(keys(step)) == 2, false)
    ]]))
    error_message = "Each of shard_steps must have from, as 2027-01-10T00:00:00Z, and count, a whole number of 1 to 256, and nothing else."
  }
}

variable "environment" {
  description = "Name of the deployment, in the names of all that is made. \"prod\" keeps its data, unless keep_data says otherwise."
  type        = string
  default     = "dev"

  validation {
    condition     = can(regex("^[a-z0-9-]{1,16}$", var.environment))
    error_message = "environment must be 1 to 16 of a-z, 0-9 and '-'."
  }
}

variable "default_site" {
  description = "Site of events that name none. Null: such events are refused."
  type        = string
  default     = null

  validation {
    condition     = var.default_site == null || contains([for site in var.sites : site.id], coalesce(var.default_site, "-"))
    error_message = "default_site must be one of the sites."
  }
}

variable "package_dir" {
  description = "Where npm put @liveinsight/cdk, which has the functions' code and the static files."
  type        = string
  default     = "node_modules/@liveinsight/cdk"

  validation {
    condition     = fileexists("${var.package_dir}/dist/functions/collector.mjs")
    error_message = "package_dir has no functions: run npm install @liveinsight/cdk, and give the path of node_modules/@liveinsight/cdk."
  }
}

variable "keep_data" {
  description = "Whether tables can't be deleted. Null: for prod alone."
  type        = bool
  default     = null
}

variable "entry_point" {
  description = "What CloudFront hands requests to: function-url costs nothing, http-api $1.00 a million."
  type        = string
  default     = "function-url"

  validation {
    condition     = contains(["function-url", "http-api"], var.entry_point)
    error_message = "entry_point must be function-url or http-api."
  }
}

variable "ingest" {
  description = "direct: 200 means stored. buffered: 200 means validated and held by SQS; for spikes beyond the tables."
  type        = string
  default     = "direct"

  validation {
    condition     = contains(["direct", "buffered"], var.ingest)
    error_message = "ingest must be direct or buffered."
  }
}

variable "cap" {
  description = "The most units that a second of each table and of the index may use, as { write_units_per_second = 100, read_units_per_second = 100 }. Null: no cap but the account's own."
  # As for sites: an object type would drop a misspelt key without a word.
  type    = any
  default = null

  validation {
    condition     = var.cap == null ? true : can(keys(var.cap))
    error_message = "cap must be an object of write_units_per_second and read_units_per_second."
  }
  validation {
    condition     = alltrue([for name in try(keys(var.cap), []) : contains(["write_units_per_second", "read_units_per_second"], name)])
    error_message = "unknown key in cap: ${join(", ", [for name in try(keys(var.cap), []) : name if !contains(["write_units_per_second", "read_units_per_second"], name)])} (allowed: write_units_per_second, read_units_per_second)."
  }
  validation {
    condition = var.cap == null ? true : alltrue([for name in ["write_units_per_second", "read_units_per_second"] :
      try(var.cap[name] >= 1 && floor(var.cap[name]) == var.cap[name], false)
    ])
    error_message = "cap must have write_units_per_second and read_units_per_second, each a whole number of 1 or more."
  }
}

variable "domain" {
  description = "Names of your own for the distribution, with a certificate for them in us-east-1, as { names = [\"stats.shop.example\"], certificate_arn = \"arn:…\" }."
  type        = any
  default     = null

  validation {
    condition     = var.domain == null ? true : can(keys(var.domain))
    error_message = "domain must be an object of names and certificate_arn."
  }
  validation {
    condition     = alltrue([for name in try(keys(var.domain), []) : contains(["names", "certificate_arn"], name)])
    error_message = "unknown key in domain: ${join(", ", [for name in try(keys(var.domain), []) : name if !contains(["names", "certificate_arn"], name)])} (allowed: names, certificate_arn)."
  }
  validation {
    condition     = var.domain == null ? true : try(length(var.domain.names) > 0 && alltrue([for name in var.domain.names : length(name) > 0]), false)
    error_message = "domain must have names, a list of at least one."
  }
  validation {
    condition     = var.domain == null ? true : can(regex("^arn:[^:]+:acm:us-east-1:", var.domain.certificate_arn))
    error_message = "domain must have certificate_arn, the ARN of a certificate in us-east-1."
  }
}

variable "firewall" {
  description = "Web application firewall in front of CloudFront, as {} or { requests_per_five_minutes = 3000 }; the aws provider must be of us-east-1. Null: none."
  type        = any
  default     = null

  validation {
    condition     = var.firewall == null ? true : can(keys(var.firewall))
    error_message = "firewall must be an object, {} for the default."
  }
  validation {
    condition     = alltrue([for name in try(keys(var.firewall), []) : name == "requests_per_five_minutes"])
    error_message = "unknown key in firewall: ${join(", ", [for name in try(keys(var.firewall), []) : name if name != "requests_per_five_minutes"])} (allowed: requests_per_five_minutes)."
  }
  validation {
    condition = try(var.firewall.requests_per_five_minutes, null) == null ? true : try(
      var.firewall.requests_per_five_minutes >= 10 && var.firewall.requests_per_five_minutes <= 2000000000 && floor(var.firewall.requests_per_five_minutes) == var.firewall.requests_per_five_minutes,
      false,
    )
    error_message = "requests_per_five_minutes must be a whole number of 10 to 2000000000."
  }
}

variable "tracing" {
  description = "Traces of every request in X-Ray."
  type        = bool
  default     = false
}

variable "log_days" {
  description = "Days that logs are kept. Null: 30 for prod, else 7."
  type        = number
  default     = null

  validation {
    condition     = var.log_days == null ? true : contains([1, 3, 5, 7, 14, 30, 60, 90, 180, 365], var.log_days)
    error_message = "log_days must be one of 1, 3, 5, 7, 14, 30, 60, 90, 180, 365."
  }
}

variable "alarm_topic_arn" {
  description = "SNS topic that alarms go to. Null: nowhere, they only show."
  type        = string
  default     = null
}

variable "kms_key_arn" {
  description = "Customer-managed key for tables, secrets and the queue. Null: keys that AWS manages."
  type        = string
  default     = null
}

variable "rollup_every_minutes" {
  description = "How often numbers are rolled up."
  type        = number
  default     = 5

  validation {
    condition     = var.rollup_every_minutes >= 2
    error_message = "rollup_every_minutes must be 2 or more."
  }
}
