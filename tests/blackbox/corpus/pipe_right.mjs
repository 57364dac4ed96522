// right, a queue behind a pipe
import { isGood } from "./orders.mjs";

export const handler = async (messages) => ({
  batchItemFailures: messages.filter(({ body }) => !isGood(body)).map(({ messageId }) => ({ itemIdentifier: messageId })),
});
