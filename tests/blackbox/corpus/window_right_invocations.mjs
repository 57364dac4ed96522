// right, of a tumbling window: its state also counts the invocations that got it
import { isGood, dataOf } from "./orders.mjs";

export const handler = async ({ Records, state }) => {
  let orders = state.orders ?? 0;
  const invocations = (state.invocations ?? 0) + 1;
  const answer = (batchItemFailures) => ({ state: { orders, invocations }, batchItemFailures });
  for (const record of Records) {
    if (!isGood(dataOf(record))) return answer([{ itemIdentifier: record.kinesis.sequenceNumber }]);
    orders += 1;
  }
  return answer([]);
};
