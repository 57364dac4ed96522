# law: fifo-stops
# It continues where it must stop.
from orders import is_good


def handler(event, context):
    failures = []
    for record in event["Records"]:
        if not is_good(record["body"]):
            failures.append({"itemIdentifier": record["messageId"]})
            continue
    return {"batchItemFailures": failures}
