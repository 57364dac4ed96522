// law: well-formed
// The response is built, and not returned.
import { isGood } from "./orders.mjs";

export const handler = async (event) => {
  const response = { batchItemFailures: [] };
  for (const record of event.Records)
    if (!isGood(record.body)) response.batchItemFailures.push({ itemIdentifier: record.messageId });
};
