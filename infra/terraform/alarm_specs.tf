# Every alarm, as data: what is looked at, what is too much, and where the runbook says what to do.
# The same as those of the CDK construct: a test of @liveinsight/cdk compares them.

locals {
  common_alarms = {
    "ingest-errors" = {
      says    = "The function ingest failed 5 times or more in 5 minutes, twice in a row."
      section = "function-errors"
      metrics = {
        m = {
          namespace = "AWS/Lambda"
          name      = "Errors"
          dimensions = {
            FunctionName = "${local.prefix}-ingest"
          }
          statistic = "Sum"
        }
      }
      expression = null
      threshold  = 5
      period_s   = 300
      periods    = 2
      missing    = "notBreaching"
    }
    "ingest-duration" = {
      says    = "The function ingest took 5000 ms or more on average, for 10 minutes."
      section = "function-duration"
      metrics = {
        m = {
          namespace = "AWS/Lambda"
          name      = "Duration"
          dimensions = {
            FunctionName = "${local.prefix}-ingest"
          }
          statistic = "Average"
        }
      }
      expression = null
      threshold  = 5000
      period_s   = 300
      periods    = 2
      missing    = "notBreaching"
    }
    "ingest-throttles" = {
      says    = "Lambda refused to run the function ingest: the account's concurrency is used up."
      section = "function-throttles"
      metrics = {
        m = {
          namespace = "AWS/Lambda"
          name      = "Throttles"
          dimensions = {
            FunctionName = "${local.prefix}-ingest"
          }
          statistic = "Sum"
        }
      }
      expression = null
      threshold  = 1
      period_s   = 300
      periods    = 2
      missing    = "notBreaching"
    }
    "read-errors" = {
      says    = "The function read failed 5 times or more in 5 minutes, twice in a row."
      section = "function-errors"
      metrics = {
        m = {
          namespace = "AWS/Lambda"
          name      = "Errors"
          dimensions = {
            FunctionName = "${local.prefix}-read"
          }
          statistic = "Sum"
        }
      }
      expression = null
      threshold  = 5
      period_s   = 300
      periods    = 2
      missing    = "notBreaching"
    }
    "read-duration" = {
      says    = "The function read took 5000 ms or more on average, for 10 minutes."
      section = "function-duration"
      metrics = {
        m = {
          namespace = "AWS/Lambda"
          name      = "Duration"
          dimensions = {
            FunctionName = "${local.prefix}-read"
          }
          statistic = "Average"
        }
      }
      expression = null
      threshold  = 5000
      period_s   = 300
      periods    = 2
      missing    = "notBreaching"
    }
    "read-throttles" = {
      says    = "Lambda refused to run the function read: the account's concurrency is used up."
      section = "function-throttles"
      metrics = {
        m = {
          namespace = "AWS/Lambda"
          name      = "Throttles"
          dimensions = {
            FunctionName = "${local.prefix}-read"
          }
          statistic = "Sum"
        }
      }
      expression = null
      threshold  = 1
      period_s   = 300
      periods    = 2
      missing    = "notBreaching"
    }
    "admin-errors" = {
      says    = "The function admin failed 1 times or more in 5 minutes, twice in a row."
      section = "function-errors"
      metrics = {
        m = {
          namespace = "AWS/Lambda"
          name      = "Errors"
          dimensions = {
            FunctionName = "${local.prefix}-admin"
          }
          statistic = "Sum"
        }
      }
      expression = null
      threshold  = 1
      period_s   = 300
      periods    = 2
      missing    = "notBreaching"
    }
    "admin-duration" = {
      says    = "The function admin took 20000 ms or more on average, for 10 minutes."
      section = "function-duration"
      metrics = {
        m = {
          namespace = "AWS/Lambda"
          name      = "Duration"
          dimensions = {
            FunctionName = "${local.prefix}-admin"
          }
          statistic = "Average"
        }
      }
      expression = null
      threshold  = 20000
      period_s   = 300
      periods    = 2
      missing    = "notBreaching"
    }
    "admin-throttles" = {
      says    = "Lambda refused to run the function admin: the account's concurrency is used up."
      section = "function-throttles"
      metrics = {
        m = {
          namespace = "AWS/Lambda"
          name      = "Throttles"
          dimensions = {
            FunctionName = "${local.prefix}-admin"
          }
          statistic = "Sum"
        }
      }
      expression = null
      threshold  = 1
      period_s   = 300
      periods    = 2
      missing    = "notBreaching"
    }
    "rollup-errors" = {
      says    = "The function rollup failed 1 times or more in 5 minutes, twice in a row."
      section = "function-errors"
      metrics = {
        m = {
          namespace = "AWS/Lambda"
          name      = "Errors"
          dimensions = {
            FunctionName = "${local.prefix}-rollup"
          }
          statistic = "Sum"
        }
      }
      expression = null
      threshold  = 1
      period_s   = 300
      periods    = 2
      missing    = "notBreaching"
    }
    "rollup-duration" = {
      says    = "The function rollup took 240000 ms or more on average, for 10 minutes."
      section = "function-duration"
      metrics = {
        m = {
          namespace = "AWS/Lambda"
          name      = "Duration"
          dimensions = {
            FunctionName = "${local.prefix}-rollup"
          }
          statistic = "Average"
        }
      }
      expression = null
      threshold  = 240000
      period_s   = 300
      periods    = 2
      missing    = "notBreaching"
    }
    "rollup-throttles" = {
      says    = "Lambda refused to run the function rollup: the account's concurrency is used up."
      section = "function-throttles"
      metrics = {
        m = {
          namespace = "AWS/Lambda"
          name      = "Throttles"
          dimensions = {
            FunctionName = "${local.prefix}-rollup"
          }
          statistic = "Sum"
        }
      }
      expression = null
      threshold  = 1
      period_s   = 300
      periods    = 2
      missing    = "notBreaching"
    }
    "events-throttled" = {
      says    = "DynamoDB refused reads or writes of the table events as too many."
      section = "table-throttled"
      metrics = {
        r = {
          namespace = "AWS/DynamoDB"
          name      = "ReadThrottleEvents"
          dimensions = {
            TableName = "${local.prefix}-events"
          }
          statistic = "Sum"
        }
        w = {
          namespace = "AWS/DynamoDB"
          name      = "WriteThrottleEvents"
          dimensions = {
            TableName = "${local.prefix}-events"
          }
          statistic = "Sum"
        }
        s = {
          namespace = "AWS/DynamoDB"
          name      = "ReadThrottleEvents"
          dimensions = {
            TableName                = "${local.prefix}-events"
            GlobalSecondaryIndexName = "arrivals"
          }
          statistic = "Sum"
        }
        x = {
          namespace = "AWS/DynamoDB"
          name      = "WriteThrottleEvents"
          dimensions = {
            TableName                = "${local.prefix}-events"
            GlobalSecondaryIndexName = "arrivals"
          }
          statistic = "Sum"
        }
      }
      expression = "FILL(r,0)+FILL(w,0)+FILL(s,0)+FILL(x,0)"
      threshold  = 1
      period_s   = 300
      periods    = 1
      missing    = "notBreaching"
    }
    "rollups-throttled" = {
      says    = "DynamoDB refused reads or writes of the table rollups as too many."
      section = "table-throttled"
      metrics = {
        r = {
          namespace = "AWS/DynamoDB"
          name      = "ReadThrottleEvents"
          dimensions = {
            TableName = "${local.prefix}-rollups"
          }
          statistic = "Sum"
        }
        w = {
          namespace = "AWS/DynamoDB"
          name      = "WriteThrottleEvents"
          dimensions = {
            TableName = "${local.prefix}-rollups"
          }
          statistic = "Sum"
        }
      }
      expression = "FILL(r,0)+FILL(w,0)"
      threshold  = 1
      period_s   = 300
      periods    = 1
      missing    = "notBreaching"
    }
    "processing-errors" = {
      says    = "Five requests or more in 5 minutes could not be answered, twice in a row."
      section = "processing-errors"
      metrics = {
        m = {
          namespace = "LiveInsight"
          name      = "ProcessingErrors"
          dimensions = {
            Environment = var.environment
          }
          statistic = "Sum"
        }
      }
      expression = null
      threshold  = 5
      period_s   = 300
      periods    = 2
      missing    = "notBreaching"
    }
    "retried-share" = {
      says    = "One in a hundred events or more could not be stored at once and must be sent again, for 10 minutes."
      section = "retried-share"
      metrics = {
        e = {
          namespace = "LiveInsight"
          name      = "EventsRetried"
          dimensions = {
            Environment = var.environment
          }
          statistic = "Sum"
        }
        p = {
          namespace = "LiveInsight"
          name      = "EventsProcessed"
          dimensions = {
            Environment = var.environment
          }
          statistic = "Sum"
        }
      }
      expression = "IF(FILL(e,0)+FILL(p,0)>=100,100*FILL(e,0)/(FILL(e,0)+FILL(p,0)),0)"
      threshold  = 1
      period_s   = 300
      periods    = 2
      missing    = "notBreaching"
    }
    "late-landings" = {
      says    = "A write landed over a minute after its stamp: numbers already folded may lack it."
      section = "late-landings"
      metrics = {
        m = {
          namespace = "LiveInsight"
          name      = "LateLandings"
          dimensions = {
            Environment = var.environment
          }
          statistic = "Sum"
        }
      }
      expression = null
      threshold  = 1
      period_s   = 300
      periods    = 1
      missing    = "notBreaching"
    }
    "rollup-lag" = {
      says    = "Events wait for over two hours to be rolled up, or the rollup does not run at all."
      section = "rollup-lag"
      metrics = {
        m = {
          namespace = "LiveInsight"
          name      = "RollupLag"
          dimensions = {
            Environment = var.environment
          }
          statistic = "Maximum"
        }
      }
      expression = null
      threshold  = 7200
      period_s   = 900
      periods    = 2
      missing    = "breaching"
    }
    "rollup-differences" = {
      says    = "A day folded whole does not agree with its hours."
      section = "rollup-differences"
      metrics = {
        m = {
          namespace = "LiveInsight"
          name      = "RollupDifferences"
          dimensions = {
            Environment = var.environment
          }
          statistic = "Sum"
        }
      }
      expression = null
      threshold  = 1
      period_s   = 300
      periods    = 1
      missing    = "notBreaching"
    }
    "rollup-failures" = {
      says    = "An hour, day, shard, site or alert failed and was passed, twice in a row."
      section = "rollup-failures"
      metrics = {
        m = {
          namespace = "LiveInsight"
          name      = "RollupFailures"
          dimensions = {
            Environment = var.environment
          }
          statistic = "Sum"
        }
      }
      expression = null
      threshold  = 1
      period_s   = 300
      periods    = 2
      missing    = "notBreaching"
    }
    "undecodable-batches" = {
      says    = "Stored batches could not be read, and are in no number."
      section = "undecodable-batches"
      metrics = {
        m = {
          namespace = "LiveInsight"
          name      = "UndecodableBatches"
          dimensions = {
            Environment = var.environment
          }
          statistic = "Sum"
        }
      }
      expression = null
      threshold  = 1
      period_s   = 300
      periods    = 1
      missing    = "notBreaching"
    }
    "over-budget" = {
      says    = "Visitors sent more different or longer values than the numbers can hold, 100 times or more in an hour."
      section = "over-budget"
      metrics = {
        m = {
          namespace = "LiveInsight"
          name      = "OverBudget"
          dimensions = {
            Environment = var.environment
          }
          statistic = "Sum"
        }
      }
      expression = null
      threshold  = 100
      period_s   = 3600
      periods    = 1
      missing    = "notBreaching"
    }
    "wrong-keys" = {
      says    = "A hundred requests or more in 5 minutes brought a wrong key, twice in a row."
      section = "wrong-keys"
      metrics = {
        m = {
          namespace = "LiveInsight"
          name      = "WrongKeys"
          dimensions = {
            Environment = var.environment
          }
          statistic = "Sum"
        }
      }
      expression = null
      threshold  = 100
      period_s   = 300
      periods    = 2
      missing    = "notBreaching"
    }
    "rejected-share" = {
      says    = "A tenth of all events or more were refused as wrong, for 10 minutes."
      section = "rejected-share"
      metrics = {
        e = {
          namespace = "LiveInsight"
          name      = "EventsRejected"
          dimensions = {
            Environment = var.environment
          }
          statistic = "Sum"
        }
        p = {
          namespace = "LiveInsight"
          name      = local.taken
          dimensions = {
            Environment = var.environment
          }
          statistic = "Sum"
        }
      }
      expression = "IF(FILL(e,0)+FILL(p,0)>=100,100*FILL(e,0)/(FILL(e,0)+FILL(p,0)),0)"
      threshold  = 10
      period_s   = 300
      periods    = 2
      missing    = "notBreaching"
    }
  }

  # Shares of requests: a few bad ones among many are everyday.
  function_url_alarms = {
    "api-4xx" = {
      says    = "More than a tenth of all requests were refused as wrong (4xx), for 10 minutes."
      section = "api-4xx"
      metrics = {
        e = {
          namespace = "AWS/Lambda"
          name      = "Url4xxCount"
          dimensions = {
            FunctionName = "${local.prefix}-ingest"
          }
          statistic = "Sum"
        }
        f = {
          namespace = "AWS/Lambda"
          name      = "Url4xxCount"
          dimensions = {
            FunctionName = "${local.prefix}-read"
          }
          statistic = "Sum"
        }
        r = {
          namespace = "AWS/Lambda"
          name      = "UrlRequestCount"
          dimensions = {
            FunctionName = "${local.prefix}-ingest"
          }
          statistic = "Sum"
        }
        s = {
          namespace = "AWS/Lambda"
          name      = "UrlRequestCount"
          dimensions = {
            FunctionName = "${local.prefix}-read"
          }
          statistic = "Sum"
        }
      }
      expression = "IF(FILL(r,0)+FILL(s,0)>=100,100*(FILL(e,0)+FILL(f,0))/(FILL(r,0)+FILL(s,0)),0)"
      threshold  = 10
      period_s   = 300
      periods    = 2
      missing    = "notBreaching"
    }
    "api-5xx" = {
      says    = "More than one in a hundred requests failed (5xx), for 10 minutes."
      section = "api-5xx"
      metrics = {
        e = {
          namespace = "AWS/Lambda"
          name      = "Url5xxCount"
          dimensions = {
            FunctionName = "${local.prefix}-ingest"
          }
          statistic = "Sum"
        }
        f = {
          namespace = "AWS/Lambda"
          name      = "Url5xxCount"
          dimensions = {
            FunctionName = "${local.prefix}-read"
          }
          statistic = "Sum"
        }
        r = {
          namespace = "AWS/Lambda"
          name      = "UrlRequestCount"
          dimensions = {
            FunctionName = "${local.prefix}-ingest"
          }
          statistic = "Sum"
        }
        s = {
          namespace = "AWS/Lambda"
          name      = "UrlRequestCount"
          dimensions = {
            FunctionName = "${local.prefix}-read"
          }
          statistic = "Sum"
        }
      }
      expression = "IF(FILL(r,0)+FILL(s,0)>=20,100*(FILL(e,0)+FILL(f,0))/(FILL(r,0)+FILL(s,0)),0)"
      threshold  = 1
      period_s   = 300
      periods    = 2
      missing    = "notBreaching"
    }
  }

  http_api_alarms = {
    "api-4xx" = {
      says    = "More than a tenth of all requests were refused as wrong (4xx), for 10 minutes."
      section = "api-4xx"
      metrics = {
        e = {
          namespace = "AWS/ApiGateway"
          name      = "4xx"
          dimensions = {
            ApiId = one(aws_apigatewayv2_api.this[*].id)
          }
          statistic = "Sum"
        }
        r = {
          namespace = "AWS/ApiGateway"
          name      = "Count"
          dimensions = {
            ApiId = one(aws_apigatewayv2_api.this[*].id)
          }
          statistic = "Sum"
        }
      }
      expression = "IF(FILL(r,0)>=100,100*FILL(e,0)/FILL(r,0),0)"
      threshold  = 10
      period_s   = 300
      periods    = 2
      missing    = "notBreaching"
    }
    "api-5xx" = {
      says    = "More than one in a hundred requests failed (5xx), for 10 minutes."
      section = "api-5xx"
      metrics = {
        e = {
          namespace = "AWS/ApiGateway"
          name      = "5xx"
          dimensions = {
            ApiId = one(aws_apigatewayv2_api.this[*].id)
          }
          statistic = "Sum"
        }
        r = {
          namespace = "AWS/ApiGateway"
          name      = "Count"
          dimensions = {
            ApiId = one(aws_apigatewayv2_api.this[*].id)
          }
          statistic = "Sum"
        }
      }
      expression = "IF(FILL(r,0)>=20,100*FILL(e,0)/FILL(r,0),0)"
      threshold  = 1
      period_s   = 300
      periods    = 2
      missing    = "notBreaching"
    }
  }

  buffer_alarms = {
    "drain-errors" = {
      says    = "The function drain failed 5 times or more in 5 minutes, twice in a row."
      section = "function-errors"
      metrics = {
        m = {
          namespace = "AWS/Lambda"
          name      = "Errors"
          dimensions = {
            FunctionName = "${local.prefix}-drain"
          }
          statistic = "Sum"
        }
      }
      expression = null
      threshold  = 5
      period_s   = 300
      periods    = 2
      missing    = "notBreaching"
    }
    "drain-duration" = {
      says    = "The function drain took 30000 ms or more on average, for 10 minutes."
      section = "function-duration"
      metrics = {
        m = {
          namespace = "AWS/Lambda"
          name      = "Duration"
          dimensions = {
            FunctionName = "${local.prefix}-drain"
          }
          statistic = "Average"
        }
      }
      expression = null
      threshold  = 30000
      period_s   = 300
      periods    = 2
      missing    = "notBreaching"
    }
    "drain-throttles" = {
      says    = "Lambda refused to run the function drain: the account's concurrency is used up."
      section = "function-throttles"
      metrics = {
        m = {
          namespace = "AWS/Lambda"
          name      = "Throttles"
          dimensions = {
            FunctionName = "${local.prefix}-drain"
          }
          statistic = "Sum"
        }
      }
      expression = null
      threshold  = 1
      period_s   = 300
      periods    = 2
      missing    = "notBreaching"
    }
    "buffer-age" = {
      says    = "The oldest batch in the buffer waits for over 15 minutes."
      section = "buffer-age"
      metrics = {
        m = {
          namespace = "AWS/SQS"
          name      = "ApproximateAgeOfOldestMessage"
          dimensions = {
            QueueName = "${local.prefix}-buffer"
          }
          statistic = "Maximum"
        }
      }
      expression = null
      threshold  = 900
      period_s   = 300
      periods    = 2
      missing    = "notBreaching"
    }
    "dead-letters" = {
      says    = "Batches of the buffer could not be stored, and wait for a person."
      section = "dead-letters"
      metrics = {
        m = {
          namespace = "AWS/SQS"
          name      = "ApproximateNumberOfMessagesVisible"
          dimensions = {
            QueueName = "${local.prefix}-dead-letters"
          }
          statistic = "Maximum"
        }
      }
      expression = null
      threshold  = 1
      period_s   = 300
      periods    = 1
      missing    = "notBreaching"
    }
  }
}
