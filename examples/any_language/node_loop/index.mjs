// Handles each order by itself, and reports those that failed.
const handleOrder = async (order) => {
  if (!(order.quantity >= 1)) throw new Error("quantity must be at least 1");
};

export const handler = async (event) => {
  const batchItemFailures = [];
  for (const record of event.Records) {
    try {
      console.log(`handled ${record.messageId}`);
      await handleOrder(JSON.parse(record.body));
    } catch (error) {
      console.log(`failed ${record.messageId}: ${error.message}`);
      batchItemFailures.push({ itemIdentifier: record.messageId });
    }
  }
  return { batchItemFailures };
};
