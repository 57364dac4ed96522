# law: nothing-lost
# Right for a stream, and wrong for a queue: what was not handled is deleted.
from orders import is_good


def handler(event, context):
    for record in event["Records"]:
        if not is_good(record["body"]):
            return {"batchItemFailures": [{"itemIdentifier": record["messageId"]}]}
    return {"batchItemFailures": []}
