// right, of Kafka
import { isGood, valueOf } from "./orders.mjs";

export const handler = async ({ records }) => ({
  batchItemFailures: Object.entries(records).flatMap(([partition, list]) =>
    list
      .filter((record) => !isGood(valueOf(record)))
      .map(({ offset }) => ({ itemIdentifier: { offset, partition } })),
  ),
});
