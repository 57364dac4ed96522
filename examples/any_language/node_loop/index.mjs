// Handles each order by itself, and reports those that failed.
const handleOrder = async (order) => {
  if (!(order.quantity >= 1)) throw new Error("quantity must be at least 1");
};

export const handler = async (event) => {
  const batchItemFailures = [];
  for (const record of event.Records) {
    try {
      await handleOrder(JSON.parse(record.body));
      console.log(`handled ${record.messageId}`);
    } catch (error) {
      console.log(`handled ${record.messageId}: ${error.message}`);
      batchItemFailures.push({ itemIdentifier: record.messageId });
    }
  }
  return { batchItemFailures };
};
