variable "sites" {
  description = "The sites, for example [{ id = \"shop\", origins = [\"https://shop.example\"] }]. Allowed keys: id, origins, timezone, retention_days, columns_retention_days, currency, rates, shards (a number) or shard_steps (the list form of the collector's shards)."
  # With an object type, Terraform would silently drop unknown keys: a misspelt retention_days would cost data.
  type = any

  validation {
    condition     = try(length(var.sites) > 0 && alltrue([for site in var.sites : can(keys(site))]), false)
    error_message = "sites must list at least one site, each an object with an id."
  }
  validation {
    condition = alltrue(flatten([for site in try(tolist(var.sites), var.sites) : [
      for name in try(keys(site), []) : contains(["id", "origins", "timezone", "retention_days", "columns_retention_days", "currency", "rates", "shards", "shard_steps"], name)
    ]]))
    error_message = "unknown key in sites: ${join(", ", flatten([for site in var.sites : [for name in try(keys(site), []) : name if !contains(["id", "origins", "timezone", "retention_days", "columns_retention_days", "currency", "rates", "shards", "shard_steps"], name)]]))} (allowed: id, origins, timezone, retention_days, columns_retention_days, currency, rates, shards, shard_steps)."
  }
  validation {
    condition     = alltrue([for site in var.sites : can(regex("^[a-z0-9._-]{1,64}$", site.id))])
    error_message = "Each id in sites must be 1 to 64 of a-z, 0-9, '.', '_' and '-'."
  }
  validation {
    condition     = length(distinct([for site in var.sites : try(site.id, "")])) == length(var.sites)
    error_message = "Each id in sites must be unique."
  }
  validation {
    condition = alltrue(flatten([for site in var.sites : [
      for origin in try(coalesce(site.origins, []), []) : can(regex("^https?://(\\*\\.)?[a-z0-9-]+(\\.[a-z0-9-]+)*(:[0-9]{1,5})?$", origin))
    ]]))
    error_message = "Each of origins must be like https://shop.example or https://*.shop.example, in lower case and without a path."
  }
  validation {
    condition = alltrue([for site in var.sites :
      try(site.retention_days, null) == null ? true : try(site.retention_days >= 3 && site.retention_days <= 3650 && floor(site.retention_days) == site.retention_days, false)
    ])
    error_message = "retention_days must be a whole number from 3 to 3650."
  }
  validation {
    condition = alltrue([for site in var.sites :
      try(site.columns_retention_days, null) == null ? true : try(site.columns_retention_days >= 0 && site.columns_retention_days <= 3650 && floor(site.columns_retention_days) == site.columns_retention_days, false)
    ])
    error_message = "columns_retention_days must be a whole number from 0 to 3650."
  }
  validation {
    condition = alltrue([for site in var.sites :
      try(site.shards, null) == null ? true : try(site.shards >= 1 && site.shards <= 256 && floor(site.shards) == site.shards, false)
    ])
    error_message = "shards must be a whole number from 1 to 256."
  }
  validation {
    condition     = length(jsonencode(var.sites)) <= 3000
    error_message = "sites must be at most 3000 bytes as JSON: split them across deployments."
  }
  validation {
    condition     = alltrue([for site in var.sites : try(site.shards, null) == null || try(site.shard_steps, null) == null])
    error_message = "Each site can have shards or shard_steps, not both."
  }
  validation {
    condition = alltrue(flatten([for site in var.sites : [
      for step in try(coalesce(site.shard_steps, []), []) : try(can(timecmp(step.from, step.from)) && contains(range(1, 257), step.count) && length(keys(step)) == 2, false)
    ]]))
    error_message = "Each of shard_steps must have only from (for example 2027-01-10T00:00:00Z) and count (a whole number from 1 to 256)."
  }
}

variable "environment" {
  description = "Name of the deployment, part of the name of every resource. \"prod\" keeps its data unless you set keep_data to false."
  type        = string
  default     = "dev"

  validation {
    condition     = can(regex("^[a-z0-9-]{1,16}$", var.environment))
    error_message = "environment must be 1 to 16 of a-z, 0-9 and '-'."
  }
}

variable "default_site" {
  description = "Site of events without a site. Null: such events are rejected."
  type        = string
  default     = null

  validation {
    condition     = var.default_site == null || contains([for site in var.sites : site.id], coalesce(var.default_site, "-"))
    error_message = "default_site must be one of the sites."
  }
}

variable "package_dir" {
  description = "Path of the npm package @liveinsight/cdk, which contains the code of the functions and the static files."
  type        = string
  default     = "node_modules/@liveinsight/cdk"

  validation {
    condition     = fileexists("${var.package_dir}/dist/functions/ingest.mjs")
    error_message = "package_dir contains no functions: run npm install @liveinsight/cdk and set package_dir to node_modules/@liveinsight/cdk."
  }
}

variable "keep_data" {
  description = "Protects tables from deletion. Null: true for prod, else false."
  type        = bool
  default     = null
}

variable "entry_point" {
  description = "Origin of CloudFront: function-url is free, http-api costs $1.00 per million requests."
  type        = string
  default     = "function-url"

  validation {
    condition     = contains(["function-url", "http-api"], var.entry_point)
    error_message = "entry_point must be function-url or http-api."
  }
}

variable "front_door" {
  description = "Renamed to entry_point."
  type        = string
  default     = null

  validation {
    condition     = var.front_door == null
    error_message = "front_door was renamed: use entry_point."
  }
}

