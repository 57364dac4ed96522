// law: window
// It publishes a member that the state does not have.
import { isGood, dataOf } from "./orders.mjs";

export const handler = async ({ Records, state, isFinalInvokeForWindow }) => {
  if (isFinalInvokeForWindow && state.orders !== undefined) console.log(state.turnover.toFixed(2));
  let orders = Number(state.orders ?? 0);
  for (const record of Records) {
    if (!isGood(dataOf(record)))
      return { state: { orders: String(orders) }, batchItemFailures: [{ itemIdentifier: record.kinesis.sequenceNumber }] };
    orders += 1;
  }
  return { state: { orders: String(orders) }, batchItemFailures: [] };
};
