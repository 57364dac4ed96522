// right, a stream
import { dataOf, isGood } from "./orders.mjs";

export const handler = async ({ Records }) => ({
  batchItemFailures: Records.filter((record) => !isGood(dataOf(record))).map((record) => ({
    itemIdentifier: record.kinesis.sequenceNumber,
  })),
});
