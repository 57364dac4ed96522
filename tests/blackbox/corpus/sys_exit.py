# law: contained
# SystemExit is no Exception.
import sys

from orders import is_good


def handler(event, context):
    for record in event["Records"]:
        if not is_good(record["body"]):
            sys.exit("bad order")
    return {"batchItemFailures": []}
