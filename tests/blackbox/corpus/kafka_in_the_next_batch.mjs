// law: fresh
// One list for all invocations.
import { isGood, valueOf } from "./orders.mjs";

const batchItemFailures = [];

export const handler = async ({ records }) => {
  for (const [partition, list] of Object.entries(records)) {
    for (const record of list) {
      if (!isGood(valueOf(record))) batchItemFailures.push({ itemIdentifier: { partition, offset: record.offset } });
    }
  }
  return { batchItemFailures };
};
