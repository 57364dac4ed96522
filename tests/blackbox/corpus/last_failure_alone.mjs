// law: nothing-lost
// One variable for all failures.
import { isGood } from "./orders.mjs";

export const handler = async (event) => {
  let failed;
  for (const record of event.Records) if (!isGood(record.body)) failed = record.messageId;
  return { batchItemFailures: failed ? [{ itemIdentifier: failed }] : [] };
};
