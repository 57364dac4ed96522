"""A runtime for verifications: it loads the handler that _HANDLER names, from the folder it is started in, and answers one
invocation after the other, as Lambda's runtime does."""

import decimal
import http.client
import importlib
import json
import os
import sys
import time
import traceback
import types


class Api:
    """The Lambda Runtime API, over one connection."""

    def __init__(self):
        self.connection = http.client.HTTPConnection(os.environ["AWS_LAMBDA_RUNTIME_API"])

    def request(self, method, path, body=None, headers=None):
        self.connection.request(method, "/2018-06-01/runtime/" + path, body, headers or {})
        answer = self.connection.getresponse()
        return answer.headers, answer.read()


def describe(error):
    return json.dumps({"errorType": type(error).__name__, "errorMessage": str(error)})


def load(name):
    sys.path[0] = os.getcwd()  # in place of this file's folder
    module, function = name.rsplit(".", 1)
    return getattr(importlib.import_module(module.replace("/", ".")), function)


def context_of(headers):
    """The members are those of "Using the Lambda context object to retrieve Python function information", AWS Lambda
    developer guide."""
    deadline = int(headers["Lambda-Runtime-Deadline-Ms"])
    return types.SimpleNamespace(
        aws_request_id=headers["Lambda-Runtime-Aws-Request-Id"],
        function_name=os.environ.get("AWS_LAMBDA_FUNCTION_NAME"),
        function_version=os.environ.get("AWS_LAMBDA_FUNCTION_VERSION"),
        memory_limit_in_mb=os.environ.get("AWS_LAMBDA_FUNCTION_MEMORY_SIZE"),
        invoked_function_arn=headers.get("Lambda-Runtime-Invoked-Function-Arn"),
        log_group_name=os.environ.get("AWS_LAMBDA_LOG_GROUP_NAME"),
        log_stream_name=os.environ.get("AWS_LAMBDA_LOG_STREAM_NAME"),
        identity=types.SimpleNamespace(cognito_identity_id=None, cognito_identity_pool_id=None),
        client_context=None,
        tenant_id=None,
        log=lambda message: sys.stdout.write(str(message)),
        get_remaining_time_in_millis=lambda: max(0, deadline - int(time.time() * 1000)))


def written(value):
    """What json does not write by itself: a Decimal, as boto3 reads numbers of DynamoDB, is a number."""
    if isinstance(value, decimal.Decimal):
        return float(value)
    raise TypeError(f"the answer holds a {type(value).__name__}, which is not JSON")


def serve(api, handler):
    while True:
        headers, event = api.request("GET", "invocation/next")
        invocation = headers.get("Lambda-Runtime-Invocation-Id")
        echoed = {"Lambda-Runtime-Invocation-Id": invocation} if invocation else {}
        try:
            kind, body = "response", json.dumps(handler(json.loads(event), context_of(headers)), default=written)
        except Exception as error:  # whatever a handler raises is the answer of its invocation
            kind, body = "error", describe(error)
        sys.stdout.flush()  # a pipe is buffered, and the process may be killed
        api.request("POST", f"invocation/{headers['Lambda-Runtime-Aws-Request-Id']}/{kind}", body, echoed)


def main():
    api = Api()
    try:
        handler = load(os.environ["_HANDLER"])
    except Exception as error:  # it must be reported, and then ends the process
        traceback.print_exc()
        api.request("POST", "init/error", describe(error))
        sys.exit(1)
    serve(api, handler)


main()
