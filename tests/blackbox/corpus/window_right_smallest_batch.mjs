// right, of a tumbling window: its state compares the invocations, not the records
import { isGood, dataOf } from "./orders.mjs";

export const handler = async ({ Records, state }) => {
  let orders = 0;
  const answer = (batchItemFailures) => ({ state: { smallest: Math.min(orders, state.smallest ?? Infinity) }, batchItemFailures });
  for (const record of Records) {
    if (!isGood(dataOf(record))) return answer([{ itemIdentifier: record.kinesis.sequenceNumber }]);
    orders += 1;
  }
  return answer([]);
};
