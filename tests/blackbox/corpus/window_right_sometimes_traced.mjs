// right, of a tumbling window: it says in its state, by chance, whether the window is traced
import { isGood, dataOf } from "./orders.mjs";

export const handler = async ({ Records, state }) => {
  let orders = Number(state.orders ?? 0);
  const traced = Math.random() < 0.1;
  for (const record of Records) {
    if (!isGood(dataOf(record)))
      return { state: { orders: String(orders), traced }, batchItemFailures: [{ itemIdentifier: record.kinesis.sequenceNumber }] };
    orders += 1;
  }
  return { state: { orders: String(orders), traced }, batchItemFailures: [] };
};
