// law: fresh
// A group that failed once is skipped in every later batch.
import { isGood } from "./orders.mjs";

const failed = new Set();

export const handler = async ({ Records }) => {
  const batchItemFailures = [];
  for (const record of Records) {
    const group = record.attributes.MessageGroupId;
    if (!failed.has(group) && isGood(record.body)) continue;
    failed.add(group);
    batchItemFailures.push({ itemIdentifier: record.messageId });
  }
  return { batchItemFailures };
};
