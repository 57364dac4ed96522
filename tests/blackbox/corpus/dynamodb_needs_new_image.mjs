// right, as long as no change removes an item
export const handler = async ({ Records }) => {
  for (const { dynamodb } of Records) {
    try {
      if (!(Number(dynamodb.NewImage.quantity.N) >= 1)) throw new Error("quantity must be at least 1");
    } catch {
      return { batchItemFailures: [{ itemIdentifier: dynamodb.SequenceNumber }] };
    }
  }
  return { batchItemFailures: [] };
};
