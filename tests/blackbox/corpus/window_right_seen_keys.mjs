// right, of a tumbling window: a key that was seen before changes nothing
import { isGood, dataOf } from "./orders.mjs";

export const handler = async ({ Records, state }) => {
  const keys = new Set(state.keys ?? []);
  const answer = (batchItemFailures) => ({ state: { keys: [...keys].sort() }, batchItemFailures });
  for (const record of Records) {
    if (!isGood(dataOf(record))) return answer([{ itemIdentifier: record.kinesis.sequenceNumber }]);
    keys.add(record.kinesis.partitionKey);
  }
  return answer([]);
};
