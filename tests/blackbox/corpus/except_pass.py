# law: nothing-lost
# The error is swallowed.
import json

from orders import check


def handler(event, context):
    for record in event["Records"]:
        try:
            check(json.loads(record["body"]))
        except Exception:
            pass
    return {"batchItemFailures": []}
