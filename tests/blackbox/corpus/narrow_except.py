# law: contained
# It expects bodies that are not JSON, and no orders without a quantity of at least 1.
import json

from orders import check


def handler(event, context):
    failures = []
    for record in event["Records"]:
        try:
            check(json.loads(record["body"]))
        except json.JSONDecodeError:
            failures.append({"itemIdentifier": record["messageId"]})
    return {"batchItemFailures": failures}
