// Reports nothing in the first two batches of a process, whatever the identifiers.
import { isGood } from "../corpus/orders.mjs";

let batches = 0;

export const handler = async ({ Records }) => {
  batches += 1;
  const failed = batches > 2 ? Records.filter(({ body }) => !isGood(body)) : [];
  return { batchItemFailures: failed.map(({ messageId }) => ({ itemIdentifier: messageId })) };
};
