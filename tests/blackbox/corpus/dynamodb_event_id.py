# law: well-formed
# A record's eventID is no sequence number.
def handler(event, context):
    failures = []
    for record in event["Records"]:
        if int(record["dynamodb"]["NewImage"]["quantity"]["N"]) < 1:
            failures.append({"itemIdentifier": record["eventID"]})
    return {"batchItemFailures": failures}
