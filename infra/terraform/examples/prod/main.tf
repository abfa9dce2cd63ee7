terraform {
  required_version = ">= 1.11"

  # Remote state, encrypted, with a lock: two people can't apply at once.
  backend "s3" {
    bucket       = "example-terraform-state"
    key          = "liveinsight/prod.tfstate"
    region       = "us-east-1"
    encrypt      = true
    use_lockfile = true
  }

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 6.0, < 7.0"
    }
  }
}

provider "aws" {
  region = "us-east-1"

  default_tags {
    tags = {
      application = "liveinsight"
      environment = "prod"
    }
  }
}

variable "alarm_topic_arn" {
  description = "SNS topic that notifies the people on call."
  type        = string
}

module "liveinsight" {
  source = "../.."

  environment     = "prod"
  sites           = [{ id = "shop", origins = ["https://shop.example"], timezone = "Europe/Berlin" }]
  package_dir     = "${path.root}/node_modules/@liveinsight/cdk"
  alarm_topic_arn = var.alarm_topic_arn
  firewall        = {}
  cap             = { write_units_per_second = 4000, read_units_per_second = 8000 }
}

output "url" {
  value = module.liveinsight.url
}
