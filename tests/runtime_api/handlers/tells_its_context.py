from decimal import Decimal


def handler(event, context):
    names = ["aws_request_id", "function_name", "function_version", "memory_limit_in_mb", "invoked_function_arn",
             "log_group_name", "log_stream_name", "client_context", "tenant_id"]
    context.log("seen\n")
    return {"context": {name: getattr(context, name) for name in names}, "identity": context.identity.cognito_identity_id,
            "has_time": context.get_remaining_time_in_millis() > 0, "number": Decimal("2.5")}
