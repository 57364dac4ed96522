// right, of a tumbling window: it knows the states that it wrote, and no others
import { check, dataOf } from "./orders.mjs";

export const handler = async ({ Records, state }) => {
  const totals = state.totals === undefined ? {} : JSON.parse(state.totals);
  if (state.totals === undefined && Object.keys(state).length > 0) throw new Error("a state of another function");
  const answer = (batchItemFailures) => ({ state: { totals: JSON.stringify(totals) }, batchItemFailures });
  for (const record of Records) {
    try {
      const order = JSON.parse(dataOf(record));
      check(order);
      const key = record.kinesis.partitionKey;
      totals[key] = (totals[key] ?? 0) + order.quantity;
    } catch {
      return answer([{ itemIdentifier: record.kinesis.sequenceNumber }]);
    }
  }
  return answer([]);
};
