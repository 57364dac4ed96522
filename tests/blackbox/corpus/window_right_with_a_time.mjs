// right, of a tumbling window: its state also holds when it was written
import { check, dataOf } from "./orders.mjs";

let written = 0;
export const handler = async ({ Records, state }) => {
  let quantity = Number(state.quantity ?? 0);
  const answer = (batchItemFailures) => ({
    state: { quantity: String(quantity), written: `${Date.now()} ${process.hrtime.bigint()} ${++written}` },
    batchItemFailures,
  });
  for (const record of Records) {
    try {
      const order = JSON.parse(dataOf(record));
      check(order);
      quantity += order.quantity;
    } catch {
      return answer([{ itemIdentifier: record.kinesis.sequenceNumber }]);
    }
  }
  return answer([]);
};
