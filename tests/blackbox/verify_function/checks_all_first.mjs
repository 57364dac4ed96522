// Right: it checks all messages before it handles, and logs, the good ones.
import { isGood } from "../corpus/orders.mjs";

export const handler = async ({ Records }) => {
  for (const { messageId } of Records.filter(({ body }) => isGood(body))) console.log(`handled ${messageId}`);
  return {
    batchItemFailures: Records.filter(({ body }) => !isGood(body)).map(({ messageId }) => ({ itemIdentifier: messageId })),
  };
};
