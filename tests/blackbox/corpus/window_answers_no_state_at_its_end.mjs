// law: well-formed
// Lambda wants a state in each answer, also in the last one of a window.
import { isGood, dataOf } from "./orders.mjs";

export const handler = async ({ Records, state, isFinalInvokeForWindow }) => {
  let orders = Number(state.orders ?? 0);
  const answer = (batchItemFailures) =>
    isFinalInvokeForWindow ? { batchItemFailures } : { state: { orders: String(orders) }, batchItemFailures };
  for (const record of Records) {
    if (!isGood(dataOf(record))) return answer([{ itemIdentifier: record.kinesis.sequenceNumber }]);
    orders += 1;
  }
  return answer([]);
};
