// Of a FIFO queue: reports the messages that it handled and that failed, and logs those that it handled. After a
// failure it handles no other message, unless GOES_ON is set.
import { isGood } from "../corpus/orders.mjs";

export const handler = async ({ Records }) => {
  const batchItemFailures = [];
  for (const { messageId, body } of Records) {
    console.log(`handled ${messageId}`);
    if (isGood(body)) continue;
    batchItemFailures.push({ itemIdentifier: messageId });
    if (!process.env.GOES_ON) break;
  }
  return { batchItemFailures };
};
