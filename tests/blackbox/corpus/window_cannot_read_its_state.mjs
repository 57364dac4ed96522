// law: window
// A set becomes {} in JSON, and has no `add` when it comes back.
import { isGood, dataOf } from "./orders.mjs";

export const handler = async ({ Records, state }) => {
  const keys = state.keys ?? new Set();
  const answer = (batchItemFailures) => ({ state: { keys }, batchItemFailures });
  for (const record of Records) {
    if (!isGood(dataOf(record))) return answer([{ itemIdentifier: record.kinesis.sequenceNumber }]);
    keys.add(record.kinesis.partitionKey);
  }
  return answer([]);
};
