// right, of a tumbling window: it says in its state which process began the window
import { isGood, dataOf } from "./orders.mjs";

let isCold = true;
export const handler = async ({ Records, state }) => {
  let orders = Number(state.orders ?? 0);
  const beganCold = state.beganCold ?? (isCold ? "cold" : "warm");
  isCold = false;
  for (const record of Records) {
    if (!isGood(dataOf(record)))
      return { state: { orders: String(orders), beganCold }, batchItemFailures: [{ itemIdentifier: record.kinesis.sequenceNumber }] };
    orders += 1;
  }
  return { state: { orders: String(orders), beganCold }, batchItemFailures: [] };
};
