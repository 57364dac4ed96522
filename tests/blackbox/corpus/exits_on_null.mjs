// law: contained
// A library that ends the process where an order is what no example is.
import { isGood } from "./orders.mjs";

export const handler = async (event) => {
  const batchItemFailures = [];
  for (const { messageId, body } of event.Records) {
    if (body.includes('"quantity":null')) process.exit(1);
    if (!isGood(body)) batchItemFailures.push({ itemIdentifier: messageId });
  }
  return { batchItemFailures };
};
