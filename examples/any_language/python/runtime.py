"""A runtime of forty lines: it loads the handler that _HANDLER names, and answers one invocation after the other."""
import http.client
import importlib
import json
import os
import sys

connection = http.client.HTTPConnection(os.environ["AWS_LAMBDA_RUNTIME_API"])


def request(method, path, body=None, headers=None):
    connection.request(method, "/2018-06-01/runtime/" + path, body, headers or {})
    answer = connection.getresponse()
    return answer.headers, answer.read()


def as_error(error):
    return json.dumps({"errorType": type(error).__name__, "errorMessage": str(error)})


sys.path.insert(0, os.environ["LAMBDA_TASK_ROOT"])
module, name = os.environ["_HANDLER"].split(".")
try:
    handler = getattr(importlib.import_module(module), name)
except Exception as error:
    request("POST", "init/error", as_error(error))
    raise

while True:
    headers, event = request("GET", "invocation/next")
    request_id = headers["Lambda-Runtime-Aws-Request-Id"]
    # An answer repeats the invocation id, if there was one.
    invocation = headers.get("Lambda-Runtime-Invocation-Id")
    echoed = {"Lambda-Runtime-Invocation-Id": invocation} if invocation else {}
    try:
        response = json.dumps(handler(json.loads(event), None))
        path, body = "response", response
    except Exception as error:
        path, body = "error", as_error(error)
    sys.stdout.flush()  # a pipe is buffered, and the process may be killed
    request("POST", f"invocation/{request_id}/{path}", body, echoed)
