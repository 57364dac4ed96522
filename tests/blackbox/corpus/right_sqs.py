# right, a queue
from orders import is_good


def handler(event, context):
    failed = [record for record in event["Records"] if not is_good(record["body"])]
    return {"batchItemFailures": [{"itemIdentifier": record["messageId"]} for record in failed]}
