// law: fresh
// A message counts as handled as soon as it was seen, also when its handling then fails.
import { isGood } from "./orders.mjs";

const seen = new Set();

export const handler = async (event) => {
  const batchItemFailures = [];
  for (const { messageId, body } of event.Records) {
    if (seen.has(messageId)) continue;
    seen.add(messageId);
    if (!isGood(body)) batchItemFailures.push({ itemIdentifier: messageId });
  }
  return { batchItemFailures };
};
