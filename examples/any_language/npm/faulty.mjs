const handleOrder = async (order) => {
  if (!(order.quantity >= 1)) throw new Error("quantity must be at least 1");
};

// Answers at the first failure, as is right for a FIFO queue alone, and forgets what stands behind it.
export const handler = async (event) => {
  for (const record of event.Records) {
    try {
      await handleOrder(JSON.parse(record.body));
    } catch {
      return { batchItemFailures: [{ itemIdentifier: record.messageId }] };
    }
  }
  return { batchItemFailures: [] };
};
