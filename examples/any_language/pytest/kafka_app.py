import base64
import json


def handle_order(order):
    if not order["quantity"] >= 1:
        raise ValueError("quantity must be at least 1")


def handler(event, context):
    failures = []
    for partition, records in event["records"].items():  # such as "orders-0"
        for record in records:
            try:
                handle_order(json.loads(base64.b64decode(record["value"])))
            except Exception:
                failures.append({"itemIdentifier": {"partition": partition, "offset": record["offset"]}})
    return {"batchItemFailures": failures}
