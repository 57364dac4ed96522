// law: well-formed
// A double holds 16 digits, and a sequence number has more.
import { dataOf, isGood } from "./orders.mjs";

export const handler = async ({ Records }) => ({
  batchItemFailures: Records.filter((record) => !isGood(dataOf(record))).map((record) => ({
    itemIdentifier: String(Number(record.kinesis.sequenceNumber)),
  })),
});
