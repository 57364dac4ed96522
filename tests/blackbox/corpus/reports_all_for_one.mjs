// law: nothing-extra
// All come again, and what succeeded is done twice.
import { isGood } from "./orders.mjs";

export const handler = async (event) => {
  const failed = event.Records.some((record) => !isGood(record.body));
  return { batchItemFailures: failed ? event.Records.map((record) => ({ itemIdentifier: record.messageId })) : [] };
};
