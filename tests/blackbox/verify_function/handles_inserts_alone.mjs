// right, where the stream or a filter leaves nothing but new items to it
export const handler = async ({ Records }) => {
  for (const { eventName, dynamodb } of Records) {
    if (eventName !== "INSERT") continue;
    if (!(Number(dynamodb.NewImage?.quantity?.N) >= 1))
      return { batchItemFailures: [{ itemIdentifier: dynamodb.SequenceNumber }] };
  }
  return { batchItemFailures: [] };
};
