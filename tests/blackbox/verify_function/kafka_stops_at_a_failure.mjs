// Stops at its first failure, and reports that record and all after it: of all partitions, or of the first one alone, which
// is all that it reads of an event.
import { isGood, valueOf } from "../corpus/orders.mjs";

export const handler = async ({ records }) => {
  const lists = Object.entries(records).slice(0, process.env.READS_ONE_PARTITION ? 1 : undefined);
  const all = lists.flatMap(([partition, list]) => list.map((record) => ({ partition, record })));
  const first = all.findIndex(({ record }) => !isGood(valueOf(record)));
  const notDone = first < 0 ? [] : all.slice(first);
  return {
    batchItemFailures: notDone.map(({ partition, record }) => ({ itemIdentifier: { partition, offset: record.offset } })),
  };
};
