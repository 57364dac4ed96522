# law: partition
# The first failure of a partition ends it; what stands behind it is forgotten.
import base64
import json

from orders import check


def handler(event, context):
    failures = []
    for partition, records in event["records"].items():
        try:
            for record in records:
                check(json.loads(base64.b64decode(record["value"])))
        except Exception:
            failures.append({"itemIdentifier": {"partition": partition, "offset": record["offset"]}})
    return {"batchItemFailures": failures}
