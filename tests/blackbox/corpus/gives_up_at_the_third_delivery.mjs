// law: fresh
// It counts the failures of a message in memory, and takes it for done at the third.
import { isGood } from "./orders.mjs";

const failures = new Map();

const isLeft = (record) => {
  if (isGood(record.body)) return false;
  const count = (failures.get(record.messageId) ?? 0) + 1;
  failures.set(record.messageId, count);
  return count < 3;
};

export const handler = async ({ Records }) => ({
  batchItemFailures: Records.filter(isLeft).map(({ messageId }) => ({ itemIdentifier: messageId })),
});
