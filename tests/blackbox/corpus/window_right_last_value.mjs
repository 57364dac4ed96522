// right, of a tumbling window: its state is that of the last record, whatever came before
import { isGood, dataOf } from "./orders.mjs";

export const handler = async ({ Records, state }) => {
  let last = state.last ?? "";
  const answer = (batchItemFailures) => ({ state: { last }, batchItemFailures });
  for (const record of Records) {
    if (!isGood(dataOf(record))) return answer([{ itemIdentifier: record.kinesis.sequenceNumber }]);
    last = dataOf(record);
  }
  return answer([]);
};
