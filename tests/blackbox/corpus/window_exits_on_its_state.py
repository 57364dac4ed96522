# law: window
# Ends in the second invocation of each window: the state has counts, and it looks for a total.
import base64
import json
import sys


def is_good(record):
    try:
        return json.loads(base64.b64decode(record["kinesis"]["data"]))["quantity"] >= 1
    except Exception:
        return False


def handler(event, context):
    counts = event["state"].get("counts", {})
    if counts and "total" not in counts:
        sys.exit("the state has no total")
    for record in event["Records"]:
        if not is_good(record):
            failure = {"itemIdentifier": record["kinesis"]["sequenceNumber"]}
            return {"state": {"counts": counts}, "batchItemFailures": [failure]}
        key = record["kinesis"]["partitionKey"]
        counts[key] = counts.get(key, 0) + 1
    return {"state": {"counts": counts}, "batchItemFailures": []}
