// law: well-formed
// The offsets of a partition are counted from its first record; the end of a transaction takes one too.
import { isGood, valueOf } from "./orders.mjs";

export const handler = async ({ records }) => ({
  batchItemFailures: Object.entries(records).flatMap(([partition, list]) =>
    list
      .map((record, place) => ({ record, offset: list[0].offset + place }))
      .filter(({ record }) => !isGood(valueOf(record)))
      .map(({ offset }) => ({ itemIdentifier: { partition, offset } })),
  ),
});
