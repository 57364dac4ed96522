// Leaves a batch after its second failure, and reports what failed and what it did not handle.
import { isGood } from "../corpus/orders.mjs";

export const handler = async ({ Records }) => {
  let failures = 0;
  const notDone = Records.filter(({ body }) => failures === 2 || (!isGood(body) && ++failures > 0));
  return { batchItemFailures: notDone.map((record) => ({ itemIdentifier: record.messageId })) };
};
