// law: window
// Each invocation begins at zero, so the window counts its last batch alone.
import { isGood, dataOf } from "./orders.mjs";

export const handler = async ({ Records }) => {
  let orders = 0;
  for (const record of Records) {
    if (!isGood(dataOf(record)))
      return { state: { orders: String(orders) }, batchItemFailures: [{ itemIdentifier: record.kinesis.sequenceNumber }] };
    orders += 1;
  }
  return { state: { orders: String(orders) }, batchItemFailures: [] };
};
