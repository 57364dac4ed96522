# right, a table's stream, whose first failure is enough
def handler(event, context):
    for record in event["Records"]:
        try:
            if int(record["dynamodb"]["NewImage"]["quantity"]["N"]) < 1:
                raise ValueError("quantity must be at least 1")
        except Exception:
            return {"batchItemFailures": [{"itemIdentifier": record["dynamodb"]["SequenceNumber"]}]}
    return {"batchItemFailures": []}
