// right, of a tumbling window: it fails as a whole when every record failed
import { isGood, dataOf } from "./orders.mjs";

export const handler = async ({ Records, state }) => {
  let orders = Number(state.orders ?? 0);
  const failed = Records.find((record) => !isGood(dataOf(record)));
  if (Records.length > 0 && Records.every((record) => !isGood(dataOf(record)))) throw new Error("all records failed");
  for (const record of Records) {
    if (record === failed) break;
    orders += 1;
  }
  const batchItemFailures = failed ? [{ itemIdentifier: failed.kinesis.sequenceNumber }] : [];
  return { state: { orders: String(orders) }, batchItemFailures };
};
