// law: well-formed
// The identifier of a record is its sequence number, not its eventID.
import { isGood, dataOf } from "./orders.mjs";

export const handler = async ({ Records, state }) => {
  let orders = Number(state.orders ?? 0);
  for (const record of Records) {
    if (!isGood(dataOf(record)))
      return { state: { orders: String(orders) }, batchItemFailures: [{ itemIdentifier: record.eventID }] };
    orders += 1;
  }
  return { state: { orders: String(orders) }, batchItemFailures: [] };
};
