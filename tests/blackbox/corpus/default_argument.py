# law: fresh
# A default argument is made once, and shared by all calls.
from orders import is_good


def process(records, failures=[]):
    for record in records:
        if not is_good(record["body"]):
            failures.append({"itemIdentifier": record["messageId"]})
    return failures


def handler(event, context):
    return {"batchItemFailures": process(event["Records"])}
