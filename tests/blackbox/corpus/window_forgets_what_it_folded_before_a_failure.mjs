// law: window
// It adds its batch to the state only when nothing failed.
import { isGood, dataOf } from "./orders.mjs";

export const handler = async ({ Records, state }) => {
  let orders = 0;
  const before = Number(state.orders ?? 0);
  for (const record of Records) {
    if (!isGood(dataOf(record)))
      return {
        state: { orders: String(before > 0 ? before : orders) },
        batchItemFailures: [{ itemIdentifier: record.kinesis.sequenceNumber }],
      };
    orders += 1;
  }
  return { state: { orders: String(before + orders) }, batchItemFailures: [] };
};
