// law: window
// The records before the failure do not come again, and were not counted.
import { isGood, dataOf } from "./orders.mjs";

export const handler = async ({ Records, state }) => {
  let orders = Number(state.orders ?? 0);
  for (const record of Records) {
    if (!isGood(dataOf(record)))
      return { state, batchItemFailures: [{ itemIdentifier: record.kinesis.sequenceNumber }] };
    orders += 1;
  }
  return { state: { orders: String(orders) }, batchItemFailures: [] };
};
