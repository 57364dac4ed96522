// right, a FIFO queue
import { isGood } from "./orders.mjs";

export const handler = async ({ Records }) => {
  const first = Records.findIndex((record) => !isGood(record.body));
  const left = first < 0 ? [] : Records.slice(first);
  return { batchItemFailures: left.map((record) => ({ itemIdentifier: record.messageId })) };
};
