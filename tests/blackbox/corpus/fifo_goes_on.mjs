// law: fifo-stops
// A loop for a standard queue.
import { isGood } from "./orders.mjs";

export const handler = async ({ Records }) => ({
  batchItemFailures: Records.filter((record) => !isGood(record.body)).map((record) => ({
    itemIdentifier: record.messageId,
  })),
});
