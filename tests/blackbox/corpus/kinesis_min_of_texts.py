# law: checkpoint
# min() compares texts.
import base64

from orders import is_good


def handler(event, context):
    failed = [
        record["kinesis"]["sequenceNumber"]
        for record in event["Records"]
        if not is_good(base64.b64decode(record["kinesis"]["data"]))
    ]
    return {"batchItemFailures": [{"itemIdentifier": min(failed)}] if failed else []}
