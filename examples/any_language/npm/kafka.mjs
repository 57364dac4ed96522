const handleOrder = async (order) => {
  if (!(order.quantity >= 1)) throw new Error("quantity must be at least 1");
};

// Reports each failed record by its offset in the list of its topic and partition, such as "orders-0".
export const handler = async (event) => {
  const batchItemFailures = [];
  for (const [partition, records] of Object.entries(event.records)) {
    for (const record of records) {
      try {
        await handleOrder(JSON.parse(Buffer.from(record.value, "base64").toString()));
      } catch {
        batchItemFailures.push({ itemIdentifier: { partition, offset: record.offset } });
      }
    }
  }
  return { batchItemFailures };
};
