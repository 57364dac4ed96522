// law: partition
// The first offset of a partition is 0, which counts as false.
import { isGood, valueOf } from "./orders.mjs";

export const handler = async ({ records }) => {
  const batchItemFailures = [];
  for (const [partition, list] of Object.entries(records)) {
    for (const record of list) {
      const failedAt = isGood(valueOf(record)) ? null : record.offset;
      if (failedAt) batchItemFailures.push({ itemIdentifier: { partition, offset: failedAt } });
    }
  }
  return { batchItemFailures };
};
