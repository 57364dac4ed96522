// law: fresh
// The count outlives its window in the process.
import { isGood, dataOf } from "./orders.mjs";

let orders = 0;
export const handler = async ({ Records }) => {
  for (const record of Records) {
    if (!isGood(dataOf(record)))
      return { state: { orders: String(orders) }, batchItemFailures: [{ itemIdentifier: record.kinesis.sequenceNumber }] };
    orders += 1;
  }
  return { state: { orders: String(orders) }, batchItemFailures: [] };
};
