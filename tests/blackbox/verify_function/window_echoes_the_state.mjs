// Folds nothing into the state of its window.
import { isGood, dataOf } from "../corpus/orders.mjs";

export const handler = async ({ Records, state }) => ({
  state,
  batchItemFailures: Records.filter((record) => !isGood(dataOf(record))).map((record) => ({
    itemIdentifier: record.kinesis.sequenceNumber,
  })),
});
