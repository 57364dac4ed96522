// right, of Kafka, where a failure stops its key
import { isGood, valueOf } from "./orders.mjs";

export const handler = async ({ records }) => ({
  batchItemFailures: Object.entries(records).flatMap(([partition, list]) => {
    const failed = new Set();
    return list
      .filter((record) => {
        if (!failed.has(record.key) && isGood(valueOf(record))) return false;
        if (record.key) failed.add(record.key);
        return true;
      })
      .map(({ offset }) => ({ itemIdentifier: { offset, partition } }));
  }),
});
