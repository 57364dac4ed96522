// law: fresh
// The list belongs to the module, and nobody empties it.
import { isGood } from "./orders.mjs";

const batchItemFailures = [];

export const handler = async (event) => {
  for (const record of event.Records)
    if (!isGood(record.body)) batchItemFailures.push({ itemIdentifier: record.messageId });
  return { batchItemFailures };
};