variable "ingest" {
  description = "direct: 200 means stored. buffered: 200 means validated and queued in SQS, for spikes that exceed the tables."
  type        = string
  default     = "direct"

  validation {
    condition     = contains(["direct", "buffered"], var.ingest)
    error_message = "ingest must be direct or buffered."
  }
}

variable "cap" {
  description = "Maximum units per second of each table and of the index, for example { write_units_per_second = 100, read_units_per_second = 100 }. Null: the limit of the account."
  # As for sites: an object type would silently drop a misspelt key.
  type    = any
  default = null

  validation {
    condition     = var.cap == null ? true : can(keys(var.cap))
    error_message = "cap must be an object with write_units_per_second and read_units_per_second."
  }
  validation {
    condition     = alltrue([for name in try(keys(var.cap), []) : contains(["write_units_per_second", "read_units_per_second"], name)])
    error_message = "unknown key in cap: ${join(", ", [for name in try(keys(var.cap), []) : name if !contains(["write_units_per_second", "read_units_per_second"], name)])} (allowed: write_units_per_second, read_units_per_second)."
  }
  validation {
    condition = var.cap == null ? true : alltrue([for name in ["write_units_per_second", "read_units_per_second"] :
      try(var.cap[name] >= 1 && floor(var.cap[name]) == var.cap[name], false)
    ])
    error_message = "cap must have write_units_per_second and read_units_per_second, each a whole number of at least 1."
  }
}

variable "domain" {
  description = "Your own domain names for the distribution, with a certificate in us-east-1, for example { names = [\"stats.shop.example\"], certificate_arn = \"arn:…\" }."
  type        = any
  default     = null

  validation {
    condition     = var.domain == null ? true : can(keys(var.domain))
    error_message = "domain must be an object with names and certificate_arn."
  }
  validation {
    condition     = alltrue([for name in try(keys(var.domain), []) : contains(["names", "certificate_arn"], name)])
    error_message = "unknown key in domain: ${join(", ", [for name in try(keys(var.domain), []) : name if !contains(["names", "certificate_arn"], name)])} (allowed: names, certificate_arn)."
  }
  validation {
    condition     = var.domain == null ? true : try(length(var.domain.names) > 0 && alltrue([for name in var.domain.names : length(name) > 0]), false)
    error_message = "domain must have names, a list with at least one name."
  }
  validation {
    condition     = var.domain == null ? true : can(regex("^arn:[^:]+:acm:us-east-1:", var.domain.certificate_arn))
    error_message = "domain must have certificate_arn, the ARN of a certificate in us-east-1."
  }
}

variable "firewall" {
  description = "AWS WAF for CloudFront: {} or { requests_per_five_minutes = 3000 }. The aws provider must use us-east-1. Null: none."
  type        = any
  default     = null

  validation {
    condition     = var.firewall == null ? true : can(keys(var.firewall))
    error_message = "firewall must be an object; use {} for the defaults."
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
    error_message = "requests_per_five_minutes must be a whole number from 10 to 2000000000."
  }
}

variable "reserved_concurrency" {
  description = "Concurrent executions that a function always has and never exceeds, for example { ingest = 200, read = 50 }: a flood at one function cannot take those of the others. Costs nothing, but is taken from the account's limit, of which 100 must stay unreserved. Allowed: ingest, read, admin, drain. Null: none."
  # As for sites: an object type would silently drop a misspelt key.
  type    = any
  default = null

  validation {
    condition     = var.reserved_concurrency == null ? true : can(keys(var.reserved_concurrency))
    error_message = "reserved_concurrency must be an object, for example { ingest = 200 }."
  }
  validation {
    condition     = alltrue([for name in try(keys(var.reserved_concurrency), []) : contains(["ingest", "read", "admin", "drain"], name)])
    error_message = "unknown key in reserved_concurrency: ${join(", ", [for name in try(keys(var.reserved_concurrency), []) : name if !contains(["ingest", "read", "admin", "drain"], name)])} (allowed: ingest, read, admin, drain)."
  }
  validation {
    condition     = alltrue([for count in try(values(var.reserved_concurrency), []) : try(count >= 1 && floor(count) == count, false)])
    error_message = "Each value of reserved_concurrency must be a whole number of at least 1."
  }
}

variable "monitoring" {
  description = "full, or lean: the alarms on lost data, failures and stopped roll-ups only, no dashboard, and roll-ups every 15 minutes. A deployment without traffic then costs about $3 a month instead of $9."
  type        = string
  default     = "full"

  validation {
    condition     = contains(["full", "lean"], var.monitoring)
    error_message = "monitoring must be full or lean."
  }
}

variable "tracing" {
  description = "Traces every request in X-Ray."
  type        = bool
  default     = false
}

variable "log_days" {
  description = "Log retention in days. Null: 30 for prod, else 7."
  type        = number
  default     = null

  validation {
    condition     = var.log_days == null ? true : contains([1, 3, 5, 7, 14, 30, 60, 90, 180, 365], var.log_days)
    error_message = "log_days must be one of 1, 3, 5, 7, 14, 30, 60, 90, 180, 365."
  }
}

variable "alarm_topic_arn" {
  description = "ARN of the SNS topic that alarms notify. Null: alarms only show in CloudWatch."
  type        = string
  default     = null
}

variable "kms_key_arn" {
  description = "Customer-managed key for tables, secrets and queues. Null: AWS managed keys."
  type        = string
  default     = null
}

variable "rollup_every_minutes" {
  description = "Interval of the roll-ups in minutes. Null: 5, with lean monitoring 15."
  type        = number
  default     = null

  validation {
    condition     = var.rollup_every_minutes == null ? true : var.rollup_every_minutes >= 2
    error_message = "rollup_every_minutes must be at least 2."
  }
}
