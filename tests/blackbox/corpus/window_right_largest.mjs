// right, of a tumbling window: a smaller order after a larger one changes nothing
import { isGood, dataOf } from "./orders.mjs";

export const handler = async ({ Records, state }) => {
  let largest = state.largest ?? 0;
  const answer = (batchItemFailures) => ({ state: { largest }, batchItemFailures });
  for (const record of Records) {
    if (!isGood(dataOf(record))) return answer([{ itemIdentifier: record.kinesis.sequenceNumber }]);
    largest = Math.max(largest, JSON.parse(dataOf(record)).quantity);
  }
  return answer([]);
};
