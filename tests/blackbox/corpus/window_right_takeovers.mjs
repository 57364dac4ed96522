// right, of a tumbling window: it counts how often a new process has gone on with the window
import { isGood, dataOf } from "./orders.mjs";

let isCold = true;
export const handler = async ({ Records, state }) => {
  let { orders = "0", takeovers = "0" } = state;
  if (isCold && state.orders !== undefined) takeovers = String(Number(takeovers) + 1);
  isCold = false;
  for (const record of Records) {
    if (!isGood(dataOf(record)))
      return { state: { orders, takeovers }, batchItemFailures: [{ itemIdentifier: record.kinesis.sequenceNumber }] };
    orders = String(Number(orders) + 1);
  }
  return { state: { orders, takeovers }, batchItemFailures: [] };
};
