# Every alarm as data: metric, threshold and section of the runbook.
# The same as those of the CDK construct: a test of @liveinsight/cdk compares them.

locals {
  common_alarms = {
    "ingest-errors" = {
      description = "The function ingest failed 5 times or more in each of two 5-minute periods."
      section     = "function-errors"
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
      description = "The function ingest took 5000 ms or more on average for 10 minutes."
      section     = "function-duration"
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
      description = "Lambda throttled the function ingest: the concurrency limit of the account is reached."
      section     = "function-throttles"
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
      description = "The function read failed 5 times or more in each of two 5-minute periods."
      section     = "function-errors"
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
      description = "The function read took 5000 ms or more on average for 10 minutes."
      section     = "function-duration"
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
      description = "Lambda throttled the function read: the concurrency limit of the account is reached."
      section     = "function-throttles"
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
      description = "The function admin failed 1 times or more in each of two 5-minute periods."
      section     = "function-errors"
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
      description = "The function admin took 20000 ms or more on average for 10 minutes."
      section     = "function-duration"
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
      description = "Lambda throttled the function admin: the concurrency limit of the account is reached."
      section     = "function-throttles"
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
      description = "The function rollup failed 1 times or more in each of two 5-minute periods."
      section     = "function-errors"
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
      description = "The function rollup took 240000 ms or more on average for 10 minutes."
      section     = "function-duration"
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
      description = "Lambda throttled the function rollup: the concurrency limit of the account is reached."
      section     = "function-throttles"
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
      description = "DynamoDB throttled reads or writes of the table events."
      section     = "table-throttled"
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
      description = "DynamoDB throttled reads or writes of the table rollups."
      section     = "table-throttled"
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
      description = "Five or more requests failed in each of two 5-minute periods."
      section     = "processing-errors"
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
      description = "1% or more of the events could not be stored at first and must be sent again, for 10 minutes."
      section     = "retried-share"
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
      description = "A write was stored more than a minute after its timestamp: roll-ups may be missing it."
      section     = "late-landings"
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
      description = "Events have waited for more than two hours to be rolled up, or the rollup function does not run."
      section     = "rollup-lag"
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
      description = "The totals of a day differ from the sum of its hours."
      section     = "rollup-differences"
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
      description = "An hour, day, shard, site or alert failed in two roll-ups in a row and was skipped."
      section     = "rollup-failures"
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
      description = "Stored batches could not be read and are missing from all stats."
      section     = "undecodable-batches"
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
      description = "Visitors sent more distinct values, or longer ones, than the roll-ups can hold, 100 or more times in an hour."
      section     = "over-budget"
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
      description = "100 or more requests had a wrong key in each of two 5-minute periods."
      section     = "wrong-keys"
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
      description = "10% or more of the events were rejected as invalid for 10 minutes."
      section     = "rejected-share"
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
      description = "10% or more of the requests were rejected (4xx) for 10 minutes."
      section     = "api-4xx"
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
      description = "1% or more of the requests failed (5xx) for 10 minutes."
      section     = "api-5xx"
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
      description = "10% or more of the requests were rejected (4xx) for 10 minutes."
      section     = "api-4xx"
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
      description = "1% or more of the requests failed (5xx) for 10 minutes."
      section     = "api-5xx"
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
      description = "The function drain failed 5 times or more in each of two 5-minute periods."
      section     = "function-errors"
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
      description = "The function drain took 30000 ms or more on average for 10 minutes."
      section     = "function-duration"
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
      description = "Lambda throttled the function drain: the concurrency limit of the account is reached."
      section     = "function-throttles"
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
      description = "The oldest batch in the buffer has waited for more than 15 minutes."
      section     = "buffer-age"
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
      description = "Batches from the buffer could not be stored and are in the dead-letter queue."
      section     = "dead-letters"
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
