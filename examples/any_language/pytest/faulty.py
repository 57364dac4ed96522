import json


def handle_order(order):
    if not order["quantity"] >= 1:
        raise ValueError("quantity must be at least 1")


def handler(event, context, failures=[]):  # one list for all invocations
    for record in event["Records"]:
        try:
            handle_order(json.loads(record["body"]))
        except Exception:
            failures.append({"itemIdentifier": record["messageId"]})
    return {"batchItemFailures": failures}
