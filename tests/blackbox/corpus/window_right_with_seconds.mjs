// right, of a tumbling window: its state holds the second in which it was written
import { isGood, dataOf } from "./orders.mjs";

export const handler = async ({ Records, state }) => {
  let orders = Number(state.orders ?? 0);
  const answer = (batchItemFailures) => ({
    state: { orders: String(orders), second: String(Math.floor(Date.now() / 1000)) },
    batchItemFailures,
  });
  for (const record of Records) {
    if (!isGood(dataOf(record))) return answer([{ itemIdentifier: record.kinesis.sequenceNumber }]);
    orders += 1;
  }
  return answer([]);
};
