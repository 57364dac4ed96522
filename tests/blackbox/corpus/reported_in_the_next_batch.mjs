// law: fresh
// A failure that comes late is reported with the next batch.
import { isGood } from "./orders.mjs";

let late = [];

export const handler = async (event) => {
  const batchItemFailures = late.splice(0);
  for (const record of event.Records)
    if (!isGood(record.body)) batchItemFailures.push({ itemIdentifier: record.messageId });
  setTimeout(() => (late = batchItemFailures.slice(0, 1)), 0);
  return { batchItemFailures };
};
