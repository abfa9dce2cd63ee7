variable "sites" {
  description = "Sites whose events are taken, as [{ id = \"shop\", origins = [\"https://shop.example\"] }]."
  type = list(object({
    id             = string
    origins        = optional(list(string))
    timezone       = optional(string)
    retention_days = optional(number)
    shards         = optional(number)
    # What the collector takes as a list in `shards`: an attribute has one type.
    shard_steps = optional(list(object({ from = string, count = number })))
  }))

  validation {
    condition     = length(var.sites) > 0
    error_message = "sites must list at least one site."
  }
  validation {
    condition     = alltrue([for site in var.sites : can(regex("^[a-z0-9._-]{1,64}$", site.id))])
    error_message = "Each id of sites must be 1 to 64 of a-z, 0-9, '.', '_' and '-'."
  }
  validation {
    condition     = length(jsonencode(var.sites)) <= 3000
    error_message = "sites must have at most 3000 bytes as JSON: split them over deployments."
  }
  validation {
    condition     = alltrue([for site in var.sites : site.shards == null || site.shard_steps == null])
    error_message = "Each of sites must have shards or shard_steps, not both."
  }
  validation {
    condition = alltrue(flatten([for site in var.sites : [
      for step in coalesce(site.shard_steps, []) : can(timecmp(step.from, step.from)) && contains(range(1, 257), step.count)
    ]]))
    error_message = "Each of shard_steps must have from, as 2027-01-10T00:00:00Z, and count, a whole number of 1 to 256."
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

variable "front_door" {
  description = "What CloudFront hands requests to: function-url costs nothing, http-api $1.00 a million."
  type        = string
  default     = "function-url"

  validation {
    condition     = contains(["function-url", "http-api"], var.front_door)
    error_message = "front_door must be function-url or http-api."
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
  description = "The most units that a second of each table and of the index may use. Null: no cap but the account's own."
  type = object({
    write_units_per_second = number
    read_units_per_second  = number
  })
  default = null
}

variable "domain" {
  description = "Names of your own for the distribution, with a certificate for them in us-east-1."
  type = object({
    names           = list(string)
    certificate_arn = string
  })
  default = null
}

variable "firewall" {
  description = "Web application firewall in front of CloudFront; the aws provider must be of us-east-1. Null: none."
  type = object({
    requests_per_five_minutes = optional(number, 3000)
  })
  default = null
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
