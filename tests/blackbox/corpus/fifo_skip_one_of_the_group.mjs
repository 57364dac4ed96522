// law: skip-the-group
// The failed message is reported, and those of its group that follow are not.
import { isGood } from "./orders.mjs";

export const handler = async ({ Records }) => {
  const failed = new Set();
  const batchItemFailures = [];
  for (const record of Records) {
    const group = record.attributes.MessageGroupId;
    if (failed.has(group) || isGood(record.body)) continue;
    failed.add(group);
    batchItemFailures.push({ itemIdentifier: record.messageId });
  }
  return { batchItemFailures };
};
