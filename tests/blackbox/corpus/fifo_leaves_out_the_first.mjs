// law: fifo-stops
// It reports what comes after the failure, and forgets the failure.
import { isGood } from "./orders.mjs";

export const handler = async ({ Records }) => {
  const first = Records.findIndex((record) => !isGood(record.body));
  const left = first < 0 ? [] : Records.slice(first + 1);
  return { batchItemFailures: left.map((record) => ({ itemIdentifier: record.messageId })) };
};
