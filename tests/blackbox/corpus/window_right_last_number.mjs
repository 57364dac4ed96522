// right, of a tumbling window: it skips the records that its state holds already
import { isGood, dataOf } from "./orders.mjs";

export const handler = async ({ Records, state }) => {
  let { orders = "0", last = "0" } = state;
  for (const record of Records) {
    const { sequenceNumber } = record.kinesis;
    if (BigInt(sequenceNumber) <= BigInt(last)) continue;
    if (!isGood(dataOf(record)))
      return { state: { orders, last }, batchItemFailures: [{ itemIdentifier: sequenceNumber }] };
    orders = String(Number(orders) + 1);
    last = sequenceNumber;
  }
  return { state: { orders, last }, batchItemFailures: [] };
};
