const handleOrder = async (order) => {
  if (!(order.quantity >= 1)) throw new Error("quantity must be at least 1");
};

// Reports the number of the partition, which says nothing of the topic.
export const handler = async (event) => {
  const batchItemFailures = [];
  for (const record of Object.values(event.records).flat()) {
    try {
      await handleOrder(JSON.parse(Buffer.from(record.value, "base64").toString()));
    } catch {
      batchItemFailures.push({ itemIdentifier: { partition: `${record.partition}`, offset: record.offset } });
    }
  }
  return { batchItemFailures };
};
