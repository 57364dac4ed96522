// law: contained
// One body that is not JSON throws before any record is handled.
import { check } from "./orders.mjs";

export const handler = async (event) => {
  const orders = event.Records.map((record) => ({ id: record.messageId, order: JSON.parse(record.body) }));
  const batchItemFailures = [];
  for (const { id, order } of orders) {
    try {
      check(order);
    } catch {
      batchItemFailures.push({ itemIdentifier: id });
    }
  }
  return { batchItemFailures };
};
