# law: contained
# No partial response at all.
import json

from orders import check


def handler(event, context):
    for record in event["Records"]:
        check(json.loads(record["body"]))
    return {"batchItemFailures": []}
