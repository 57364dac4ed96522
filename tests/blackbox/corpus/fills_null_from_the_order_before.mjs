// law: nothing-lost
// An order whose quantity is null gets that of the order before it in the batch.
export const handler = async (event) => {
  const batchItemFailures = [];
  let last = 0;
  for (const { messageId, body } of event.Records) {
    try {
      last = JSON.parse(body).quantity ?? last;
      if (!(last >= 1)) throw new Error("quantity must be at least 1");
    } catch {
      batchItemFailures.push({ itemIdentifier: messageId });
    }
  }
  return { batchItemFailures };
};
