// Stops at its first failure, and reports that record and all after it.
import { isGood } from "../corpus/orders.mjs";

export const handler = async ({ Records }) => {
  const first = Records.findIndex((record) => !isGood(record.body));
  const notDone = first < 0 ? [] : Records.slice(first);
  return { batchItemFailures: notDone.map((record) => ({ itemIdentifier: record.messageId })) };
};
