// law: well-formed
// A list is named by the topic too.
import { isGood, valueOf } from "./orders.mjs";

export const handler = async ({ records }) => ({
  batchItemFailures: Object.values(records)
    .flat()
    .filter((record) => !isGood(valueOf(record)))
    .map(({ partition, offset }) => ({ itemIdentifier: { partition: String(partition), offset } })),
});
