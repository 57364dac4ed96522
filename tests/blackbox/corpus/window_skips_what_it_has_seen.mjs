// law: fresh
// After a lost answer the event comes again with the state of before, and the process folds nothing.
import { isGood, dataOf } from "./orders.mjs";

const seen = new Set();
export const handler = async ({ Records, state }) => {
  let orders = Number(state.orders ?? 0);
  for (const record of Records) {
    const { sequenceNumber } = record.kinesis;
    if (!isGood(dataOf(record)))
      return { state: { orders: String(orders) }, batchItemFailures: [{ itemIdentifier: sequenceNumber }] };
    if (!seen.has(sequenceNumber)) orders += 1;
    seen.add(sequenceNumber);
  }
  return { state: { orders: String(orders) }, batchItemFailures: [] };
};
