// law: window
// The records after the failure come again, and are counted again.
import { isGood, dataOf } from "./orders.mjs";

export const handler = async ({ Records, state }) => {
  let orders = Number(state.orders ?? 0);
  const batchItemFailures = [];
  for (const record of Records) {
    if (isGood(dataOf(record))) orders += 1;
    else batchItemFailures.push({ itemIdentifier: record.kinesis.sequenceNumber });
  }
  return { state: { orders: String(orders) }, batchItemFailures };
};
