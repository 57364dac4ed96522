// right, a queue
import { isGood } from "./orders.mjs";

const done = new Set();

export const handler = async (event) => {
  const batchItemFailures = [];
  for (const { messageId, body } of event.Records) {
    if (done.has(messageId)) continue;
    if (isGood(body)) done.add(messageId);
    else batchItemFailures.push({ itemIdentifier: messageId });
  }
  return { batchItemFailures };
};
