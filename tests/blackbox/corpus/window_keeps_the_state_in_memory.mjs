// law: window
// It reads the state of its process, which is another process's after the next start, and that of the event only to
// see that a window begins.
import { isGood, dataOf } from "./orders.mjs";

let orders = 0;
export const handler = async ({ Records, state }) => {
  if (Object.keys(state).length === 0) orders = 0;
  for (const record of Records) {
    if (!isGood(dataOf(record)))
      return { state: { orders: String(orders) }, batchItemFailures: [{ itemIdentifier: record.kinesis.sequenceNumber }] };
    orders += 1;
  }
  return { state: { orders: String(orders) }, batchItemFailures: [] };
};
