// law: window
// The last event of a window may hold no record.
import { isGood, dataOf } from "./orders.mjs";

export const handler = async ({ Records, state, isFinalInvokeForWindow }) => {
  let orders = Number(state.orders ?? 0);
  if (isFinalInvokeForWindow && orders > 0) console.log("window of", Records[0].kinesis.partitionKey);
  for (const record of Records) {
    if (!isGood(dataOf(record)))
      return { state: { orders: String(orders) }, batchItemFailures: [{ itemIdentifier: record.kinesis.sequenceNumber }] };
    orders += 1;
  }
  return { state: { orders: String(orders) }, batchItemFailures: [] };
};
