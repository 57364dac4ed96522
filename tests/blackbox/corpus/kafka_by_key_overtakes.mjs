// law: partition
// It leaves one record behind a failure of its key, and handles the next.
import { isGood, valueOf } from "./orders.mjs";

export const handler = async ({ records }) => ({
  batchItemFailures: Object.entries(records).flatMap(([partition, list]) => {
    const failed = new Set();
    return list
      .filter((record) => {
        if (!failed.delete(record.key) && isGood(valueOf(record))) return false;
        if (record.key && !isGood(valueOf(record))) failed.add(record.key);
        return true;
      })
      .map(({ offset }) => ({ itemIdentifier: { offset, partition } }));
  }),
});
