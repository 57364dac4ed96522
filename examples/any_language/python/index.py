"""Handles the orders of a FIFO queue: stops at the first failure, and reports it and all after it."""
import json


def handle_order(order):
    if not order["quantity"] >= 1:
        raise ValueError("quantity must be at least 1")


def handler(event, context):
    records = event["Records"]
    for place, record in enumerate(records):
        print("handled", record["messageId"])
        try:
            handle_order(json.loads(record["body"]))
        except Exception as error:
            print(error)
            return {"batchItemFailures": [{"itemIdentifier": left["messageId"]} for left in records[place:]]}
    return {"batchItemFailures": []}
