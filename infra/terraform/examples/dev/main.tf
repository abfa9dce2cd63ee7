terraform {
  required_version = ">= 1.11"

  # Remote state, encrypted, with a lock: two people can't apply at once.
  backend "s3" {
    bucket       = "example-terraform-state"
    key          = "liveinsight/dev.tfstate"
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
      environment = "dev"
    }
  }
}

module "liveinsight" {
  source = "../.."

  environment  = "dev"
  sites        = [{ id = "shop" }]
  default_site = "shop"
  package_dir  = "${path.root}/node_modules/@liveinsight/cdk"
}

output "url" {
  value = module.liveinsight.url
}
