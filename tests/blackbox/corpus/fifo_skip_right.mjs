// right, a FIFO queue, skip the group
import { isGood } from "./orders.mjs";

export const handler = async ({ Records }) => {
  const failed = new Set();
  const batchItemFailures = [];
  for (const record of Records) {
    const group = record.attributes.MessageGroupId;
    if (!failed.has(group) && isGood(record.body)) continue;
    failed.add(group);
    batchItemFailures.push({ itemIdentifier: record.messageId });
  }
  return { batchItemFailures };
};
